import { readConfig } from '../../shared/config';
import { startHub, type Hub } from '../hub';
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
