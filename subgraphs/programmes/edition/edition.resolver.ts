import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { whereAll } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateScalar } from '../../../shared/graphql/scalars';
import { provenanceOf } from '../../../shared/graphql/values';
import { Holds } from '../../../shared/graphql/cost';
import { Needs } from '../../../shared/rights/needs';
import { historyOf } from '../history/history';
import { programmeById, requireProgramme } from '../programme/programme.loader';
import { Programme } from '../programme/programme.type';
import { Provenance, refer, Territory } from '../references/stubs';
import { editionById, editionColumns, editionColumnsAt, editionOrder, editionsOf } from './edition.loader';
import { Edition, EditionEvent, EditionPayload } from './edition.type';
import { editionLife, EditionState } from './life';
import { moveEdition } from './move';

const editionHistory = historyOf<EditionState>(editionLife.subject);

@Resolver(() => Edition)
export class EditionResolver {
  @Query(() => Edition, { nullable: true })
  edition(@Arg('id', () => ID) id: string, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(editionById, editionColumns.askedIn(info), id);
  }

  @Holds(100)
  @Query(() => [Edition], { description: 'Editions, those that close last first; permanent ones before all.' })
  async editions(
    @Arg('programme', () => ID, { nullable: true }) programme: string | undefined,
    @Arg('states', () => [EditionState], { nullable: true }) states: EditionState[] | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Edition[]> {
    if (programme != null) await requireProgramme('programme', [programme], context);
    const where: Sql[] = [];
    if (programme != null) where.push(sql`e.programme_id = ${programme}`);
    if (states) where.push(sql`edition_state(e, ${context.now}) = any(${states}::text[])`);
    return context.db.rows(sql`select ${editionColumnsAt(editionColumns.askedIn(info), context.now)} from edition e ${whereAll(where)} order by ${editionOrder}`);
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
    return { edition: moved === null ? null : await context.loadWith(editionById, editionColumns.all, moved), userErrors };
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
