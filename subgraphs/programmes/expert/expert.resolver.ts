import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireAreas } from '../../../shared/areas/areas';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { Lang } from '../../../shared/graphql/text';
import { Needs } from '../../../shared/rights/needs';
import { applicationAnswer } from '../application/application.resolver';
import { Application, ApplicationPayload, Person } from '../application/application.type';
import { Organisation, refer, Territory } from '../references/stubs';
import { expertById, expertsListing, expertsOf, personOf } from './expert.loader';
import { Expert, ExpertConnection, ExpertPayload, RecordExpertInput } from './expert.type';
import { callExperts, recordExpert } from './writes';

@ArgsType()
class ExpertsPage extends PageArgs {
  @Field(() => [String], { nullable: true, description: 'Who know about one of these.' }) topics?: string[] | null;
  @Field(() => [Lang], { nullable: true, description: 'Who work in one of these languages.' }) langs?: Lang[] | null;
  @Field(() => ID, { nullable: true, description: 'Who work in this territory or in any area inside it.' }) within?: string | null;
}

@Resolver(() => Expert)
export class ExpertResolver {
  @Needs('applications:read')
  @Query(() => ExpertConnection, { nullable: true, description: 'Experts of the whole network, in the order in which they were recorded.' })
  async experts(@Args(() => ExpertsPage) { topics, langs, within, first, after }: ExpertsPage, @Ctx() context: Context) {
    if (within != null) await requireAreas('within', [within], context);
    return connect(context, expertsListing, { topics, langs, within, first, after });
  }

  @Needs('applications:manage')
  @Mutation(() => ExpertPayload, { description: 'Records an expert: by a relay, or by a partner that runs a programme.' })
  async recordExpert(@Arg('input', () => RecordExpertInput, { description: 'Who is recorded.' }) input: RecordExpertInput, @Ctx() context: Context): Promise<ExpertPayload> {
    const { id, userErrors } = await recordExpert(context, input);
    return { expert: id === null ? null : await context.load(expertById, id), userErrors };
  }

  @Needs('applications:manage')
  @Mutation(() => ApplicationPayload, { description: 'Calls experts to an application: by its relay, or by who runs the programme.' })
  async callExperts(
    @Arg('application', () => ID, { description: 'The application to which they are called.' }) application: string,
    @Arg('experts', () => [ID], { description: 'Those to add.' }) experts: string[],
    @Arg('version', () => Int, { description: 'The version of the application that the call was prepared on.' }) version: number,
    @Arg('idempotencyKey', () => String, { nullable: true, description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string | undefined,
    @Ctx() context: Context,
  ): Promise<ApplicationPayload> {
    return applicationAnswer(await callExperts(context, { application, experts, version, idempotencyKey }), context);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'For whom the expert works.' })
  organisation(@Root() { organisationId }: Expert): Organisation | null {
    return refer(organisationId);
  }

  @FieldResolver(() => Territory, { nullable: true, description: 'Where the expert works.' })
  territory(@Root() { territoryId }: Expert): Territory {
    return refer(territoryId);
  }

  @Needs('contacts:read')
  @FieldResolver(() => Person, { nullable: true, description: 'Who it is, for relays and for a startup whose application the expert was called to. Each reading is noted in the audit.' })
  person(@Root() { id }: Expert, @Ctx() context: Context) {
    return context.load(personOf, id);
  }
}

@Resolver(() => Application)
export class ApplicationExpertsResolver {
  @FieldResolver(() => [Expert], { description: 'Experts called to it, in the order of their call.' })
  experts(@Root() { id }: Application, @Ctx() context: Context) {
    return context.load(expertsOf, id);
  }
}
