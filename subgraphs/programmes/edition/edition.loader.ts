import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { many, one, requireEach, type Context } from '../../../shared/graphql/context';
import { Columns, type Asked } from '../../../shared/graphql/lookAhead';
import { Edition } from './edition.type';

/** Columns of an edition `e`. */
export const editionColumns = new Columns(Edition, {
  id: sql`e.id`,
  programmeId: sql`e.programme_id`,
  label: sql`e.label`,
  state: sql`edition_state(e, now())`,
  opensAt: sql`e.opens_at`,
  closesAt: sql`e.closes_at`,
  timeZone: sql`e.time_zone`,
  version: sql`e.version`,
  territoryIds: sql`e.territories`,
  provenance: sql`e.provenance`,
});

/** @param at the instant at which the state is asked */
export const editionColumnsAt = (columns: Asked<Edition>, at: Date): Sql => editionColumns.select(columns, { state: sql`edition_state(e, ${at})` });

export const editionOrder = sql`coalesce(e.closes_at, e.opens_at) desc nulls first, e.id`;

export const editionById = (columns: Asked<Edition>) =>
  one<Edition>(
    (ids, { db, now }) => db.rows(sql`select ${editionColumnsAt(columns, now)} from edition e where e.id = any(${ids}::text[])`),
    ({ id }) => id,
  );

export const editionsOf = ({ day, columns }: { day?: string | undefined; columns: Asked<Edition> }) =>
  many<Edition & { owner: string }>(
    (ids, { db, now }) =>
      db.rows(sql`
        select e.programme_id as owner, ${editionColumnsAt(columns, now)} from edition e
        where e.programme_id = any(${ids}::text[]) ${day ? sql`and edition_state(e, ${day}::date + interval '12 hours') = 'OPEN'` : sql``}
        order by ${editionOrder}`),
    ({ owner }) => owner,
  );

/** Refuses an id that no edition has. It is read as the operation's other editions are: who asks for the same one too has one statement. */
export const requireEdition = (argument: string, id: string, context: Context, info: GraphQLResolveInfo): Promise<void> =>
  requireEach(context.batchWith(editionById, editionColumns.askedIn(info)), 'the id of an edition')(argument, [id], context);
