import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Float, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { Needs } from '../../../shared/rights/needs';
import type { Written } from '../../../shared/writing/write';
import { editionById, editionColumns, requireEdition } from '../edition/edition.loader';
import { Edition } from '../edition/edition.type';
import { Startup, refer } from '../references/stubs';
import { Relay, relayById, requireRelay } from '../relay/relay';
import { applicantOf, applicationById, applicationHistory, applicationsListing, applicationsOf, viewerOf } from './application.loader';
import { Application, ApplicationConnection, ApplicationEvent, ApplicationFilter, ApplicationPayload, Person, SubmitApplicationInput } from './application.type';
import { ApplicationState } from './life';
import { moveApplication } from './move';
import { submitApplication } from './submit';

@ArgsType()
class ApplicationsPage extends PageArgs {
  @Field(() => ApplicationFilter, { nullable: true, description: 'Which of them.' }) filter?: ApplicationFilter | null;
}

/** What a write of an application answers with. */
export const applicationAnswer = async ({ id, userErrors }: Written, context: Context): Promise<ApplicationPayload> => ({
  application: id === null ? null : await context.load(applicationById, id),
  userErrors,
});

@Resolver(() => Application)
export class ApplicationResolver {
  @Needs('applications:read')
  @Query(() => Application, { nullable: true, description: 'Null where there is none, or none that the caller may know of.' })
  application(@Arg('id', () => ID, { description: 'UUID v7 of the application.' }) id: string, @Ctx() context: Context) {
    return context.load(applicationById, id);
  }

  @Needs('applications:read')
  @Query(() => ApplicationConnection, { nullable: true, description: 'Those that the caller may know of, newest first: a startup its own, a relay those through it, a partner those to programmes that it runs.' })
  async applications(@Args(() => ApplicationsPage) { filter, first, after }: ApplicationsPage, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    if (filter?.edition != null) await requireEdition('filter.edition', filter.edition, context, info);
    if (filter?.relay != null) await requireRelay('filter.relay', [filter.relay], context);
    return connect(context, applicationsListing, { filter, first, after, viewer: viewerOf(context) });
  }

  @Needs('applications:submit')
  @Mutation(() => ApplicationPayload, { description: 'Hands in an application to an edition that is open: by the startup, or by the relay for it.' })
  async submitApplication(@Arg('input', () => SubmitApplicationInput, { description: 'What is handed in.' }) input: SubmitApplicationInput, @Ctx() context: Context): Promise<ApplicationPayload> {
    return applicationAnswer(await submitApplication(context, input), context);
  }

  @Needs('applications:manage', 'applications:submit', 'applications:jury')
  @Mutation(() => ApplicationPayload, { description: 'Takes an application to the next state of its life.' })
  async moveApplication(
    @Arg('id', () => ID, { description: 'The application to move.' }) id: string,
    @Arg('to', () => ApplicationState, { description: 'The state that begins.' }) to: ApplicationState,
    @Arg('reason', () => String, { nullable: true, description: 'Why; needed for a refusal and for giving up. Without names of persons: it is kept.' }) reason: string | undefined,
    @Arg('version', () => Int, { description: 'The version that the move was prepared on.' }) version: number,
    @Arg('score', () => Float, { nullable: true, description: 'The jury’s, 0 to 100: with the step to JURY_SCORED, and only there.' }) score: number | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true, description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string | undefined,
    @Ctx() context: Context,
  ): Promise<ApplicationPayload> {
    return applicationAnswer(await moveApplication(context, { id, to, reason, version, score, idempotencyKey }), context);
  }

  @FieldResolver(() => Edition, { description: 'To what it goes.' })
  edition(@Root() { editionId }: Application, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(editionById, editionColumns.askedIn(info), editionId);
  }

  @FieldResolver(() => Startup, { nullable: true, description: 'Who applies.' })
  startup(@Root() { startupId }: Application): Startup {
    return refer(startupId);
  }

  @FieldResolver(() => Relay, { description: 'Through whom.' })
  relay(@Root() { relayId }: Application, @Ctx() context: Context) {
    return context.load(relayById, relayId);
  }

  @FieldResolver(() => [ApplicationEvent], { description: 'The steps of its life, oldest first.' })
  history(@Root() { id }: Application, @Ctx() context: Context) {
    return context.load(applicationHistory, id);
  }

  @Needs('applications:jury')
  @FieldResolver(() => Float, { nullable: true, description: 'The jury’s, 0 to 100; null before, and for all but relay and partners of the programme.' })
  score(@Root() { juryScore }: Application): number | null {
    return juryScore;
  }

  @Needs('contacts:read')
  @FieldResolver(() => Person, { nullable: true, description: 'The person who applies, for the startup and its relay; null where none is kept. Each reading is noted in the audit.' })
  applicant(@Root() { id, showsApplicant }: Application, @Ctx() context: Context) {
    return showsApplicant ? context.load(applicantOf, id) : null;
  }
}

@Resolver(() => Startup)
export class StartupApplicationsResolver {
  @Needs('applications:read')
  @FieldResolver(() => [Application], { nullable: true, description: 'Those that the caller may know of, newest first; with those of records merged with it.' })
  applications(@Root() { id }: Startup, @Ctx() context: Context) {
    return context.load(applicationsOf, id);
  }
}
