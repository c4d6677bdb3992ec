import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { connect } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { Bucket } from '../../../shared/graphql/values';
import { prepareSearch, StartupsOfArgs, territoryStartupsListing } from '../startup/startup.search';
import { StartupConnection } from '../startup/startup.type';
import { statsOf } from '../stats/stats.loader';
import { StartupDimension, StartupMetric } from '../stats/stats.type';
import { Territory } from './stubs';

@Resolver(() => Territory)
export class TerritoryStartupsResolver {
  @FieldResolver(() => StartupConnection, { nullable: true, description: 'Startups seated in it or in any area inside it, by name.' })
  async startups(@Root() { id }: Territory, @Args(() => StartupsOfArgs) args: StartupsOfArgs, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return connect(context, territoryStartupsListing, await prepareSearch(args, info, context), id);
  }

  @FieldResolver(() => [Bucket], { nullable: true, description: 'Startups seated in it or in any area inside it, counted by something.' })
  startupStats(
    @Root() { id }: Territory,
    @Arg('by', () => StartupDimension, { description: 'By what.' }) by: StartupDimension,
    @Arg('metric', () => StartupMetric, { defaultValue: StartupMetric.COUNT, description: 'What to add up beside the count.' }) metric: StartupMetric,
    @Ctx() context: Context,
  ) {
    return context.loadWith(statsOf, { by, metric }, id);
  }
}
