import type { Query } from './query';

const centres = ['fr-commune-57672', 'fr-commune-57463', 'fr-commune-54323', 'fr-commune-57631', 'lu-commune-0304', 'lu-commune-0204', 'de-gemeinde-10041100', 'de-gemeinde-10042113'];

export const jobSearch: Query = {
  name: 'CrossBorderJobSearch',
  about: 'job search across the border, with count and facets',
  text: `query CrossBorderJobSearch($territory: ID!, $radiusKm: Int!) {
    jobOffers(
      filter: {near: {territory: $territory, radiusKm: $radiusKm}, langs: [FR, DE], contracts: [PERMANENT], salaryStated: true}
      orderBy: DISTANCE
    ) {
      totalCount
      facets { country { key count } }
      nodes {
        title contract contractAsStated
        salary { yearlyGrossMin { amount currency } asStated }
        distanceKm
        languages { language level }
        employer { __typename ... on Startup { id name } ... on Organisation { id name } }
        provenance { source { publisher licence } asOf }
      }
    }
  }`,
  variables: [30, 20, 15, 25].flatMap((radiusKm) => centres.map((territory) => ({ territory, radiusKm }))),
  sql: `
    with centre as materialized (
      select lat, lon, public.globe(lat, lon) as position, public.chord_km($2::float8) as chord from territories.territory where id = $1
    ), matched as materialized (
      select t.country, sum(t.published) as count from centre
      cross join lateral jobs.stretches(centre.lat, centre.lon, $2::float8) s
      join jobs.offer_tally t on t.strip = s.strip and t.kind = any('{PERMANENT FR true,PERMANENT DE true}') and t.lon >= s.west and t.lon < s.east
      where s.whole or public.cube_distance(t.position, (select position from centre)) <= (select chord from centre)
      group by t.country
    )
    select json_build_object('jobOffers', json_build_object(
      'totalCount', (select coalesce(sum(count), 0) from matched),
      'facets', json_build_object('country', coalesce((
        select json_agg(json_build_object('key', country, 'count', count) order by count desc, country) from matched where country is not null and count > 0), '[]')),
      'nodes', coalesce((
        select json_agg(json_build_object(
          'title', o.title, 'contract', o.contract, 'contractAsStated', o.contract_as_stated,
          'salary', json_build_object(
            'yearlyGrossMin', case when o.yearly_gross_min is not null then json_build_object('amount', o.yearly_gross_min, 'currency', 'EUR') end,
            'asStated', o.salary_as_stated),
          'distanceKm', round(public.ground_km(page.rank)::numeric, 1)::float8,
          'languages', (select coalesce(json_agg(json_build_object('language', l -> 'language', 'level', l -> 'level') order by at), '[]') from jsonb_array_elements(o.languages) with ordinality as needs(l, at)),
          'employer', case
            when s.id is not null then json_build_object('__typename', 'Startup', 'id', s.id, 'name', s.name)
            when e.id is not null then json_build_object('__typename', 'Organisation', 'id', e.id, 'name', e.names -> 0 ->> 'value') end,
          'provenance', json_build_object('source', json_build_object('publisher', source.publisher, 'licence', source.licence), 'asOf', o.provenance -> 'asOf')
        ) order by page.rank, page.id)
        from (
          select s.rank, o.id
          from (
            select id, position operator(public.<->) (select position from centre) as rank from jobs.spot
            where position operator(public.<@) public.cube_enlarge((select position from centre), (select chord from centre), 3)
              and public.cube_distance(position, (select position from centre)) <= (select chord from centre)
            order by rank offset 0
          ) s
          cross join lateral (
            select o.id from jobs.job_offer o
            where o.spot_id = s.id and o.state = 'PUBLISHED' and o.valid_through > now() and o.lang = any('{FR,DE}') and o.contract = 'PERMANENT' and o.salary_period is not null
            order by o.id limit 20
          ) o
          order by s.rank, o.id limit 20
        ) page
        join jobs.job_offer o on o.id = page.id
        join territories.source on source.id = o.provenance ->> 'source'
        left join startups.startup s on s.id = o.startup_id
        left join territories.organisation e on e.id = o.organisation_id
      ), '[]')))::text`,
};
