import { setTimeout as pause } from 'node:timers/promises';
import { escapeLiteral, type Pool } from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import { stories } from '../../gateway/explorer/explorer';
import type { SubgraphName } from '../../shared/config';
import { queries } from '../bench/queries/all';
import { jobSearch } from '../bench/queries/jobSearch';
import { useHub } from '../testkit/hub';
import { story } from '../testkit/stories';

// Among a hundred thousand offers and twenty thousand startups, what partners ask is found by indexes: no statement reads
// more rows of a table than the hub gathers of offers before it looks for another way.

const MOST = 3000;
/** Those that read more: how their findings begin, and why they must. Who counts all that match reads an index and nothing else. */
const EXCEPTIONS: Record<string, string> = {
  'Exporters: Index Only Scan of startups.': 'counts all that match',
  'HiringNow: Index Only Scan of jobs.job_offer': 'walks a stretch of the newest, and gathers where that is not enough',
  'HiringNow: Index Scan of jobs.spot': 'looks where each of these is',
  'ObjectiveProgress: Seq Scan of territories.observation': 'some thousand figures of municipalities, whatever is offered there',
  'WhoMayApply: Index Scan of programmes.': 'tries the rules of an edition on every startup of the region',
  'WhoMayApply: Bitmap Heap Scan of programmes.area': 'so do its rules about places',
  'WhoMayApply: Seq Scan of programmes.edition_rule': 'an edition has ten rules, read for each of the startups',
};

const [OFFERS, STARTUPS] = [100_000, 20_000];

const hub = useHub();
const db = (name: SubgraphName) => hub.hub.running.get(name)!.db;
const count = async (subgraph: SubgraphName, table: string) => (await db(subgraph).rows<{ count: number }>(sql`select count(*)::int as count from ${raw(table)}`))[0]!.count;

/** Writes copies `1` to `times` of a table's rows `r`, with some columns changed. */
async function copy(subgraph: SubgraphName, table: string, times: number, changed: Record<string, string>): Promise<void> {
  const { dataSource } = db(subgraph);
  const columns: { name: string }[] = await dataSource.query(
    `select column_name as name from information_schema.columns where table_schema = $1 and table_name = $2 and is_generated = 'NEVER'`,
    [subgraph, table],
  );
  const names = columns.map(({ name }) => name);
  await dataSource.query(`insert into ${table} (${names.join(', ')}) select ${names.map((name) => changed[name] ?? `r.${name}`).join(', ')} from ${table} r cross join generate_series(1, ${times}) n`);
}

const idOfCopy = (id: string) => `md5(${id} || ' ' || n)::uuid::text`;

async function growStartups(): Promise<number> {
  const times = Math.ceil(STARTUPS / (await count('startups', 'startup'))) - 1;
  const own = { id: idOfCopy('r.id'), startup_id: idOfCopy('r.startup_id') };
  await copy('startups', 'startup', times, {
    ...own,
    name: `r.name || ' ' || n`,
    host_place_id: 'null',
    merged_into: idOfCopy('r.merged_into'),
    updated_at: `r.updated_at - n * interval '1 hour'`,
    changed: 'pg_current_xact_id()',
  });
  await copy('startups', 'register_id', times, { ...own, value: 'r.value || n', company: 'r.company || n' });
  for (const table of ['startup_activity', 'turnover', 'funding_round', 'stage_change']) await copy('startups', table, times, own);
  const pair = `${own.startup_id}, ${idOfCopy('r.other_id')}`;
  await copy('startups', 'duplicate_candidate', times, { id: own.id, startup_id: `least(${pair})`, other_id: `greatest(${pair})` });
  for (const follower of ['programmes', 'jobs'] as const) while (await hub.hub.running.get(follower)!.refreshCopies()) await pause(20);
  return times;
}

async function growOffers(timesOfStartups: number): Promise<void> {
  const { dataSource } = db('jobs');
  const times = Math.ceil(OFFERS / (await count('jobs', 'job_offer'))) - 1;
  // What triggers make of an offer is copied with it.
  await dataSource.query('alter table job_offer disable trigger user; call drop_offer_indexes()');
  await copy('jobs', 'job_offer', times, {
    id: idOfCopy('r.id'),
    startup_id: `case when n <= ${timesOfStartups} then ${idOfCopy('r.startup_id')} else r.startup_id end`,
    published_at: `r.published_at - n * interval '1 day'`,
    provenance: `jsonb_set(r.provenance, '{recordId}', to_jsonb(r.id || n))`,
  });
  await dataSource.query('call index_offers()');
}

/** An application of each startup, in all states and at all relays. */
const growApplications = () =>
  db('programmes').dataSource.query(`
    insert into application (id, edition_id, startup_id, relay_id, state, created_at, submitted_at)
    select gen_random_uuid()::text, 'demo-123go', s.id, relays[1 + n % cardinality(relays)], states[1 + n % cardinality(states)], now() - n * interval '1 minute', now()
    from (select id, row_number() over (order by id) as n from startup where merged_into is null) s,
      (select array_agg(id order by id) as relays from relay where programme_id = '123go') relay,
      (select array['SUBMITTED', 'ELIGIBLE', 'ADMITTED', 'COACHED', 'LAUREATE', 'NOT_RETAINED'] as states) state`);

let relay: string;
let euid: string;
beforeAll(async () => {
  [{ euid }] = (await db('startups').rows<{ euid: string }>(sql`select min(value) as euid from register_id where scheme = 'EUID'`)) as [{ euid: string }];
  await growOffers(await growStartups());
  await growApplications();
  for (const name of hub.hub.running.keys()) await db(name).dataSource.query('vacuum (analyze)');
  relay = await hub.partner([['RELAY', '123go-saarland-ihk']]);
}, 120_000);

/** The statements with which a question is answered. */
async function statementsFor(query: string, variables: object, key: string | undefined): Promise<{ subgraph: SubgraphName; statement: Sql }[]> {
  const statements: { subgraph: SubgraphName; statement: Sql }[] = [];
  const restore = [...hub.hub.running.values()].map(({ name, db }) => {
    const { rows } = db;
    db.rows = (statement, signal) => {
      if (!/feed_/.test(statement.text)) statements.push({ subgraph: name, statement });
      return rows(statement, signal);
    };
    return () => (db.rows = rows);
  });
  await hub.data(query, { variables, key }).finally(() => restore.forEach((one) => one()));
  return statements;
}

interface Plan {
  'Node Type': string;
  Schema?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/** The plan of a statement on a connection of the hub's readers, which plan it once for all values: as they carry it out. */
async function planOf(subgraph: SubgraphName, { text, values }: Sql): Promise<Plan> {
  const client = await (db(subgraph).pools.reads as Pool).connect();
  try {
    await client.query(`prepare explained as ${text}`);
    const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : '';
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, verbose, timing off, format json) execute explained${given}`);
    await client.query('deallocate explained');
    return rows[0]!['QUERY PLAN'][0].Plan;
  } finally {
    client.release();
  }
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return escapeLiteral(`{${value.map((one) => JSON.stringify(one)).join(',')}}`);
  return escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}

/** How many rows a plan reads, by table and way of reading. A look that finds nothing counts as one. */
function readBy(plan: Plan, read: Record<string, number> = {}): Record<string, number> {
  if (plan['Relation Name'] !== undefined) {
    const way = `${plan['Node Type']} of ${plan.Schema}.${plan['Relation Name']}`;
    const rows = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
    read[way] = (read[way] ?? 0) + Math.max(1, rows) * plan['Actual Loops'];
  }
  for (const one of plan.Plans ?? []) readBy(one, read);
  return read;
}

/** What reads more rows than it should. */
async function tooMany(operation: string, statements: Awaited<ReturnType<typeof statementsFor>>, most = MOST): Promise<string[]> {
  const found: string[] = [];
  for (const { subgraph, statement } of statements) {
    for (const [way, rows] of Object.entries(readBy(await planOf(subgraph, statement)))) {
      const what = `${operation}: ${way}`;
      if (rows > most && !Object.keys(EXCEPTIONS).some((start) => what.startsWith(start))) found.push(`${what}, ${rows} rows: ${statement.text.replace(/\s+/g, ' ')}`);
    }
  }
  return found;
}

const asked = [
  ...stories().map(({ title }, at) => ({ title, ...story(at + 1) })),
  ...queries.flatMap(({ about, text, variables }) => [variables[0]!, variables[10]!, variables[20]!].map((one) => ({ title: `${about}: ${Object.values(one).join(' ')}`, query: text, variables: one }))),
];

it.each(asked)('$title', async ({ query, variables }) => {
  const operation = /query (\w+)/.exec(query)![1]!;
  // A number that is known, and a partner who sees applications.
  const statements = await statementsFor(query.replace('LURCSL.B123456', euid), variables, operation === 'Experts' ? relay : undefined);
  expect(statements.length).toBeGreaterThan(0);
  expect(await tooMany(operation, statements)).toEqual([]);
});

it('searches that are read together', async () => {
  const searches = (orderBy: string) =>
    [0, 9, 18, 27].map((at) => {
      const { territory, radiusKm } = jobSearch.variables[at] as { territory: string; radiusKm: number };
      return `s${at}: jobOffers(filter: {near: {territory: "${territory}", radiusKm: ${radiusKm}}, contracts: [PERMANENT]}, orderBy: ${orderBy}) { totalCount facets { country { key count } } nodes { id distanceKm } }`;
    });
  for (const orderBy of ['DISTANCE', 'PUBLISHED_AT']) {
    const statements = await statementsFor(`{ ${searches(orderBy).join(' ')} }`, {}, undefined);
    const together = statements.filter(({ statement }) => statement.text.includes('as asked'));
    expect(together).toHaveLength(2);
    expect(await tooMany(orderBy, together, 4 * MOST)).toEqual([]);
  }
});
