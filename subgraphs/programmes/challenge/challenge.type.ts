import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { KeptBriefly } from '../../../shared/graphql/cacheControl';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { Lang, type Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { UserError } from '../../../shared/writing/userError';
import { ChallengeState } from './life';

@KeptBriefly
@Directive('@key(fields: "id")')
@ObjectType({ description: "An established company's digital-transition need that a startup of the same territory could meet.", simpleResolvers: true })
export class Challenge {
  @Field(() => ID) id: string;
  titles: Text;
  descriptions: Text;
  ownerId: string;
  territoryId: string;
  @Field(() => [String]) topics: string[];
  @Field(() => ChallengeState) state: ChallengeState;
  @Field(() => DateTimeScalar) opensAt: Date;
  @Field(() => DateTimeScalar, { nullable: true }) closesAt: Date | null;
  @Field(() => Int, { description: 'Goes up by one with each step: a move gives back the one that it was prepared on.' }) version: number;
  provenance: ProvenanceRecord;
}

@ObjectType({ description: 'What a startup offers to meet a challenge.', simpleResolvers: true })
export class ChallengeAnswer {
  startupId: string;
  @Field(() => String, { description: 'In the startup’s words.' }) message: string;
  @Field(() => DateTimeScalar, { description: 'When it was given.' }) at: Date;
  @Field(() => Boolean, { nullable: true, description: 'Whether the owner chose it; null until one is chosen.' }) accepted: boolean | null;
}

@InputType({ description: 'A need to publish.' })
export class PublishChallengeInput {
  @Field(() => String, { description: 'In a few words, 200 characters at most.' }) title: string;
  @Field(() => String, { description: 'What is needed.' }) description: string;
  @Field(() => Lang, { description: 'The language of both.' }) lang: Lang;
  @Field(() => ID, { description: 'The organisation whose need it is, for which the caller acts.' }) owner: string;
  @Field(() => ID, { description: 'Where it is to be met.' }) territory: string;
  @Field(() => [String], { description: 'What it is about.' }) topics: string[];
  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when it takes answers; without end if left out.' }) closesAt?: Date | null;
  @Field(() => String, { description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string;
}

@InputType({ description: 'An answer to a challenge that is open.' })
export class AnswerChallengeInput {
  @Field(() => ID, { description: 'The challenge, open now.' }) challenge: string;
  @Field(() => ID, { description: 'The startup, for which the caller acts.' }) startup: string;
  @Field(() => String, { description: 'What it offers, 5000 characters at most.' }) message: string;
  @Field(() => String, { description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string;
}

@ObjectType({ description: 'What became of a write of a challenge.', simpleResolvers: true })
export class ChallengePayload {
  @Field(() => Challenge, { nullable: true, description: 'As it is now; null where there is none.' }) challenge: Challenge | null;
  @Field(() => [UserError], { description: 'Refusals; empty when it was done.' }) userErrors: UserError[];
}
