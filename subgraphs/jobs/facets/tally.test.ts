import { useHub } from '../../../test/testkit/hub';
import { tallyUp } from './tally';

const hub = useHub();
const jobs = () => hub.hub.running.get('jobs')!.db;
const run = <Row = unknown>(statement: string): Promise<Row[]> => jobs().dataSource.query(statement) as Promise<Row[]>;

/** The tally as it is kept, and as the offers would make it. */
const kept = () => run('select area_id, country, contract, lang, salaried, sum(published)::int as published from offer_tally group by 1, 2, 3, 4, 5 having sum(published) <> 0 order by 1, 2, 3, 4, 5');
const made = () => run(`
  select area.id as area_id, s.country, o.contract, o.lang, o.salary_period is not null as salaried, count(*)::int as published
  from job_offer o join spot s on s.id = o.spot_id cross join unnest(s.areas || array['', '#' || s.id]) area(id) where o.state = 'PUBLISHED' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`);

const names = async () => {
  const columns = await run<{ name: string }>(`select column_name as name from information_schema.columns where table_schema = 'jobs' and table_name = 'job_offer' and is_generated = 'NEVER'`);
  return columns.map(({ name }) => name);
};

it('is right from the first start on', async () => {
  expect((await kept()).length).toBeGreaterThan(100);
  expect(await kept()).toEqual(await made());
});

it.each([
  ['offers that come', async () => {
    const columns = await names();
    const values = columns.map((name) => (name === 'id' ? `'copy-' || o.id` : name === 'provenance' ? `jsonb_set(o.provenance, '{recordId}', to_jsonb('copy-' || o.id))` : `o.${name}`));
    await run(`insert into job_offer (${columns.join(', ')}) select ${values.join(', ')} from job_offer o`);
  }],
  ['offers that are taken back', () => run(`update job_offer set state = 'WITHDRAWN' where state = 'PUBLISHED' and id like 'copy-%' and contract = 'PERMANENT'`)],
  ['offers that come again', () => run(`update job_offer set state = 'PUBLISHED' where state = 'WITHDRAWN'`)],
  ['offers with another contract, language and pay', () => run(`update job_offer set contract = 'SEASONAL', lang = 'LB', salary_period = case when salary_period is null then 'YEAR' end where id like 'copy-1%' or id like 'copy-%a'`)],
  ['offers that move', () => run(`update job_offer set territory_id = 'lu-commune-0304' where id like 'copy-%' and lang = 'DE'`)],
  ['a place that comes to other areas and another country', () => run(`update spot set areas = areas || '{elsewhere}', country = 'BE' where territory_id = 'lu-commune-0304'`)],
  ['rows that are put together, by two at once', async () => {
    const [before] = await run<{ count: number }>('select count(*)::int from offer_tally');
    await Promise.all([tallyUp.run(jobs(), new Date()), tallyUp.run(jobs(), new Date())]);
    const [after] = await run<{ count: number }>('select count(*)::int from offer_tally');
    expect(after!.count).toBeLessThan(before!.count);
  }],
  ['offers that go', () => run(`delete from job_offer where id like 'copy-%'`)],
] as [string, () => Promise<unknown>][])('is right after %s', async (_, change) => {
  const before = await kept();
  await change();
  expect(await kept()).toEqual(await made());
  if (!/put together/.test(_)) expect(await kept()).not.toEqual(before);
});

const COUNTS = `query($filter: JobFilter) {
  jobOffers(filter: $filter, first: 0) { totalCount facets { contract { key count } country { key count } } }
  placed: jobOffers(filter: $filter, first: 0) { facets { territory { key count } } }
  territory(id: "fr-region-lorraine") { jobOffers(filter: $filter, first: 0) { totalCount facets { contract { key count } } } around: jobOffers(filter: $filter, radiusKm: 40, first: 0) { totalCount } }
}`;
// Each restricts nothing, and the tally does not know it: the offers themselves are counted.
const ALL_THE_SAME = { publishedSince: '1990-01-01T00:00:00Z' };

it.each([[{}], [{ langs: ['FR', 'DE'] }], [{ contracts: ['PERMANENT'], salaryStated: true }], [{ salaryStated: false }], [{ countries: ['LU'] }], [{ within: ['lu'] }], [{ within: ['fr-epci-200039865', 'lu'] }], [{ near: { territory: 'fr-commune-57672', radiusKm: 30 }, contracts: ['PERMANENT'] }]])(
  'counts by the tally are counts of offers: %j',
  async (filter) => {
    // Some are past their last day, and the chore of expiry has not been there yet.
    await run(`update job_offer set valid_through = now() where state = 'PUBLISHED' and contract = 'FIXED_TERM' and valid_through > now() and id < '8'`);
    const counted = await hub.data(COUNTS, { variables: { filter: { ...filter, ...ALL_THE_SAME } } });
    expect(counted.jobOffers.totalCount).toBeGreaterThan(0);
    expect(await hub.data(COUNTS, { variables: { filter } })).toEqual(counted);
  },
);
