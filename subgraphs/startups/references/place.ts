import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { startupColumns } from '../startup/startup.columns';
import { residentsOf } from '../startup/startup.loader';
import { Startup } from '../startup/startup.type';
import { Place } from './stubs';

@Resolver(() => Place)
export class PlaceResidentsResolver {
  @FieldResolver(() => [Startup], { nullable: true, description: 'Startups that have their desks there, by name.' })
  residents(@Root() { id }: Place, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<Startup[]> {
    return context.loadWith(residentsOf, startupColumns.askedIn(info), id);
  }
}
