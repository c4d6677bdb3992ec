import sql, { type Sql } from 'sql-template-tag';
import { one } from '../../../shared/graphql/context';
import type { Text } from '../../../shared/graphql/text';
import { aboutOf, type Caller } from '../../../shared/rights/caller';

// Who employs, and whether the caller speaks for it: a startup for its own record and for those merged with it, a partner for its
// organisation.

/** The roles that somebody who writes offers can have about an employer. */
export type AuthorRole = 'STARTUP' | 'PARTNER';

/** SQL: those roles, as an array, that the caller has about `o.startup_id` or `o.organisation_id`. */
export const rolesAbout = (caller: Caller): Sql => sql`array_remove(array[
  case when (select coalesce(s.merged_into, s.id) from startup s where s.id = o.startup_id)
    in (select coalesce(m.merged_into, m.id) from startup m where m.id = any(${aboutOf(caller, 'STARTUP')}::text[])) then 'STARTUP' end,
  case when o.organisation_id = any(${aboutOf(caller, 'PARTNER')}::text[]) then 'PARTNER' end], null)`;

/** SQL condition: the caller speaks for the employer of an offer `o`, with a key that is for offers. */
export const isOwn = (caller: Caller): Sql => (caller.scopes.includes('jobs:write') ? sql`cardinality(${rolesAbout(caller)}) > 0` : sql`false`);

/** An employer that the hub knows: exactly one of the two ids is set. */
export interface EmployerRecord {
  /** As it was asked for; `startupId` is the record into which that one was merged. */
  id: string;
  startupId: string | null;
  organisationId: string | null;
  names: Text;
  /** The caller's roles about it. */
  roles: AuthorRole[];
}

export const employerById = one<EmployerRecord>(
  (ids, { db, caller }) =>
    db.rows(sql`
      select o.id, o.startup_id as "startupId", o.organisation_id as "organisationId", o.names, ${rolesAbout(caller)} as roles
      from (
        select asked.id, s.id as startup_id, null as organisation_id, jsonb_build_array(jsonb_build_object('value', s.name)) as names
        from startup asked join startup s on s.id = coalesce(asked.merged_into, asked.id) where asked.id = any(${ids}::text[])
        union all
        select id, null, id, names from organisation where id = any(${ids}::text[])
      ) o`),
  ({ id }) => id,
);
