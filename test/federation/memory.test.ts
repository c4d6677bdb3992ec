import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { root } from '../../shared/root';
import { useHub } from '../testkit/hub';
import { run } from '../testkit/processes';

// What a request has made is garbage when it is answered, and goes with the next collection of young objects.

const hub = useHub();
const REQUESTS = 40;
/** Bytes for each that may be there all the same: what Node keeps. A request makes some 350,000. */
const MOST = 40_000;
const query = 'query Sources($first: Int!) { sources { id } territories(first: $first) { nodes { id name } } }';

it('nothing of a request outlives it in memory, nor does one keep the next', async () => {
  const one = run('gateway/hub.js', { DATABASE_URL: hub.databaseUrl, PORT: '0', CACHE_BYTES: '0', LOG_LEVEL: 'error', NODE_OPTIONS: `--require ${join(root, 'dist/test/testkit/memory.js')}` });
  const [, url] = await one.says(/GraphQL +(\S+)/);
  const pool = new Pool(new URL(url!).origin, { connections: 8 });
  let first = 1;
  const ask = async () => {
    const { body } = await pool.request({ path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { first: (first++ % 50) + 1 } }) });
    expect((await body.text()).slice(0, 8)).toBe('{"data":');
  };
  const collect = async () => {
    one.output = '';
    one.child.kill('SIGUSR2');
    const [, young, all] = await one.says(/young (\d+) all (\d+) bytes/);
    return { young: Number(young), all: Number(all) };
  };
  for (let at = 0; at < 200; at++) await ask();
  // Those that are under way are old from now on.
  const underWay = Promise.all(Array.from({ length: 24 }, ask));
  await pause(10);
  const { all } = await collect();
  await underWay;
  for (let at = 0; at < REQUESTS; at++) await ask();
  await pause(50);
  const { young } = await collect();
  one.child.kill('SIGTERM');
  await pool.close();
  expect(await one.ended).toBe(0);
  expect((young - all) / REQUESTS).toBeLessThan(MOST);
});
