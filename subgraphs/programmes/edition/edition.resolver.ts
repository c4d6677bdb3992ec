import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { whereAll } from '../../../shared/graphql/connection';
import { many, one, requireEach, type Context } from '../../../shared/graphql/context';
import { DateScalar } from '../../../shared/graphql/scalars';
import { provenanceOf } from '../../../shared/graphql/values';
import { Holds } from '../../../shared/graphql/cost';
import { Columns, Reads, type Asked } from '../../../shared/graphql/lookAhead';
import { Needs } from '../../../shared/rights/needs';
import { historyOf } from '../history/history';
import { programmeById, requireProgramme } from '../programme/programme.loader';
import { Programme } from '../programme/programme.type';
import { Provenance, refer, Territory } from '../references/stubs';
import { Edition, EditionEvent, EditionPayload } from './edition.type';
import { editionLife, EditionState } from './life';
import { moveEdition } from './move';

/** Columns of an edition `e`. */
const editionColumns = new Columns(Edition, {
  id: sql`e.id`,
  programmeId: sql`e.programme_id`,
  label: sql`e.label`,
  state: sql`null`,
  opensAt: sql`e.opens_at`,
  closesAt: sql`e.closes_at`,
  timeZone: sql`e.time_zone`,
  version: sql`e.version`,
  territoryIds: sql`e.territories`,
  provenance: sql`e.provenance`,
});

/** @param at the instant at which the state is asked */
const columnsAt = (at: Date, columns = editionColumns.all): Sql => editionColumns.select(columns, { state: sql`edition_state(e, ${at})` });
const order = sql`coalesce(e.closes_at, e.opens_at) desc nulls first, e.id`;

export const editionById = one<Edition>(
  (ids, { db, now }) => db.rows(sql`select ${columnsAt(now)} from edition e where e.id = any(${ids}::text[])`),
  ({ id }) => id,
);

const editionsOf = ({ day, columns }: { day?: string | undefined; columns: Asked<Edition> }) =>
  many<Edition & { programme: string }>(
    (ids, { db, now }) =>
      db.rows(sql`
        select e.programme_id as programme, ${columnsAt(now, columns)} from edition e
        where e.programme_id = any(${ids}::text[]) ${day ? sql`and edition_state(e, ${day}::date + interval '12 hours') = 'OPEN'` : sql``}
        order by ${order}`),
    ({ programme }) => programme,
  );

const editionHistory = historyOf<EditionState>(editionLife.subject);

export const requireEdition = requireEach(editionById, 'the id of an edition');

@Resolver(() => Edition)
export class EditionResolver {
  @Query(() => Edition, { nullable: true })
  edition(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return context.load(editionById, id);
  }

  @Holds(100)
  @Query(() => [Edition], { description: 'Editions, those that close last first; permanent ones before all.' })
  async editions(
    @Arg('programme', () => ID, { nullable: true }) programme: string | undefined,
    @Arg('states', () => [EditionState], { nullable: true }) states: EditionState[] | undefined,
    @Ctx() context: Context,
  ): Promise<Edition[]> {
    if (programme != null) await requireProgramme('programme', [programme], context);
    const where: Sql[] = [];
    if (programme != null) where.push(sql`e.programme_id = ${programme}`);
    if (states) where.push(sql`edition_state(e, ${context.now}) = any(${states}::text[])`);
    return context.db.rows(sql`select ${columnsAt(context.now)} from edition e ${whereAll(where)} order by ${order}`);
  }

  @Needs('programmes:write')
  @Mutation(() => EditionPayload, { description: 'Takes an edition to its next state now, whatever date was planned; by a partner that runs the programme.' })
  async moveEdition(
    @Arg('id', () => ID, { description: 'The edition to move.' }) id: string,
    @Arg('to', () => EditionState, { description: 'The state that begins.' }) to: EditionState,
    @Arg('reason', () => String, { nullable: true, description: 'Why; needed to cancel.' }) reason: string | undefined,
    @Arg('version', () => Int, { description: 'The version that the move was prepared on.' }) version: number,
    @Arg('idempotencyKey', () => String, { nullable: true, description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string | undefined,
    @Ctx() context: Context,
  ): Promise<EditionPayload> {
    const { id: moved, userErrors } = await moveEdition(context, { id, to, reason, version, idempotencyKey });
    return { edition: moved === null ? null : await context.load(editionById, moved), userErrors };
  }

  @Reads('programmeId')
  @FieldResolver(() => Programme)
  programme(@Root() { programmeId }: Pick<Edition, 'programmeId'>, @Ctx() context: Context) {
    return context.load(programmeById, programmeId);
  }

  @Reads('territoryIds')
  @FieldResolver(() => [Territory], { nullable: 'items', description: 'Whose projects may apply.' })
  territories(@Root() { territoryIds }: Pick<Edition, 'territoryIds'>): Territory[] {
    return territoryIds.map(refer);
  }

  @Reads('id')
  @FieldResolver(() => [EditionEvent], { description: 'Its steps since the hub follows it, oldest first.' })
  history(@Root() { id }: Pick<Edition, 'id'>, @Ctx() context: Context) {
    return context.load(editionHistory, id);
  }

  @Reads('provenance')
  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: Pick<Edition, 'provenance'>) {
    return provenance.map(provenanceOf);
  }
}

@Resolver(() => Programme)
export class ProgrammeEditionsResolver {
  @Reads('id')
  @Holds(100)
  @FieldResolver(() => [Edition], { description: 'Its editions, those that close last first.' })
  editions(
    @Root() { id }: Pick<Programme, 'id'>,
    @Arg('openOn', () => DateScalar, { nullable: true, description: 'Only those open at noon, UTC, of that day.' }) openOn: string | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return context.loadWith(editionsOf, { day: openOn, columns: editionColumns.askedIn(info) }, id);
  }
}
