import type { GraphQLResolveInfo } from 'graphql';
import { Args, ArgsType, Ctx, Field, FieldResolver, Float, Info, Query, Resolver, Root } from 'type-graphql';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import { startupColumns } from '../startup/startup.columns';
import { startupById } from '../startup/startup.loader';
import { Startup } from '../startup/startup.type';
import { duplicatesListing } from './duplicate.loader';
import { DuplicateCandidate, DuplicateCandidateConnection, DuplicateStatus } from './duplicate.type';

@ArgsType()
class DuplicatesArgs extends PageArgs {
  @Field(() => DuplicateStatus, { defaultValue: DuplicateStatus.OPEN, description: 'What became of the pairs.' }) status: DuplicateStatus;
  @Field(() => Float, { defaultValue: 0.8, description: 'Least score, 0 to 1.' }) minScore: number;
}

@Resolver(() => DuplicateCandidate)
export class DuplicateResolver {
  @Query(() => DuplicateCandidateConnection, { description: 'Pairs of records that may be the same company, the surest first.' })
  duplicateCandidates(@Args(() => DuplicatesArgs) { status, minScore, first, after }: DuplicatesArgs, @Ctx() context: Context) {
    if (!(minScore >= 0 && minScore <= 1)) throw badInput('minScore', minScore, '0 to 1');
    return connect(context, duplicatesListing, { status, minScore, first, after });
  }

  @FieldResolver(() => Startup, { description: 'The record that is older in the hub.' })
  startup(@Root() { startupId }: DuplicateCandidate, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(startupById, startupColumns.askedIn(info), startupId);
  }

  @FieldResolver(() => Startup, { description: 'The younger record.' })
  other(@Root() { otherId }: DuplicateCandidate, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(startupById, startupColumns.askedIn(info), otherId);
  }
}
