import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { KeptBriefly } from '../../../shared/graphql/cacheControl';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { UserError } from '../../../shared/writing/userError';
import { EditionState } from './life';

@KeptBriefly
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One round of a programme: a call with its dates, a cohort, a year of a competition.', simpleResolvers: true })
export class Edition {
  @Field(() => ID) id: string;
  programmeId: string;
  @Field(() => String, { description: 'Its number, year or identifier, as the programme calls it.' }) label: string;
  @Field(() => EditionState) state: EditionState;
  @Field(() => DateTimeScalar, { nullable: true }) opensAt: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'The instant from which it takes no more applications; null for a permanent one, or where unknown.' })
  closesAt: Date | null;
  @Field(() => String, { description: 'IANA time zone in which its days are meant.' }) timeZone: string;
  @Field(() => Int, { description: 'Goes up by one with each change: a move gives back the one that it was prepared on.' }) version: number;
  territoryIds: string[];
  provenance: ProvenanceRecord[];
}

@ObjectType({ description: 'A step in the life of an edition.', simpleResolvers: true })
export class EditionEvent {
  @Field(() => DateTimeScalar, { description: 'When it took place.' }) at: Date;
  @Field(() => EditionState, { nullable: true, description: 'The state that ended.' }) from: EditionState | null;
  @Field(() => EditionState, { description: 'The state that began.' }) to: EditionState;
  @Field(() => String, { description: 'The partner who made it, or the hub where it came by its date.' }) by: string;
  @Field(() => String, { nullable: true, description: 'Why, where it was said.' }) reason: string | null;
}

@ObjectType({ description: 'What became of a write of an edition.', simpleResolvers: true })
export class EditionPayload {
  @Field(() => Edition, { nullable: true, description: 'As it is now; null where there is none.' }) edition: Edition | null;
  @Field(() => [UserError], { description: 'Refusals; empty when it was done.' }) userErrors: UserError[];
}
