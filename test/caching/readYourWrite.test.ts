import { setTimeout as pause } from 'node:timers/promises';
import { forgetOutbox } from '../../shared/feed/feed';
import { cacheSettled, useHub } from '../testkit/hub';
import { startupWrites } from '../testkit/startups';

const hub = useHub({ CACHE_BYTES: '20000000' });
const { register, update, move, resolve } = startupWrites(hub);
const rowsOf = (name: 'startups' | 'jobs', text: string, values: unknown[] = []): Promise<any[]> => hub.hub.running.get(name)!.db.dataSource.query(text, values);

let partner: string;
let officer: string;
let steward: string;
beforeAll(async () => {
  partner = await hub.partner([['PARTNER', 'lorntech']]);
  officer = await hub.partner([['TERRITORY_OFFICER', 'sillon-lorrain']]);
  steward = await hub.partner([['STEWARD']]);
  await cacheSettled(hub);
});

/** Fills the cache, writes, and reads what the cache would have answered. */
async function readAfter(query: string, variables: object, work: () => Promise<unknown>) {
  await hub.data(query, { variables });
  // Copies of what was written before may still be on their way and make all new.
  let before = await hub.ask(query, { variables });
  for (let times = 0; before.headers.get('x-cache') !== 'hit' && times < 50; times++) before = await hub.ask(query, { variables });
  expect(before.headers.get('x-cache')).toBe('hit');
  await work();
  const after = await hub.ask(query, { variables });
  expect(after.headers.get('x-cache')).toBe('miss');
  return { before: before.data, after: after.data };
}

const startupQuery = 'query($id: ID!) { startup(id: $id) { name headcount stage version mergedInto { id } } }';

it('registerStartup', async () => {
  const { before, after } = await readAfter('{ startups { totalCount } }', {}, () => register(partner, {}));
  expect(after.startups.totalCount).toBe(before.startups.totalCount + 1);
});

it('updateStartup, moveStartup, resolveDuplicate', async () => {
  const [one, two] = [(await register(partner, { name: 'Kirschwerk' })).startup.id, (await register(partner, { name: 'Kirschwerk SAS' })).startup.id];
  const own = await hub.partner([['STARTUP', one]]);
  expect((await readAfter(startupQuery, { id: one }, () => update(own, { id: one, version: 1, headcount: 7 }))).after.startup).toMatchObject({ headcount: 7, version: 2 });
  expect((await readAfter(startupQuery, { id: one }, () => move(officer, { id: one, to: 'DETECTION', version: 2 }))).after.startup).toMatchObject({ stage: 'DETECTION', version: 3 });
  const [pair] = await rowsOf('startups', 'select id from duplicate_candidate where startup_id = least($1, $2) and other_id = greatest($1, $2)', [one, two]);
  const { after } = await readAfter(startupQuery, { id: two }, () => resolve(steward, { id: pair.id, same: true, idempotencyKey: 'r' }));
  expect(after.startup).not.toBeNull();
  expect(after.startup.mergedInto ?? after.startup).toBeTruthy();
});

it('recordContact and removeContact, which count a version of the startup', async () => {
  const { id } = (await register(partner, {})).startup;
  const own = await hub.partner([['STARTUP', id]]);
  let contact = '';
  const input = { startup: id, role: 'Founder', idempotencyKey: 'c', person: { name: 'Bo Probe', basis: 'CONSENT', purpose: 'Events', eraseAfter: new Date().toISOString().slice(0, 10) } };
  const recorded = await readAfter(startupQuery, { id }, async () => {
    contact = (await hub.data('mutation($input: RecordContactInput!) { recordContact(input: $input) { contact { id } } }', { variables: { input }, key: own })).recordContact.contact.id;
  });
  expect(recorded.after.startup.version).toBe(2);
  const removed = await readAfter(startupQuery, { id }, () => hub.data('mutation($id: ID!) { removeContact(id: $id) { userErrors { code } } }', { variables: { id: contact }, key: own }));
  expect(removed.after.startup.version).toBe(3);
});

it('recordStatement', async () => {
  const input = { indicator: 'digital-jobs', territory: 'sillon-lorrain', kind: 'OBJECTIVE', operator: 'INCREASE_BY', value: 9000, unit: 'jobs', horizonYears: 6, quote: 'x', source: 'press-2014-launch', statedOn: '2015-02-03', idempotencyKey: 's' };
  const { before, after } = await readAfter('{ statements { totalCount } }', {}, () =>
    hub.data('mutation($input: RecordStatementInput!) { recordStatement(input: $input) { userErrors { code } } }', { variables: { input }, key: officer }),
  );
  expect(after.statements.totalCount).toBe(before.statements.totalCount + 1);
});

describe('offers', () => {
  let own: string;
  let employer: string;
  beforeAll(async () => {
    [{ id: employer }] = (await rowsOf('jobs', 'select id from startup where merged_into is null order by id limit 1')) as [{ id: string }];
    own = await hub.partner([['STARTUP', employer]]);
  });
  let count = 0;
  const publish = async (more: object = {}) => {
    const input = {
      employer, title: `Essai ${++count}`, lang: 'FR', description: 'x', contract: 'PERMANENT', contractAsStated: 'CDI', workTime: 'FULL_TIME', remote: 'HYBRID',
      territory: 'fr-commune-57463', validThrough: new Date(Date.now() + 86_400_000).toISOString(), source: 'synthetic', recordId: `t-${count}`, idempotencyKey: `k-${count}`, ...more,
    };
    const { publishJobOffer } = await hub.data('mutation($input: PublishJobOfferInput!) { publishJobOffer(input: $input) { jobOffer { id } userErrors { message } } }', { variables: { input }, key: own });
    expect(publishJobOffer.userErrors).toEqual([]);
    return publishJobOffer.jobOffer.id as string;
  };
  const moveOffer = (variables: object) =>
    hub.data('mutation($id: ID!, $to: JobState!, $version: Int!) { moveJobOffer(id: $id, to: $to, version: $version) { userErrors { message } } }', { variables, key: own });
  const total = 'query($id: ID!) { startup(id: $id) { openPositions } }';

  it('publishJobOffer and moveJobOffer', async () => {
    let id = '';
    const published = await readAfter(total, { id: employer }, async () => (id = await publish()));
    expect(published.after.startup.openPositions).toBe(published.before.startup.openPositions + 1);
    const moved = await readAfter(total, { id: employer }, () => moveOffer({ id, to: 'SUSPENDED', version: 1 }));
    expect(moved.after.startup.openPositions).toBe(published.before.startup.openPositions);
  });

  it('a draft is seen by its employer and kept for nobody else', async () => {
    const id = await publish({ draft: true });
    const query = 'query($id: ID!) { jobOffer(id: $id) { id title } }';
    const seen = async (key?: string) => {
      const { data, headers } = await hub.ask(query, { variables: { id }, key });
      return [data.jobOffer?.id ?? null, headers.get('x-cache')];
    };
    expect(await seen(own)).toEqual([id, null]);
    expect(await seen()).toEqual([null, 'miss']);
    expect(await seen()).toEqual([null, 'hit']);
    expect(await seen(own)).toEqual([id, null]);
  });
});

it('what happens in the database alone is seen within seconds: offers that expire, an outbox written past the hub', async () => {
  const query = '{ startups { totalCount } }';
  await hub.data(query);
  expect((await hub.ask(query)).headers.get('x-cache')).toBe('hit');
  await rowsOf('startups', `insert into outbox (id, at, event, subject, subject_id, data) values ('test', now(), 'tested', 'startup', 'x', '{}')`);
  await pause(2000);
  expect((await hub.ask(query)).headers.get('x-cache')).toBe('miss');
});

it('a copy that is refreshed makes answers from the older one old, though its owner told of it before', async () => {
  const query = '{ edition(id: "EDITION") { eligibleStartups(verdicts: [ELIGIBLE, NOT_ELIGIBLE, UNKNOWN]) { totalCount } } }'.replace('EDITION', (await hub.data('{ editions { id } }')).editions[0].id);
  const count = async () => (await hub.data(query)).edition.eligibleStartups.totalCount as number;
  await register(partner, {});
  // Asked again and again, so that an answer from the older copy is kept at the moment at which the copy is refreshed.
  const before = await count();
  expect((await hub.ask(query)).headers.get('x-cache')).toBe('hit');
  await register(partner, {});
  let wait = 0;
  while ((await count()) <= before && wait++ < 60) await pause(100);
  expect(wait).toBeLessThan(60);
});

it('what was told more than a week ago is forgotten', async () => {
  const db = hub.hub.running.get('startups')!.db;
  await rowsOf('startups', `insert into outbox (id, at, event, subject, subject_id, data) values ('old', now() - interval '8 days', 'tested', 'startup', 'x', '{}'), ('young', now() - interval '6 days', 'tested', 'startup', 'x', '{}')`);
  await forgetOutbox.run(db, new Date());
  expect((await rowsOf('startups', `select id from outbox where id in ('old', 'young')`)).map(({ id }) => id)).toEqual(['young']);
});

it('an answer that several have waited for goes with its data too', async () => {
  const { id } = (await register(partner, {})).startup;
  const own = await hub.partner([['STARTUP', id]]);
  const ask = () => hub.data('query Several($id: ID!) { startup(id: $id) { id headcount } }', { variables: { id } });
  for (let times = 0; times < 10; times++) await Promise.all(Array.from({ length: 8 }, ask));
  await update(own, { id, version: 1, headcount: 42 });
  expect((await ask()).startup.headcount).toBe(42);
});
