import { areas } from './areas';
import type { Query } from './query';

export const chain: Query = {
  name: 'Chain',
  about: 'territory → 20 startups → their offers → territory',
  text: `query Chain($id: ID!) {
    territory(id: $id) { id name startups(first: 20) { nodes { id name jobOffers { id title territory { id name } } } } }
  }`,
  variables: areas.map((id) => ({ id })),
  sql: `
    select json_build_object('territory', (
      select json_build_object('id', t.id, 'name', t.names -> 0 ->> 'value', 'startups', json_build_object('nodes', coalesce((
        select json_agg(json_build_object('id', page.startup_id, 'name', s.name, 'jobOffers', coalesce((
          select json_agg(json_build_object('id', o.id, 'title', o.title, 'territory', json_build_object('id', o.territory_id, 'name', place.names -> 0 ->> 'value')) order by o.published_at desc, o.id desc)
          from (
            select o.id, o.title, o.territory_id, o.published_at from jobs.job_offer o
            where o.startup_id = any(array(select s.id union all select m.id from jobs.startup m where m.merged_into = s.id))
              and o.state = 'PUBLISHED' and o.valid_through > now()
            order by o.published_at desc, o.id desc limit 100
          ) o join territories.territory place on place.id = o.territory_id
        ), '[]')) order by page.sort_name, page.startup_id)
        from (select * from startups.seat where area_id = t.id order by sort_name, startup_id limit 20) page
        join startups.startup s on s.id = page.startup_id
      ), '[]')))
      from territories.territory t where t.id = $1))::text`,
};
