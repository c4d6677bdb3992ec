import { areas } from './areas';
import type { Query } from './query';

export const dashboard: Query = {
  name: 'Dashboard',
  about: 'the partner dashboard, over the four subgraphs',
  text: `query Dashboard($id: ID!) {
    territory(id: $id) {
      name
      population { value period provenance { source { title } } }
      startupStats(by: STAGE) { label count }
      startups(first: 5) { totalCount nodes { name openPositions awards { title year } } }
      programmes { name editions { label state } }
      jobOffers { totalCount facets { contract { key count } } }
    }
  }`,
  variables: areas.map((id) => ({ id })),
  sql: `
    with open_offers as materialized (
      select contract, sum(published) as count from jobs.offer_tally where area_id = $1 group by contract having sum(published) > 0
    ), stage(key, label, position) as (
      values ('DETECTION', 'Détection', 1), ('MATURATION', 'Maturation', 2), ('CREATION', 'Création', 3), ('ACCELERATION', 'Accélération', 4), ('INTERNATIONAL', 'International', 5), ('ALUMNI', 'Alumni', 6)
    )
    select json_build_object('territory', (
      select json_build_object(
        'name', t.names -> 0 ->> 'value',
        'population', (
          select json_build_object('value', o.value, 'period', o.period, 'provenance', json_build_object('source', json_build_object('title', source.title)))
          from territories.observation o join territories.source on source.id = o.provenance ->> 'source'
          where o.territory_id = t.id and o.indicator_id = 'population' order by o.period desc limit 1),
        'startupStats', coalesce((
          select json_agg(json_build_object('label', stage.label, 'count', b.count) order by stage.position)
          from (
            select stage, sum(startups) as count from startups.seat_tally where area_id = $1 and stage is not null group by stage having sum(startups) > 0
          ) b join stage on stage.key = b.stage), '[]'),
        'startups', json_build_object(
          'totalCount', (select coalesce(sum(startups), 0) from startups.seat_tally where area_id = $1),
          'nodes', coalesce((
            select json_agg(json_build_object(
              'name', s.name,
              'openPositions', (
                select count(*) from jobs.job_offer o
                where o.startup_id = any(array(select s.id union all select m.id from jobs.startup m where m.merged_into = s.id)) and o.state = 'PUBLISHED' and o.valid_through > now()),
              'awards', coalesce((
                select json_agg(json_build_object('title', w.titles -> 0 ->> 'value', 'year', w.year) order by w.year, w.id) from programmes.award w
                where w.startup_id = any(array(select s.id union all select m.id from programmes.startup m where m.merged_into = s.id))
                  and (w.provenance ->> 'source' <> 'hub' or exists (select from programmes.edition e where e.id = w.edition_id and programmes.edition_state(e, now()) in ('RESULTS_PUBLISHED', 'ARCHIVED')))
              ), '[]')) order by page.sort_name, page.startup_id)
            from (select * from startups.seat where area_id = $1 order by sort_name, startup_id limit 5) page join startups.startup s on s.id = page.startup_id
          ), '[]')),
        'programmes', coalesce((
          select json_agg(json_build_object('name', p.names -> 0 ->> 'value', 'editions', coalesce((
            select json_agg(json_build_object('label', e.label, 'state', programmes.edition_state(e, now())) order by coalesce(e.closes_at, e.opens_at) desc nulls first, e.id)
            from programmes.edition e where e.programme_id = p.id), '[]')) order by p.sort_name, p.id)
          from programmes.programme p
          where exists (select from territories.territory o where o.id = any(p.territories) and (o.id = any(t.areas) or t.id = any(o.areas)))), '[]'),
        'jobOffers', json_build_object(
          'totalCount', (select coalesce(sum(count), 0) from open_offers),
          'facets', json_build_object('contract', coalesce((select json_agg(json_build_object('key', contract, 'count', count) order by count desc, contract) from open_offers), '[]'))))
      from territories.territory t where t.id = $1))::text`,
};
