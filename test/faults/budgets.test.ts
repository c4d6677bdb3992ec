import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, SECRET, useDistributed } from '../testkit/distributed';
import { post, useHub } from '../testkit/hub';
import { run, type Running } from '../testkit/processes';
import { killRedis, startRedis } from '../testkit/redis';

// Two gateways in processes of their own count what callers spend in one Redis, which goes and comes back.

/** Of a minute: what an ask costs is a part of it, and what comes back in a second far less. */
const BUDGET = 600;
/** A hundred points, and one. */
const DEAR = '{ territories(first: 100) { nodes { id } } }';
const CHEAP = '{ territory(id: "nuts-dec0") { id } }';

const together = useHub();
const apart = useDistributed(together);
let redis: ChildProcess;
let redisPort: number;
const gateways: Running[] = [];
beforeAll(async () => {
  redisPort = await freePort();
  redis = await startRedis(redisPort);
});
afterAll(async () => {
  for (const { child } of gateways) child.kill('SIGTERM');
  await Promise.all(gateways.map(({ ended }) => ended));
  await killRedis(redis);
});

/** A gateway; `spend` tells how an ask went, and what it left of the budget. */
async function gateway() {
  const urls = Object.fromEntries(Object.entries(apart.addresses).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]));
  const running = run('gateway/main.js', { ...urls, DATABASE_URL: together.databaseUrl, HUB_SECRET: SECRET, PORT: '0', CACHE_BYTES: '0', COST_PER_MINUTE: String(BUDGET), REDIS_URL: `redis://127.0.0.1:${redisPort}` });
  gateways.push(running);
  const endpoint = (await running.says(/ready at (\S+)/))[1]!;
  return async (query: string) => {
    const { status, headers, errors } = await post(endpoint, query);
    return { status, left: Number(/r=(\d+)/.exec(headers.get('ratelimit')!)![1]), code: errors?.[0]?.extensions?.code };
  };
}
type Spend = Awaited<ReturnType<typeof gateway>>;
/** Asks until it is refused. */
async function exhaust(spend: Spend): Promise<void> {
  for (let asks = 0; (await spend(DEAR)).status === 200; asks++) if (asks > 50) throw new Error('The budget has no end.');
}

it('what one takes the other sees; without Redis each counts for itself, and together again when it is back', async () => {
  const [one, other] = [await gateway(), await gateway()];
  await exhaust(one);
  expect(await other(DEAR)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });

  await killRedis(redis);
  expect(await other(DEAR)).toMatchObject({ status: 200 });
  await exhaust(one);
  expect((await other(CHEAP)).left).toBeGreaterThan(BUDGET / 2);

  // It is empty: all begins anew. The other one sees less than it has spent itself as soon as both are back.
  redis = await startRedis(redisPort);
  for (let tries = 0; (await other(CHEAP)).left > BUDGET / 2; tries++) {
    if (tries > 40) throw new Error('They never count together again.');
    await one(DEAR);
    await pause(250);
  }
  await exhaust(one);
  expect(await other(DEAR)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
});

it('a Redis that hangs holds nobody up: each counts for itself, and together again when it goes on', async () => {
  const [one, other] = [await gateway(), await gateway()];
  redis.kill('SIGSTOP');
  try {
    await exhaust(one);
    expect((await other(CHEAP)).left).toBeGreaterThan(BUDGET / 2);
  } finally {
    redis.kill('SIGCONT');
  }
  for (let tries = 0; (await other(CHEAP)).left > BUDGET / 2; tries++) {
    if (tries > 40) throw new Error('They never count together again.');
    await one(DEAR);
    await pause(250);
  }
});
