import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../../../shared/graphql/connection';
import { DateScalar, DateTimeScalar } from '../../../shared/graphql/scalars';
import { LawfulBasis, PersonInput } from '../../../shared/persons/persons';
import { Needs } from '../../../shared/rights/needs';
import { UserError } from '../../../shared/writing/userError';
import { ApplicationState } from './life';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What a startup hands in to an edition of a programme, through a relay. Seen by these two and by who runs the programme.', simpleResolvers: true })
export class Application {
  @Field(() => ID, { description: 'UUID v7.' }) id: string;
  editionId: string;
  startupId: string;
  relayId: string;
  @Field(() => ApplicationState, { description: 'How far it has come.' }) state: ApplicationState;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was first handed in; null for a draft.' }) submittedAt: Date | null;
  @Field(() => Int, { description: 'Goes up by one with each change: a move gives back the one that it was prepared on.' }) version: number;
  /** Null where the caller is not one who may know it. */
  juryScore: number | null;
  /** Whether the caller may see who applies. */
  showsApplicant: boolean;
}

@ObjectType({ description: 'A step in the life of an application.', simpleResolvers: true })
export class ApplicationEvent {
  @Field(() => DateTimeScalar, { description: 'When it took place.' }) at: Date;
  @Field(() => ApplicationState, { nullable: true, description: 'Null for the first.' }) from: ApplicationState | null;
  @Field(() => ApplicationState, { description: 'The state that began.' }) to: ApplicationState;
  @Field(() => String, { description: 'The partner who made it, or the hub.' }) by: string;
  @Field(() => String, { nullable: true, description: 'Why, where it was said.' }) reason: string | null;
}

@ObjectType({ description: 'A person, with why the data may be kept and until when.', simpleResolvers: true })
export class Person {
  @Field(() => String, { description: 'First and last name.' }) name: string;
  @Field(() => String, { nullable: true, description: 'Address for e-mail.' }) email: string | null;
  @Field(() => LawfulBasis, { description: 'Why the data may be kept.' }) basis: LawfulBasis;
  @Field(() => String, { description: 'What the data are kept for, in the words that the person was told.' }) purpose: string;
  @Field(() => DateScalar, { description: 'Day after which the hub erases them by itself.' }) eraseAfter: string;
}

export const ApplicationConnection = connectionType(Application, null);

@InputType({ description: 'Conditions that all must hold; one left out does not restrict.' })
export class ApplicationFilter {
  @Field(() => ID, { nullable: true, description: 'To this edition.' }) edition?: string | null;
  @Field(() => ID, { nullable: true, description: 'Through this relay.' }) relay?: string | null;
  @Field(() => [ApplicationState], { nullable: true, description: 'In one of these states.' }) states?: ApplicationState[] | null;
}

@InputType({ description: 'An application to an edition that is open.' })
export class SubmitApplicationInput {
  @Field(() => ID, { description: 'The edition, open now.' }) edition: string;
  @Field(() => ID, { description: 'The startup that applies.' }) startup: string;
  @Field(() => ID, { description: 'A relay of the programme, of today.' }) relay: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Begins as a draft, to be handed in by `moveApplication` while the edition is open.' }) draft: boolean;
  @Field(() => PersonInput, { nullable: true, description: 'The person who applies.' }) applicant?: PersonInput | null;
  @Field(() => String, { description: 'The caller’s own key for this write: sent again with the same input, it is done once.' }) idempotencyKey: string;
}

@ObjectType({ description: 'What became of a write of an application.', simpleResolvers: true })
export class ApplicationPayload {
  // Who may write one need not be one who may read it. A simple resolver would ask nobody.
  @Needs('applications:read')
  @Field(() => Application, { nullable: true, simple: false, description: 'As it is now; null where there is none, or none for this caller.' }) application: Application | null;
  @Field(() => [UserError], { description: 'Refusals; empty when it was done.' }) userErrors: UserError[];
}
