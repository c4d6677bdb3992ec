import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionType } from '../../../shared/graphql/connection';
import { Lang } from '../../../shared/graphql/text';
import { PersonInput } from '../../../shared/persons/persons';
import { Needs } from '../../../shared/rights/needs';
import { UserError } from '../../../shared/writing/userError';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A coach or juror whom a relay can call on, from any region of the network.', simpleResolvers: true })
export class Expert {
  @Field(() => ID, { description: 'UUID v7.' }) id: string;
  organisationId: string | null;
  territoryId: string;
  @Field(() => [Lang], { description: 'Languages in which the expert works.' }) langs: Lang[];
  @Field(() => [String], { description: 'What the expert knows about, in lower case.' }) topics: string[];
}

export const ExpertConnection = connectionType(Expert, null);

@InputType({ description: 'An expert of the network.' })
export class RecordExpertInput {
  @Field(() => ID, { nullable: true, description: 'For whom the expert works.' }) organisation?: string | null;
  @Field(() => ID, { description: 'Where the expert works.' }) territory: string;
  @Field(() => [Lang], { description: 'Languages in which the expert works; at least one.' }) langs: Lang[];
  @Field(() => [String], { description: 'What the expert knows about; at least one.' }) topics: string[];
  @Field(() => PersonInput, { nullable: true, description: 'Who it is.' }) person?: PersonInput | null;
  @Field(() => String, { description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string;
}

@ObjectType({ description: 'What became of a write of an expert.', simpleResolvers: true })
export class ExpertPayload {
  // Who may write one need not be one who may read it. A simple resolver would ask nobody.
  @Needs('applications:read')
  @Field(() => Expert, { nullable: true, simple: false, description: 'As recorded; null where it was refused.' }) expert: Expert | null;
  @Field(() => [UserError], { description: 'Refusals; empty when it was done.' }) userErrors: UserError[];
}
