import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { connect } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import { Reads } from '../../../shared/graphql/lookAhead';
import { Lang, wordingFor } from '../../../shared/graphql/text';
import { provenanceOf } from '../../../shared/graphql/values';
import { activitiesOf } from '../activity/activity.loader';
import { Activity } from '../activity/activity.type';
import { duplicatesOf } from '../duplicate/duplicate.loader';
import { DuplicateCandidate } from '../duplicate/duplicate.type';
import { FundingRound, fundingRoundsOf } from '../funding/fundingRound';
import { Turnover, turnoversOf } from '../funding/turnover';
import { registerIdsOf, startupByRegisterId } from '../identity/registerId';
import { RegisterId, RegisterIdInput } from '../identity/registerScheme';
import { Place, Provenance, refer, Territory } from '../references/stubs';
import { stageChangesOf } from '../stage/stage.resolver';
import { StageChange } from '../stage/stage.type';
import { startupColumns } from './startup.columns';
import { startupById } from './startup.loader';
import { prepareSearch, StartupsArgs, startupsListing } from './startup.search';
import { Startup, StartupConnection } from './startup.type';

@Resolver(() => Startup)
export class StartupResolver {
  @Query(() => Startup, {
    nullable: true,
    description:
      'One startup, by id or by a number of a register, whichever way of writing the same entry the record has. Null where none has it; a number that is malformed or fails its check digits is refused. A record that was merged answers with `mergedInto`.',
  })
  startup(
    @Arg('id', () => ID, { nullable: true, description: 'Its id in the hub.' }) id: string | undefined,
    @Arg('registerId', () => RegisterIdInput, { nullable: true, description: 'Its number in a register.' }) registerId: RegisterIdInput | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Startup | null> {
    if ((id == null) === (registerId == null)) throw badInput('id', id, 'either id or registerId, and not both');
    const columns = startupColumns.askedIn(info);
    return registerId ? startupByRegisterId(registerId, columns, context) : context.loadWith(startupById, columns, id!);
  }

  @Query(() => StartupConnection, { description: 'Startups of the three countries; records that were merged into another only with `filter.updatedSince`.' })
  async startups(@Args(() => StartupsArgs) args: StartupsArgs, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return connect(context, startupsListing, await prepareSearch(args, info, context));
  }

  @Reads('id')
  @FieldResolver(() => [RegisterId], { description: 'Its numbers in registers.' })
  registerIds(@Root() { id }: Pick<Startup, 'id'>, @Ctx() context: Context): Promise<RegisterId[]> {
    return context.load(registerIdsOf, id);
  }

  @Reads('territoryId')
  @FieldResolver(() => Territory, { nullable: true, description: 'Where it is seated: a municipality, or a wider area where the source does not say more.' })
  territory(@Root() { territoryId }: Pick<Startup, 'territoryId'>) {
    return refer(territoryId);
  }

  @Reads('hostPlaceId')
  @FieldResolver(() => Place, { nullable: true, description: 'The totem building or other place where it has its desks.' })
  hostPlace(@Root() { hostPlaceId }: Pick<Startup, 'hostPlaceId'>) {
    return refer(hostPlaceId);
  }

  @Reads('pitches')
  @FieldResolver(() => String, { nullable: true, description: 'What it does, in a sentence of its own.' })
  pitch(
    @Root() { pitches }: Pick<Startup, 'pitches'>,
    @Arg('lang', () => Lang, { nullable: true, description: 'Language wanted; the original where it has no other.' }) lang: Lang | undefined,
    @Ctx() { langs }: Context,
  ): string | null {
    return wordingFor(pitches, lang, langs) || null;
  }

  @Reads('id')
  @FieldResolver(() => [Activity], { description: 'Its activities in the classification of its country, the main one first.' })
  activities(@Root() { id }: Pick<Startup, 'id'>, @Ctx() context: Context): Promise<Activity[]> {
    return context.load(activitiesOf, id);
  }

  @Reads('id')
  @FieldResolver(() => [Turnover], { description: 'Its turnovers as sources state them, the latest first.' })
  turnovers(
    @Root() { id }: Pick<Startup, 'id'>,
    @Arg('year', () => Int, { nullable: true, description: 'Of this year alone.' }) year: number | undefined,
    @Ctx() context: Context,
  ): Promise<Turnover[]> {
    return context.loadWith(turnoversOf, { year: year ?? null }, id);
  }

  @Reads('id')
  @FieldResolver(() => [FundingRound], { description: 'Money that it got from outside, oldest first.' })
  fundingRounds(@Root() { id }: Pick<Startup, 'id'>, @Ctx() context: Context): Promise<FundingRound[]> {
    return context.load(fundingRoundsOf, id);
  }

  @Reads('id')
  @FieldResolver(() => [StageChange], { description: 'The steps of its support, oldest first; the last is where it stands.' })
  stageHistory(@Root() { id }: Pick<Startup, 'id'>, @Ctx() context: Context): Promise<StageChange[]> {
    return context.load(stageChangesOf, id);
  }

  @Reads('id')
  @FieldResolver(() => [DuplicateCandidate], { description: 'Pairs of it and another record that were not rejected, the surest first.' })
  duplicates(@Root() { id }: Pick<Startup, 'id'>, @Ctx() context: Context): Promise<DuplicateCandidate[]> {
    return context.load(duplicatesOf, id);
  }

  @Reads('mergedIntoId')
  @FieldResolver(() => Startup, { nullable: true, description: 'The record that goes on in its place, for one that a steward found to be the same company.' })
  mergedInto(@Root() { mergedIntoId }: Pick<Startup, 'mergedIntoId'>, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<Startup | null> | null {
    return mergedIntoId === null ? null : context.loadWith(startupById, startupColumns.askedIn(info), mergedIntoId);
  }

  @Reads('provenance')
  @FieldResolver(() => [Provenance], { description: 'Where its record was taken from.' })
  provenance(@Root() { provenance }: Pick<Startup, 'provenance'>) {
    return provenance.map(provenanceOf);
  }
}
