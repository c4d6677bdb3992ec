import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { Needs } from '../../../shared/rights/needs';
import { UserError } from '../../../shared/writing/userError';
import type { Written } from '../../../shared/writing/write';
import { PublishJobOfferInput } from './offer.input';
import { JobState } from './offer.kinds';
import { offerById, offerColumns } from './offer.loader';
import { moveOffer } from './offer.move';
import { publishOffer } from './offer.publish';
import { JobOffer } from './offer.type';

@ObjectType({ description: 'What a write of a job offer answers with.', simpleResolvers: true })
export class JobOfferPayload {
  @Field(() => JobOffer, { nullable: true, description: 'The offer as it is now; null where it was refused and there is none to show.' }) jobOffer: JobOffer | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty where it was done.' }) userErrors: UserError[];
}

const answer = async (context: Context, { id, userErrors }: Written): Promise<JobOfferPayload> => ({ jobOffer: id === null ? null : await context.loadWith(offerById, offerColumns.all, id), userErrors });

@Resolver()
export class JobOfferMutationResolver {
  @Needs('jobs:write')
  @Mutation(() => JobOfferPayload, { description: 'Takes over a job offer of an employer that the caller speaks for, and publishes it unless it is to be a draft.' })
  async publishJobOffer(@Arg('input', () => PublishJobOfferInput, { description: 'The offer.' }) input: PublishJobOfferInput, @Ctx() context: Context) {
    return answer(context, await publishOffer(context, input));
  }

  @Needs('jobs:write')
  @Mutation(() => JobOfferPayload, { description: 'Takes an offer of an employer that the caller speaks for to another state of its life.' })
  async moveJobOffer(
    @Arg('id', () => ID, { description: 'Of the offer.' }) id: string,
    @Arg('to', () => JobState, { description: 'The state that it is to take.' }) to: JobState,
    @Arg('version', () => Int, { description: 'Version of the offer that the caller has seen; another than the present one is refused.' }) version: number,
    @Arg('reason', () => String, { nullable: true, description: 'Why, for the history, at most 1000 characters; only the employer reads it.' }) reason: string | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true, description: "The caller's own key for this write, 1 to 200 characters: sent twice, it is done once." })
    idempotencyKey: string | undefined,
    @Ctx() context: Context,
  ) {
    return answer(context, await moveOffer(context, { id, to, version, reason, idempotencyKey }));
  }
}
