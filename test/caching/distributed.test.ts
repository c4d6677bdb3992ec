import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, SECRET, useDistributed } from '../testkit/distributed';
import { post, useHub, type AskOptions } from '../testkit/hub';
import { run, type Running } from '../testkit/processes';
import { killRedis, startRedis } from '../testkit/redis';
import { registration } from '../testkit/startups';

// Gateways in processes of their own over the same subgraphs: one writes, another has kept answers.

const together = useHub();
const apart = useDistributed(together, { CACHE_BYTES: '20000000', FEED_INTERVAL_SECONDS: '1' });
const query = '{ startups { totalCount } }';
let key: string;
let redis: ChildProcess;
let redisPort: number;
const others: Running[] = [];

/** One more gateway over the subgraphs. */
async function gateway(more: Record<string, string> = {}) {
  const urls = Object.fromEntries(Object.entries(apart.addresses).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]));
  const running = run('gateway/main.js', { ...urls, DATABASE_URL: together.databaseUrl, HUB_SECRET: SECRET, PORT: '0', ...more });
  others.push(running);
  const endpoint = (await running.says(/ready at (\S+)/))[1]!;
  const ask = async (text = query, options?: AskOptions) => {
    const { headers, data, errors } = await post<any>(endpoint, text, options);
    return { cache: headers.get('x-cache'), data, errors };
  };
  return {
    running,
    ask,
    /** The count of startups; fails unless it comes whole. */
    count: async () => (await ask()).data.startups.totalCount as number,
    /** Asks until the answer comes from the cache. */
    async fill() {
      for (let wait = 0; (await ask()).cache !== 'hit'; wait++) {
        if (wait > 80) throw new Error('Nothing is kept.');
        await pause(100);
      }
    },
    register: async () => {
      const { data } = await post<any>(endpoint, 'mutation($input: RegisterStartupInput!) { registerStartup(input: $input) { startup { id } userErrors { message } } }', { variables: { input: registration() }, key });
      expect(data.registerStartup.userErrors).toEqual([]);
    },
  };
}

/** How many milliseconds until the gateway counts one more. */
async function seenAfter(reader: { count(): Promise<number> }, wanted: number): Promise<number> {
  const from = Date.now();
  while ((await reader.count()) !== wanted) {
    if (Date.now() - from > 10_000) throw new Error('Not seen within ten seconds.');
    await pause(50);
  }
  return Date.now() - from;
}

beforeAll(async () => {
  key = await together.partner([['PARTNER', 'lorntech']]);
  redisPort = await freePort();
  redis = await startRedis(redisPort);
});
afterAll(async () => {
  for (const { child } of others) child.kill('SIGTERM');
  await Promise.all(others.map(({ ended }) => ended));
  await killRedis(redis);
});

it('a gateway sees within two seconds what another one wrote, and at once what it wrote itself', async () => {
  const [writer, reader] = [await gateway(), await gateway()];
  await reader.fill();
  await writer.fill();
  const before = await reader.count();
  await writer.register();
  expect(await writer.count()).toBe(before + 1);
  expect(await seenAfter(reader, before + 1)).toBeLessThan(6000);
});

it('a subgraph that is away: what was kept is answered, an answer in part is not kept, and all is new when it is back', async () => {
  const reader = await gateway();
  await reader.fill();
  const kept = await reader.count();
  const partly = '{ territory(id: "sillon-lorrain") { name startups { totalCount } } }';
  await apart.kill('startups');
  expect(await reader.ask()).toMatchObject({ cache: 'hit', data: { startups: { totalCount: kept } } });
  for (let times = 0; times < 3; times++) expect(await reader.ask(partly)).toMatchObject({ cache: null, errors: [{ extensions: { service: 'startups' } }], data: { territory: { name: 'Sillon Lorrain' } } });
  const urls = Object.fromEntries(Object.entries(apart.addresses).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]));
  const again = run('subgraphs/main.js', { ...urls, DATABASE_URL: together.databaseUrl, HUB_SECRET: SECRET }, 'startups');
  apart.processes.set('startups', again);
  await again.says(/ready at/);
  // The gateway looks once a second whether it is back.
  for (let wait = 0; (await reader.ask(partly)).cache !== 'hit'; wait++) {
    if (wait > 80) throw new Error('The subgraph is not found again.');
    await pause(100);
  }
  expect((await reader.ask(partly)).errors).toBeUndefined();
});

describe('in Redis', () => {
  const REDIS = () => ({ REDIS_URL: `redis://127.0.0.1:${redisPort}` });

  it('gateways share answers, and see at once what one of them wrote', async () => {
    const [one, two] = [await gateway(REDIS()), await gateway(REDIS())];
    // Each makes all new with its first look, a second after its start.
    await pause(1500);
    await one.fill();
    expect((await two.ask()).cache).toBe('hit');
    const before = await two.count();
    await one.register();
    expect(await two.count()).toBe(before + 1);
  });

  it('killed, stalled, and back: no error, hardly a wait, and nothing old', async () => {
    const one = await gateway(REDIS());
    await pause(1500);
    await one.fill();
    const before = await one.count();

    await killRedis(redis);
    expect(await one.ask()).toMatchObject({ cache: null, errors: undefined, data: { startups: { totalCount: before } } });
    await one.register();
    expect(await one.count()).toBe(before + 1);
    redis = await startRedis(redisPort);
    await one.fill();
    expect(await one.count()).toBe(before + 1);

    redis.kill('SIGSTOP');
    const from = Date.now();
    for (let times = 0; times < 20; times++) expect(await one.ask()).toMatchObject({ cache: null, errors: undefined });
    // Twenty waits of 100 ms would be two seconds: it is asked once a second.
    expect(Date.now() - from).toBeLessThan(5000);
    // A write that Redis is not told of in time.
    await one.register();
    redis.kill('SIGCONT');
    expect(await one.count()).toBe(before + 2);
    await one.fill();
    expect(await one.count()).toBe(before + 2);
    expect(one.running.output).not.toMatch(/unforeseen|ECONN.*\n.*ECONN/);
  });
});
