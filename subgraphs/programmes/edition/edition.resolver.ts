import sql, { type Sql } from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { whereAll } from '../../../shared/graphql/connection';
import { many, one, requireEach, type Context } from '../../../shared/graphql/context';
import { DateScalar } from '../../../shared/graphql/scalars';
import { provenanceOf } from '../../../shared/graphql/values';
import { Holds } from '../../../shared/graphql/cost';
import { Needs } from '../../../shared/rights/needs';
import { historyOf } from '../history/history';
import { programmeById, requireProgramme } from '../programme/programme.loader';
import { Programme } from '../programme/programme.type';
import { Provenance, refer, Territory } from '../references/stubs';
import { Edition, EditionEvent, EditionPayload } from './edition.type';
import { editionLife, EditionState } from './life';
import { moveEdition } from './move';

/** @param at the instant at which the state is asked */
const columnsAt = (at: Date): Sql => sql`
  e.id, e.programme_id as "programmeId", e.label, edition_state(e, ${at}) as state, e.opens_at as "opensAt", e.closes_at as "closesAt",
  e.time_zone as "timeZone", e.version, e.territories as "territoryIds", e.provenance`;
const order = sql`coalesce(e.closes_at, e.opens_at) desc nulls first, e.id`;

export const editionById = one<Edition>(
  (ids, { db, now }) => db.rows(sql`select ${columnsAt(now)} from edition e where e.id = any(${ids}::text[])`),
  ({ id }) => id,
);

const editionsOf = ({ day }: { day?: string | undefined }) =>
  many<Edition>(
    (ids, { db, now }) =>
      db.rows(sql`
        select ${columnsAt(now)} from edition e
        where e.programme_id = any(${ids}::text[]) ${day ? sql`and edition_state(e, ${day}::date + interval '12 hours') = 'OPEN'` : sql``}
        order by ${order}`),
    ({ programmeId }) => programmeId,
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

  @FieldResolver(() => Programme)
  programme(@Root() { programmeId }: Edition, @Ctx() context: Context) {
    return context.load(programmeById, programmeId);
  }

  @FieldResolver(() => [Territory], { nullable: 'items', description: 'Whose projects may apply.' })
  territories(@Root() { territoryIds }: Edition): Territory[] {
    return territoryIds.map(refer);
  }

  @FieldResolver(() => [EditionEvent], { description: 'Its steps since the hub follows it, oldest first.' })
  history(@Root() { id }: Edition, @Ctx() context: Context) {
    return context.load(editionHistory, id);
  }

  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: Edition) {
    return provenance.map(provenanceOf);
  }
}

@Resolver(() => Programme)
export class ProgrammeEditionsResolver {
  @Holds(100)
  @FieldResolver(() => [Edition], { description: 'Its editions, those that close last first.' })
  editions(
    @Root() { id }: Programme,
    @Arg('openOn', () => DateScalar, { nullable: true, description: 'Only those open at noon, UTC, of that day.' }) openOn: string | undefined,
    @Ctx() context: Context,
  ) {
    return context.loadWith(editionsOf, { day: openOn }, id);
  }
}
