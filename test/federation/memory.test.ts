import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { root } from '../../shared/root';
import { copyDatabase } from '../testkit/database';
import { run, type Running } from '../testkit/processes';

// What the statements of a request have read is garbage when it is answered, and goes with the next collection of young objects.

const ROUNDS = 10;
const AT_ONCE = 8;
/** Bytes for each request that may be there all the same: what Node keeps, and the copying of feeds. A request makes some 350,000. */
const MOST = 30_000;
const query = 'query Sources($first: Int!) { sources { id } territories(first: $first) { nodes { id name } } }';

let database: Awaited<ReturnType<typeof copyDatabase>>;
let hub: Running;
beforeAll(async () => {
  database = await copyDatabase();
  hub = run('gateway/hub.js', { DATABASE_URL: database.url, PORT: '0', CACHE_BYTES: '0', FEED_INTERVAL_SECONDS: '3600', NODE_OPTIONS: `--require ${join(root, 'dist/test/testkit/memory.js')}` });
});
afterAll(async () => {
  hub.child.kill('SIGTERM');
  expect(await hub.ended).toBe(0);
  await database.drop();
});

/** Bytes that are left when the young objects are collected, and when all are. */
async function collect(): Promise<{ young: number; all: number }> {
  hub.output = '';
  hub.child.kill('SIGUSR2');
  const [, young, all] = await hub.says(/young (\d+) all (\d+) bytes/);
  return { young: Number(young), all: Number(all) };
}

it('what a request has read does not outlive it', async () => {
  const [, url] = await hub.says(/GraphQL +(\S+)/);
  const pool = new Pool(new URL(url!).origin, { connections: AT_ONCE });
  let first = 0;
  const ask = async () => {
    const { body } = await pool.request({ path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { first: (first++ % 50) + 1 } }) });
    expect((await body.text()).slice(0, 8)).toBe('{"data":');
  };
  const rounds = async (count: number) => {
    for (let at = 0; at < count; at++) await Promise.all(Array.from({ length: AT_ONCE }, ask));
  };
  await rounds(25);
  const { all } = await collect();
  await rounds(ROUNDS);
  await pause(50);
  const { young } = await collect();
  await pool.close();
  const each = (young - all) / (ROUNDS * AT_ONCE);
  expect(each).toBeLessThan(MOST);
  // Much less than nothing: all was collected in between, and nothing was measured.
  expect(each).toBeGreaterThan(-MOST);
});
