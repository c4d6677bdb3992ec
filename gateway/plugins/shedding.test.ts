import { setImmediate, setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../shared/config';
import { startHub, type Hub } from '../hub';
import type { Exchange } from '../request/exchange';
import { shedding } from './shedding';
import { count } from '../../test/testkit/load';
import { copyDatabase } from '../../test/testkit/database';

// A hub that takes two operations at once and lets one wait.

let hub: Hub;
let database: Awaited<ReturnType<typeof copyDatabase>>;
beforeAll(async () => {
  database = await copyDatabase();
  hub = await startHub(readConfig({ DATABASE_URL: database.url, PORT: '0', MAX_CONCURRENT_REQUESTS: '2' }));
});
afterAll(async () => {
  await hub?.stop();
  await database?.drop();
});

it('refuses operations beyond those under way and the queue, says when to come back, and still tells of its health', async () => {
  const { db } = hub.running.get('territories')!;
  const rows = db.rows.bind(db);
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  db.rows = async (statement, signal) => {
    await opened;
    return rows(statement, signal);
  };
  // Each another query: identical ones would share an execution, not their place.
  const asked = Array.from({ length: 8 }, (_, number) =>
    fetch(`${hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: `query Q${number} { territory(id: "sillon-lorrain") { name } }` }) }),
  );
  const refused = await Promise.any(asked);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toEqual({ errors: [{ message: expect.any(String), extensions: { code: 'OVERLOADED' } }] });
  expect((await fetch(`${hub.url}/health/live`)).status).toBe(200);
  expect((await fetch(`${hub.url}/health/ready`)).status).toBe(200);
  open();
  expect(count((await Promise.all(asked)).map(({ status }) => status))).toEqual({ 200: 3, 503: 5 });
  db.rows = rows;
});

it('refuses all operations while the process hardly gets round to anything, and takes them again', async () => {
  const { step, stop } = shedding(100);
  const answer = () => step({} as Exchange, () => Promise.resolve({ status: 200, headers: {}, body: '' })).then(({ status }) => status, ({ status }: { status: number }) => status);
  expect(await answer()).toBe(200);
  const seen = new Set<number>();
  // Each turn takes 300 ms, until somebody notices.
  for (let turns = 0; turns < 30 && !seen.has(503); turns++) {
    for (const begun = performance.now(); performance.now() - begun < 300; );
    await setImmediate();
    seen.add(await answer());
  }
  expect(seen).toContain(503);
  for (let tries = 0; (await answer()) !== 200; tries++) {
    if (tries > 200) throw new Error('It never takes any again.');
    await pause(50);
  }
  stop();
});
