import type { Query } from './query';

const contracts = ['PERMANENT', 'FIXED_TERM', 'APPRENTICESHIP', 'INTERNSHIP', 'TEMPORARY_AGENCY'];
const pairs = contracts.flatMap((one, at) => contracts.slice(at + 1).map((other) => [one, other]));

export const offers: Query = {
  name: 'Offers',
  about: '50 offers with employer and territory',
  text: `query Offers($contracts: [ContractKind!]!, $countries: [String!]!) {
    jobOffers(filter: {contracts: $contracts, countries: $countries}, first: 50) {
      nodes {
        id title contract workTime
        employer { __typename ... on Startup { id name territory { id name } } ... on Organisation { id name } }
        territory { id name }
      }
    }
  }`,
  variables: ['FR', 'DE', 'LU'].flatMap((country) => pairs.map((pair) => ({ contracts: pair, countries: [country] }))),
  sql: `
    select json_build_object('jobOffers', json_build_object('nodes', coalesce((
      select json_agg(json_build_object(
        'id', o.id, 'title', o.title, 'contract', o.contract, 'workTime', o.work_time,
        'employer', case
          when s.id is not null then json_build_object('__typename', 'Startup', 'id', s.id, 'name', s.name, 'territory',
            case when seat.id is not null then json_build_object('id', seat.id, 'name', seat.names -> 0 ->> 'value') end)
          when e.id is not null then json_build_object('__typename', 'Organisation', 'id', e.id, 'name', e.names -> 0 ->> 'value') end,
        'territory', json_build_object('id', place.id, 'name', place.names -> 0 ->> 'value')
      ) order by o.published_at desc, o.id desc)
      from (
        select o.* from jobs.job_offer o join jobs.spot on spot.id = o.spot_id
        where o.state = 'PUBLISHED' and o.valid_through > now() and o.contract = any($1::text[]) and spot.country = any($2::text[])
        order by o.published_at desc, o.id desc limit 50
      ) o
      join territories.territory place on place.id = o.territory_id
      left join startups.startup s on s.id = o.startup_id
      left join territories.territory seat on seat.id = s.territory_id
      left join territories.organisation e on e.id = o.organisation_id
    ), '[]')))::text`,
};
