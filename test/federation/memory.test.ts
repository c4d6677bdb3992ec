import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { useHub } from '../testkit/hub';

// What a request has made is garbage when it is answered, and goes with the next collection of young objects.

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;

const hub = useHub();
const REQUESTS = 20;
/** Bytes for each that may be there all the same: the test's own, and what Node keeps. A request makes some 350,000. */
const MOST = 40_000;

const young = () => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')!.space_used_size;
const query = 'query Sources($first: Int!) { sources { id } territories(first: $first) { nodes { id name } } }';

it('nothing of a request outlives it in memory, nor does one keep the next', async () => {
  // Not by fetch, which leaves a signal of its own behind.
  const pool = new Pool(hub.hub.url, { connections: 8 });
  let first = 1;
  const ask = async () => {
    const { body } = await pool.request({ path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { first: (first++ % 50) + 1 } }) });
    if (!(await body.text()).startsWith('{"data":')) throw new Error('no data');
  };
  for (let at = 0; at < 100; at++) await ask();
  const before = Promise.all(Array.from({ length: 8 }, ask));
  // Those that are under way are old from now on.
  await pause(5);
  collect();
  await before;
  for (let at = 0; at < REQUESTS; at++) await ask();
  await pause(50);
  collect({ type: 'minor' });
  const outlived = young();
  await pool.close();
  expect(outlived / REQUESTS).toBeLessThan(MOST);
});
