import type { Follower } from '../../../shared/feed/feed';

// What this subgraph keeps of others' records; areas, organisations and sources come by the followers of shared/.

export const followStartups: Follower = {
  owner: 'startups',
  topic: 'startup',
  apply: `
    insert into startup (id, name, status, stage, territory_id, founded_on, headcount, trl, merged_into)
    select id, name, status, stage, territory, "foundedOn", headcount, "technologyReadinessLevel", "mergedInto"
    from jsonb_to_recordset($1::jsonb) as r(
      id text, name text, status text, stage text, territory text, "foundedOn" date, headcount int, "technologyReadinessLevel" int, "mergedInto" text)
    on conflict (id) do update set
      name = excluded.name, status = excluded.status, stage = excluded.stage, territory_id = excluded.territory_id,
      founded_on = excluded.founded_on, headcount = excluded.headcount, trl = excluded.trl, merged_into = excluded.merged_into`,
};
