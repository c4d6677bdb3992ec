import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { residentsOf } from '../startup/startup.loader';
import { Startup } from '../startup/startup.type';
import { Place } from './stubs';

@Resolver(() => Place)
export class PlaceResidentsResolver {
  @FieldResolver(() => [Startup], { nullable: true, description: 'Startups that have their desks there, by name.' })
  residents(@Root() { id }: Place, @Ctx() context: Context): Promise<Startup[]> {
    return context.load(residentsOf, id);
  }
}
