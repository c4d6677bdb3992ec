import sql, { type Sql } from 'sql-template-tag';
import { useHub } from '../../../test/testkit/hub';

// Enough offers that a page is read in each of the ways that there are, and that a way that reads all of them is seen.

const hub = useHub();
const jobs = () => hub.hub.running.get('jobs')!.db;

const COPIES = 166;

beforeAll(async () => {
  const { dataSource } = jobs();
  const changed: Record<string, string> = {
    id: 'gen_random_uuid()::text',
    published_at: `o.published_at - n * interval '1 day'`,
    provenance: `jsonb_set(o.provenance, '{recordId}', to_jsonb(o.id || n))`,
    // Only old offers are in this language, many of them, and few have this contract.
    lang: `case when n > ${COPIES - 20} then 'LB' else o.lang end`,
    contract: `case when n = ${COPIES - 30} then 'SEASONAL' else o.contract end`,
  };
  const columns: { name: string }[] = await dataSource.query(`select column_name as name from information_schema.columns where table_schema = 'jobs' and table_name = 'job_offer' and is_generated = 'NEVER'`);
  const names = columns.map(({ name }) => name);
  // What triggers make of an offer is copied with it.
  await dataSource.query('alter table job_offer disable trigger user; call drop_offer_indexes()');
  await dataSource.query(`insert into job_offer (${names.join(', ')}) select ${names.map((name) => changed[name] ?? `o.${name}`).join(', ')} from job_offer o cross join generate_series(1, ${COPIES}) n where o.published_at is not null`);
  await dataSource.query('call index_offers()');
  await dataSource.query('vacuum (analyze) job_offer');
  await dataSource.query('vacuum (analyze) spot');
}, 120_000);

const PAGES = `query($filter: JobFilter, $orderBy: JobOrder!, $after: Cursor) { jobOffers(filter: $filter, orderBy: $orderBy, first: 50, after: $after) { totalCount nodes { id } pageInfo { endCursor } } }`;

it.each([
  ['many of a country', { countries: ['FR'], contracts: ['PERMANENT'] }, `s.country = 'FR' and o.contract = 'PERMANENT'`],
  ['few, all of them old', { contracts: ['SEASONAL'] }, `o.contract = 'SEASONAL'`],
  ['many, all of them old', { langs: ['LB'] }, `o.lang = 'LB'`],
  ['many of a region, all of them old', { langs: ['LB'], within: ['fr-region-lorraine'] }, `o.lang = 'LB' and s.areas @> '{fr-region-lorraine}'`],
  ['a region', { within: ['fr-region-lorraine'] }, `s.areas @> '{fr-region-lorraine}'`],
  ['a small town', { within: ['fr-commune-57757'] }, `s.areas @> '{fr-commune-57757}'`],
  ['what startups offer from home', { startupsOnly: true, remote: ['REMOTE'] }, `o.startup_id is not null and o.remote = 'REMOTE'`],
])('%s: pages are what a plain statement says, in both orders', async (_, filter, condition) => {
  for (const [orderBy, column] of [['PUBLISHED_AT', 'published_at'], ['SALARY', 'pay']] as const) {
    const plain: { id: string; count: number }[] = await jobs().dataSource.query(`
      select o.id, (count(*) over ())::int as count from job_offer o join spot s on s.id = o.spot_id
      where o.state = 'PUBLISHED' and o.valid_through > now() and ${condition} order by o.${column} desc, o.id desc limit 100`);
    const first = (await hub.data(PAGES, { variables: { filter, orderBy } })).jobOffers;
    const second = (await hub.data(PAGES, { variables: { filter, orderBy, after: first.pageInfo.endCursor } })).jobOffers;
    expect([...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id)).toEqual(plain.map(({ id }) => id));
    expect(first.totalCount).toBe(plain[0]!.count);
  }
});

it.each([
  ['nearest first', 'DISTANCE', [['fr-commune-57672', 30, 'PERMANENT'], ['fr-commune-54395', 12, 'INTERNSHIP'], ['lu-commune-0304', 1, 'SEASONAL']]],
  ['newest first', 'PUBLISHED_AT', [['fr-commune-57463', 25, 'PERMANENT'], ['lu-commune-0304', 60, 'SEASONAL'], ['fr-commune-57757', 5, 'INTERNSHIP']]],
] as const)('%s: searches that differ in values alone are read together, and each finds what it finds alone', async (_, orderBy, searches) => {
  const found = 'totalCount facets { country { key count } contract { key count } } edges { cursor node { id distanceKm employer { __typename } } } pageInfo { endCursor }';
  const ask = async (cursors: (string | null)[], which: readonly number[]) => {
    const asked = which.map((at) => {
      const [territory, radiusKm, contract] = searches[at]!;
      return `s${at}: jobOffers(filter: {near: {territory: "${territory}", radiusKm: ${radiusKm}}, contracts: [${contract}]}, orderBy: ${orderBy}, first: 4, after: ${JSON.stringify(cursors[at])}) { ${found} }`;
    });
    let data: any;
    const statements = await hub.statements(async () => (data = await hub.data(`{ ${asked.join(' ')} }`)));
    return { data, statements };
  };
  let cursors: (string | null)[] = [null, null, null];
  for (const page of [1, 2]) {
    const alone = [await ask(cursors, [0]), await ask(cursors, [1]), await ask(cursors, [2])];
    const together = await ask(cursors, [0, 1, 2]);
    expect([page, together.data]).toEqual([page, Object.assign({}, ...alone.map(({ data }) => data))]);
    expect(together.data.s0.edges).toHaveLength(4);
    expect(together.statements).toBe(alone[0]!.statements);
    cursors = [0, 1, 2].map((at) => together.data[`s${at}`].pageInfo.endCursor ?? cursors[at] ?? null);
  }
});

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

const readBy = ({ Plans = [], ...plan }: Plan): number =>
  Plans.reduce((sum, one) => sum + readBy(one), plan['Relation Name'] === 'job_offer' ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] : 0);

/** How many offers PostgreSQL looks at for a query. */
async function offersReadFor(query: string): Promise<number> {
  const db = jobs();
  const { rows } = db;
  const statements: Sql[] = [];
  db.rows = (statement, signal) => {
    statements.push(statement);
    return rows(statement, signal);
  };
  await hub.data(query).finally(() => (db.rows = rows));
  let read = 0;
  for (const statement of statements) {
    const [explained] = await rows<{ 'QUERY PLAN': [{ Plan: Plan }] }>(sql`explain (analyze, format json) ${statement}`);
    read += readBy(explained!['QUERY PLAN'][0].Plan);
  }
  return read;
}

describe('what a hundred thousand offers cost', () => {
  const open = async () => (await jobs().dataSource.query(`select count(*)::int as count from job_offer where state = 'PUBLISHED'`))[0].count as number;

  it.each([
    ['the newest', '{ jobOffers(first: 50) { nodes { id } } }', 100],
    ['the newest of a country with some contracts', '{ jobOffers(first: 50, filter: {countries: ["DE"], contracts: [INTERNSHIP, APPRENTICESHIP]}) { nodes { id } } }', 5000],
    ['the newest of a region', '{ territory(id: "fr-region-lorraine") { jobOffers(first: 50) { nodes { id } } } }', 5000],
    ['the best paid of a country', '{ jobOffers(first: 50, orderBy: SALARY, filter: {countries: ["LU"]}) { nodes { id } } }', 500],
  ])('%s: a page reads no more than it needs', async (_, query, most) => {
    expect(await offersReadFor(query)).toBeLessThan(most);
  });

  it('count and facets read what matches once', async () => {
    expect(await open()).toBeGreaterThan(80_000);
    const facets = 'totalCount facets { contract { key } territory { key } occupation { key } country { key } }';
    expect(await offersReadFor(`{ jobOffers { ${facets} } }`)).toBeLessThanOrEqual(await open());
    expect(await offersReadFor(`{ territory(id: "fr-region-lorraine") { jobOffers { ${facets} } } }`)).toBeLessThanOrEqual(await open());
  });
});
