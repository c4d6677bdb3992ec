import sql from 'sql-template-tag';
import type { Follower } from '../../../shared/feed/feed';
import { one } from '../../../shared/graphql/context';

/** A startup as far as a write must know it. */
export interface StartupCopy {
  id: string;
  /** The record that answers for it since they were merged. */
  mergedInto: string | null;
}

export const startupById = one<StartupCopy>(
  (ids, { db }) => db.rows(sql`select id, merged_into as "mergedInto" from startup where id = any(${ids}::text[])`),
  ({ id }) => id,
);

/** The copy of what is known of startups, by which eligibility is decided. */
export const followStartups: Follower = {
  owner: 'startups',
  topic: 'startup',
  apply: `
    insert into startup (id, name, status, territory_id, founded_on, headcount, trl, merged_into)
    select id, name, status, territory, "foundedOn", headcount, "technologyReadinessLevel", "mergedInto"
    from jsonb_to_recordset($1::jsonb) as r(
      id text, name text, status text, territory text, "foundedOn" date, headcount int, "technologyReadinessLevel" int, "mergedInto" text)
    on conflict (id) do update set
      name = excluded.name, status = excluded.status, territory_id = excluded.territory_id, founded_on = excluded.founded_on,
      headcount = excluded.headcount, trl = excluded.trl, merged_into = excluded.merged_into`,
};
