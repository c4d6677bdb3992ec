import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { connect } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
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
  ): Promise<Startup | null> {
    if ((id == null) === (registerId == null)) throw badInput('id', id, 'either id or registerId, and not both');
    return registerId ? startupByRegisterId(registerId, context) : context.load(startupById, id!);
  }

  @Query(() => StartupConnection, { description: 'Startups of the three countries; records that were merged into another only with `filter.updatedSince`.' })
  async startups(@Args(() => StartupsArgs) args: StartupsArgs, @Ctx() context: Context) {
    return connect(context, startupsListing, await prepareSearch(args, context));
  }

  @FieldResolver(() => [RegisterId], { description: 'Its numbers in registers.' })
  registerIds(@Root() { id }: Startup, @Ctx() context: Context): Promise<RegisterId[]> {
    return context.load(registerIdsOf, id);
  }

  @FieldResolver(() => Territory, { nullable: true, description: 'Where it is seated: a municipality, or a wider area where the source does not say more.' })
  territory(@Root() { territoryId }: Startup) {
    return refer(territoryId);
  }

  @FieldResolver(() => Place, { nullable: true, description: 'The totem building or other place where it has its desks.' })
  hostPlace(@Root() { hostPlaceId }: Startup) {
    return refer(hostPlaceId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What it does, in a sentence of its own.' })
  pitch(
    @Root() { pitches }: Startup,
    @Arg('lang', () => Lang, { nullable: true, description: 'Language wanted; the original where it has no other.' }) lang: Lang | undefined,
    @Ctx() { langs }: Context,
  ): string | null {
    return wordingFor(pitches, lang, langs) || null;
  }

  @FieldResolver(() => [Activity], { description: 'Its activities in the classification of its country, the main one first.' })
  activities(@Root() { id }: Startup, @Ctx() context: Context): Promise<Activity[]> {
    return context.load(activitiesOf, id);
  }

  @FieldResolver(() => [Turnover], { description: 'Its turnovers as sources state them, the latest first.' })
  turnovers(
    @Root() { id }: Startup,
    @Arg('year', () => Int, { nullable: true, description: 'Of this year alone.' }) year: number | undefined,
    @Ctx() context: Context,
  ): Promise<Turnover[]> {
    return context.loadWith(turnoversOf, { year: year ?? null }, id);
  }

  @FieldResolver(() => [FundingRound], { description: 'Money that it got from outside, oldest first.' })
  fundingRounds(@Root() { id }: Startup, @Ctx() context: Context): Promise<FundingRound[]> {
    return context.load(fundingRoundsOf, id);
  }

  @FieldResolver(() => [StageChange], { description: 'The steps of its support, oldest first; the last is where it stands.' })
  stageHistory(@Root() { id }: Startup, @Ctx() context: Context): Promise<StageChange[]> {
    return context.load(stageChangesOf, id);
  }

  @FieldResolver(() => [DuplicateCandidate], { description: 'Pairs of it and another record that were not rejected, the surest first.' })
  duplicates(@Root() { id }: Startup, @Ctx() context: Context): Promise<DuplicateCandidate[]> {
    return context.load(duplicatesOf, id);
  }

  @FieldResolver(() => Startup, { nullable: true, description: 'The record that goes on in its place, for one that a steward found to be the same company.' })
  mergedInto(@Root() { mergedIntoId }: Startup, @Ctx() context: Context): Promise<Startup | null> | null {
    return mergedIntoId === null ? null : context.load(startupById, mergedIntoId);
  }

  @FieldResolver(() => [Provenance], { description: 'Where its record was taken from.' })
  provenance(@Root() { provenance }: Startup) {
    return provenance.map(provenanceOf);
  }
}
