import sql, { type Sql } from 'sql-template-tag';

/**
 * SQL: ids of the programmes that one of the organisations runs at an instant, or whose reference partner it is then.
 * @param at an ISO instant or a `Date`; its day is that of UTC
 */
export const operatedBy = (organisations: readonly string[], at: Date | string): Sql => sql`(
  select programme_id from role
  where organisation_id = any(${organisations}::text[])
    and coalesce(valid_from <= ${at}::timestamptz::date, true) and coalesce(valid_to >= ${at}::timestamptz::date, true))`;
