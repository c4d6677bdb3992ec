import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { joinEmbeddedPostgres } from '../../shared/database/embeddedPostgres';
import { post } from '../testkit/hub';
import { run, type Running } from '../testkit/processes';

// The built hub, killed while partners write: what was acknowledged is there, and nothing is half there.

let folder: string;
let hub: Running | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-crash-'));
  chmodSync(folder, 0o755);
});
afterAll(() => {
  hub?.child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({ PORT: '0', HUB_DATA_DIR: folder, HUB_DEMO_OFFERS: '20' });
const READY = /GraphQL +(http:\S+)\/graphql/;

async function operate(...command: string[]): Promise<string> {
  const cli = run('gateway/cli.js', environment(), ...command);
  if ((await cli.ended) !== 0) throw new Error(cli.output);
  return cli.output;
}

const PUBLISH = 'mutation($input: PublishJobOfferInput!) { publishJobOffer(input: $input) { jobOffer { id } userErrors { code message } } }';
const MOVE = 'mutation($id: ID!, $to: JobState!, $version: Int!) { moveJobOffer(id: $id, to: $to, version: $version) { jobOffer { version } userErrors { code } } }';
const validThrough = new Date(Date.now() + 9e8).toISOString();
const input = (number: number) => ({
  employer: 'grand-nancy', title: `Offer ${number}`, lang: 'EN', description: 'Written while the hub is killed.', contract: 'PERMANENT', contractAsStated: 'CDI', workTime: 'FULL_TIME',
  remote: 'HYBRID', territory: 'fr-commune-57463', validThrough, source: 'synthetic', recordId: `crash-${number}`, idempotencyKey: `crash-${number}`,
});

it('keeps every acknowledged write whole, and none in part, when it is killed in the middle of a batch', async () => {
  hub = run('gateway/hub.js', environment());
  let [, url] = await hub.says(READY);
  await operate('partner', 'add', 'nancy', '--name', 'Grand Nancy', '--role', 'PARTNER:grand-nancy');
  const key = /^hub_\S+/m.exec(await operate('key', 'create', 'nancy'))![0];

  /** Version of each offer that the hub has acknowledged. */
  const acknowledged = new Map<string, number>();
  let next = 0;
  const writer = async () => {
    for (;;) {
      const number = next++;
      const made = await post<any>(`${url}/graphql`, PUBLISH, { variables: { input: input(number) }, key });
      expect(made.data?.publishJobOffer.userErrors).toEqual([]);
      const { id } = made.data.publishJobOffer.jobOffer;
      acknowledged.set(id, 1);
      const moved = await post<any>(`${url}/graphql`, MOVE, { variables: { id, to: 'SUSPENDED', version: 1 }, key });
      if (moved.data.moveJobOffer.jobOffer) acknowledged.set(id, 2);
    }
  };
  // A request that gets no answer ends its writer.
  const writers = Array.from({ length: 8 }, () => writer().catch((error: Error) => error));
  while (acknowledged.size < 60) await new Promise((resolve) => setTimeout(resolve, 10));
  hub.child.kill('SIGKILL');
  await hub.ended;
  for (const error of await Promise.all(writers)) expect(String(error)).toMatch(/fetch failed|terminated/);

  hub = run('gateway/hub.js', environment());
  [, url] = await hub.says(READY);
  const { url: database } = await joinEmbeddedPostgres({ folder });
  const client = new Client({ connectionString: database });
  await client.connect();
  const { rows } = await client.query(`
    set search_path = jobs;
    select o.id, o.version, o.state, o.provenance ->> 'recordId' as record,
      (select array_agg(h.version || h.to_state order by h.version) from history h where h.id = o.id) as steps,
      (select array_agg(e.version order by e.version) from outbox e where e.subject_id = o.id) as told,
      (select array_agg(a.action order by a.id) from audit a where o.id = any(a.subjects) and a.result = '{OK}') as audited,
      (select count(*)::int from idempotency i where i.subject_id = o.id and i.key = o.provenance ->> 'recordId') as keys
    from job_offer o where o.provenance ->> 'recordId' like 'crash-%'`).then((results) => (results as unknown as { rows: any[] }[])[1]!);
  const { rows: orphans } = await client.query(`select id from jobs.history h where subject = 'job offer' and not exists (select from jobs.job_offer o where o.id = h.id and o.version >= h.version)
    union all select key from jobs.idempotency where subject_id is null`);
  await client.end();
  expect(orphans).toEqual([]);
  const there = new Map(rows.map((row) => [row.id, row]));
  for (const [id, version] of acknowledged) expect(there.get(id)?.version).toBeGreaterThanOrEqual(version);
  for (const { version, steps, told, audited, keys, state } of rows) {
    const moved = version === 2;
    expect({ state, steps, told, audited, keys }).toEqual({
      state: moved ? 'SUSPENDED' : 'PUBLISHED',
      steps: moved ? ['1PUBLISHED', '2SUSPENDED'] : ['1PUBLISHED'],
      told: moved ? [1, 2] : [1],
      audited: moved ? ['publishJobOffer', 'moveJobOffer'] : ['publishJobOffer'],
      keys: 1,
    });
  }

  // Whoever had no answer sends it again: done once, whether or not it had been.
  const before = new Map(rows.map((row) => [row.record, row.id]));
  for (const number of [0, next - 1, next]) {
    const { jobOffer, userErrors } = (await post<any>(`${url}/graphql`, PUBLISH, { variables: { input: input(number) }, key })).data.publishJobOffer;
    expect(userErrors).toEqual([]);
    expect(jobOffer.id).toBe(before.get(`crash-${number}`) ?? jobOffer.id);
  }
  hub.child.kill('SIGTERM');
  expect(await hub.ended).toBe(0);
});
