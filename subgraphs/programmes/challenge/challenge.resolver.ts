import sql from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { inside, requireAreas } from '../../../shared/areas/areas';
import { whereAll } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { Lang, wordingFor } from '../../../shared/graphql/text';
import { provenanceOf } from '../../../shared/graphql/values';
import { aboutOf } from '../../../shared/rights/caller';
import { Needs } from '../../../shared/rights/needs';
import type { Written } from '../../../shared/writing/write';
import { Organisation, Provenance, refer, Startup, Territory } from '../references/stubs';
import { answersTo, challengeById, columnsAt, stateAt } from './challenge.loader';
import { AnswerChallengeInput, Challenge, ChallengeAnswer, ChallengePayload, PublishChallengeInput } from './challenge.type';
import { ChallengeState } from './life';
import { answerChallenge, moveChallenge, publishChallenge } from './writes';

const payload = async ({ id, userErrors }: Written, context: Context): Promise<ChallengePayload> => ({
  challenge: id === null ? null : await context.load(challengeById, id),
  userErrors,
});

@Resolver(() => Challenge)
export class ChallengeResolver {
  @Query(() => [Challenge], { description: 'Needs of established companies, those that close next first.' })
  async challenges(
    @Arg('within', () => ID, { nullable: true, description: 'In this territory or in any area inside it.' }) within: string | undefined,
    @Arg('states', () => [ChallengeState], { nullable: true }) states: ChallengeState[] | undefined,
    @Ctx() context: Context,
  ): Promise<Challenge[]> {
    if (within != null) await requireAreas('within', [within], context);
    const where = [sql`c.opens_at <= ${context.now}`];
    if (within != null) where.push(inside(sql`c.territory_id`, sql`array[${within}::text]`));
    if (states) where.push(sql`${stateAt(context.now)} = any(${states}::text[])`);
    return context.db.rows(sql`select ${columnsAt(context.now)} from challenge c ${whereAll(where)} order by c.closes_at nulls last, c.id`);
  }

  @Needs('challenges:write')
  @Mutation(() => ChallengePayload, { description: 'Publishes a need of an organisation for which the caller acts; it is open at once.' })
  async publishChallenge(@Arg('input', () => PublishChallengeInput, { description: 'What is needed.' }) input: PublishChallengeInput, @Ctx() context: Context): Promise<ChallengePayload> {
    return payload(await publishChallenge(context, input), context);
  }

  @Needs('challenges:answer')
  @Mutation(() => ChallengePayload, { description: 'Answers a challenge for a startup, once.' })
  async answerChallenge(@Arg('input', () => AnswerChallengeInput, { description: 'What is offered.' }) input: AnswerChallengeInput, @Ctx() context: Context): Promise<ChallengePayload> {
    return payload(await answerChallenge(context, input), context);
  }

  @Needs('challenges:write')
  @Mutation(() => ChallengePayload, { description: 'Matches a challenge with a startup that answered it, or closes it; by its owner.' })
  async moveChallenge(
    @Arg('id', () => ID, { description: 'The challenge to move.' }) id: string,
    @Arg('to', () => ChallengeState, { description: 'The state that begins.' }) to: ChallengeState,
    @Arg('startup', () => ID, { nullable: true, description: 'Whose answer is accepted: with the step to MATCHED, and only there.' }) startup: string | undefined,
    @Arg('version', () => Int, { description: 'The version that the move was prepared on.' }) version: number,
    @Arg('idempotencyKey', () => String, { nullable: true, description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string | undefined,
    @Ctx() context: Context,
  ): Promise<ChallengePayload> {
    return payload(await moveChallenge(context, { id, to, startup, version, idempotencyKey }), context);
  }

  @FieldResolver(() => String)
  title(@Root() { titles }: Challenge, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(titles, lang, langs);
  }

  @FieldResolver(() => String)
  description(@Root() { descriptions }: Challenge, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(descriptions, lang, langs);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Whose need it is.' })
  owner(@Root() { ownerId }: Challenge): Organisation {
    return refer(ownerId);
  }

  @FieldResolver(() => Territory, { nullable: true })
  territory(@Root() { territoryId }: Challenge): Territory {
    return refer(territoryId);
  }

  @FieldResolver(() => Provenance, { description: 'Who published it.' })
  provenance(@Root() { provenance }: Challenge) {
    return provenanceOf(provenance);
  }

  @Needs('challenges:read')
  @FieldResolver(() => [ChallengeAnswer], { nullable: true, description: 'All for its owner; for a startup its own; null for others.' })
  answers(@Root() { id, ownerId }: Challenge, @Ctx() context: Context) {
    const { caller } = context;
    if (!aboutOf(caller, 'PARTNER').includes(ownerId) && aboutOf(caller, 'STARTUP').length === 0) return null;
    return context.load(answersTo, id);
  }
}

@Resolver(() => ChallengeAnswer)
export class ChallengeAnswerResolver {
  @FieldResolver(() => Startup, { nullable: true, description: 'Who offers it.' })
  startup(@Root() { startupId }: ChallengeAnswer): Startup {
    return refer(startupId);
  }
}
