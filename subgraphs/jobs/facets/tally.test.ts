import { useHub } from '../../../test/testkit/hub';
import { tallyOffers } from './tally';

const hub = useHub();
const jobs = () => hub.hub.running.get('jobs')!.db;
const run = <Row = unknown>(statement: string): Promise<Row[]> => jobs().dataSource.query(statement) as Promise<Row[]>;

/** The tally as it is kept, and as the offers would make it. */
const kept = () => run('select area_id, country, contract, lang, salaried, position::text, sum(published)::int as published from offer_tally group by 1, 2, 3, 4, 5, 6 having sum(published) <> 0 order by 1, 2, 3, 4, 5, 6');
const made = () => run(`
  select area.id as area_id, s.country, o.contract, o.lang, o.salary_period is not null as salaried, case when area.id like '#%' then s.position::text end as position, count(*)::int as published
  from job_offer o
    join (select *, degrees(asin(public.cube_ll_coord(position, 3) / 6371)) as there_lat, degrees(atan2(public.cube_ll_coord(position, 2), public.cube_ll_coord(position, 1))) as there_lon from spot) s on s.id = o.spot_id
    cross join unnest(s.areas || array['', '#' || s.id, '@' || floor(s.there_lat * 16) || '@' || floor(s.there_lon * 16)]) area(id) where area.id is not null and o.state = 'PUBLISHED' group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`);

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
  ['a territory whose centroid moves', () => run(`update area set lat = lat + 0.3, lon = lon - 0.2 where id in (select territory_id from spot where lat is null and position is not null limit 5)`)],
  ['offers in a territory without a centroid', () => run(`update job_offer set territory_id = 'de', lat = null, lon = null where id like 'copy-%' and lang = 'FR'`)],
  ['a territory that gets its first centroid', () => run(`update area set lat = 51.1, lon = 10.4 where id = 'de' and lat is null`)],
  ['a territory that has none any more', () => run(`update area set lat = null, lon = null where id = 'de'`)],
  ['rows that are put together, by two at once', async () => {
    const [before] = await run<{ count: number }>('select count(*)::int from offer_tally');
    await Promise.all([tallyOffers.run(jobs(), new Date()), tallyOffers.run(jobs(), new Date())]);
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

it.each([[{}], [{ langs: ['FR', 'DE'] }], [{ contracts: ['PERMANENT'], salaryStated: true }], [{ salaryStated: false }], [{ countries: ['LU'] }], [{ within: ['lu'] }], [{ within: ['fr-epci-200039865', 'lu'] }], [{ near: { territory: 'fr-commune-57672', radiusKm: 30 }, contracts: ['PERMANENT'] }], [{ near: { territory: 'lu-commune-0304', radiusKm: 7 } }], [{ near: { territory: 'de-gemeinde-10041100', radiusKm: 100 }, countries: ['FR', 'LU'] }], [{ near: { territory: 'fr-commune-57672', radiusKm: 40 }, within: ['lu'] }]])(
  'counts by the tally are counts of offers: %j',
  async (filter) => {
    // Some are past their last day, and the chore of expiry has not been there yet.
    await run(`update job_offer set valid_through = now() where state = 'PUBLISHED' and contract = 'FIXED_TERM' and valid_through > now() and id < '8'`);
    const counted = await hub.data(COUNTS, { variables: { filter: { ...filter, ...ALL_THE_SAME } } });
    expect(counted.jobOffers.totalCount).toBeGreaterThan(0);
    expect(await hub.data(COUNTS, { variables: { filter } })).toEqual(counted);
  },
);

it('a row that a hub of before writes, without a position, gets that of its spot', async () => {
  await run(`insert into offer_tally (area_id, contract, lang, salaried, published) select '#' || id, 'PERMANENT', 'FR', false, 0 from spot where position is not null limit 1`);
  expect(await run(`select position = (select position from spot where '#' || id = area_id) as right, strip is not null as placed from offer_tally where published = 0 and country is null`)).toEqual([{ right: true, placed: true }]);
});

it('stretches find each place of a circle once, wherever it is and however large, and in whole cells no other', async () => {
  // A thousand circles, each with places around its centre, most at about its radius.
  const [judged] = await run<{ inside: number; whole: number; missed: number; twice: number; strangers: number }>(`
    with circles as materialized (
      select n, lat, lon, radius, array(select s from stretches(lat, lon, radius) s) as stretches
      from (select n, -90 + 180 * (n % 97) / 96.0::float8 as lat, -180 + 360 * (n % 89) / 88.0::float8 as lon, 1 + 299 * (n % 13) / 13.0::float8 as radius from generate_series(1, 1000) n) n
    ),
    places as materialized (
      select *, strip_of(place) as its_strip, lon_of(place) as its_lon, floor(lon_of(place) * 16) / 16 as its_cell from (select c.*, public.globe(least(90, greatest(-90, lat + cos(angle) * degrees(radius * far / 6371))), lon + sin(angle) * degrees(radius * far / 6371) / greatest(0.01, cos(radians(lat)))) as place
      from circles c cross join (select 2 * pi() * k / 40 as angle, case when k % 4 = 0 then 0.5 else 0.97 + 0.01 * (k % 7) end as far from generate_series(1, 40) k) around offset 0) places
    ),
    judged as (
      select public.cube_distance(public.globe(lat, lon), place) <= public.chord_km(radius) as inside, found, whole
      from places
      cross join lateral (
        select count(*) as found, count(*) filter (where s.whole) as whole from unnest(stretches) s(strip int, west float8, east float8, whole boolean)
        where case when s.whole then s.strip = 10000 + its_strip and its_cell >= s.west and its_cell < s.east else s.strip = its_strip and its_lon >= s.west and its_lon < s.east end
      ) found
    )
    select count(*) filter (where inside)::int as inside, count(*) filter (where whole > 0)::int as whole,
      count(*) filter (where inside and found = 0)::int as missed, count(*) filter (where found > 1)::int as twice, count(*) filter (where whole > 0 and not inside)::int as strangers
    from judged`);
  expect(judged).toMatchObject({ missed: 0, twice: 0, strangers: 0 });
  expect(judged!.inside).toBeGreaterThan(15_000);
  expect(judged!.whole).toBeGreaterThan(4_000);
});
