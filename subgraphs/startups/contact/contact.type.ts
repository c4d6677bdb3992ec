import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateScalar } from '../../../shared/graphql/scalars';
import { LawfulBasis, PersonInput } from '../../../shared/persons/persons';
import { UserError } from '../../../shared/writing/userError';

@ObjectType({ description: 'A person to speak to at a startup, with why the data are kept and until when. Who reads it is noted.', simpleResolvers: true })
export class Contact {
  @Field(() => ID, { description: 'Stable and opaque.' }) id: string;
  @Field(() => String, { description: 'First and last name.' }) name: string;
  @Field(() => String, { description: 'What the person does there, or is to be asked about.' }) role: string;
  @Field(() => String, { nullable: true, description: 'Address for e-mail.' }) email: string | null;
  @Field(() => LawfulBasis, { description: 'Why the data may be kept.' }) basis: LawfulBasis;
  @Field(() => String, { description: 'What the data are kept for, in the words that the person was told.' }) purpose: string;
  @Field(() => DateScalar, { description: 'Day after which the hub erases them by itself.' }) eraseAfter: string;
}

@InputType({ description: 'A person to speak to at a startup.' })
export class RecordContactInput {
  @Field(() => ID, { description: 'Which startup.' }) startup: string;
  @Field(() => String, { description: 'What the person does there, or is to be asked about.' }) role: string;
  @Field(() => PersonInput, { description: 'The person.' }) person: PersonInput;
  @Field(() => String, { description: 'The caller’s own key for this write: sent again, it is done once. Remembered for 30 days.' }) idempotencyKey: string;
}

@ObjectType({ description: 'A contact after a write.', simpleResolvers: true })
export class ContactPayload {
  @Field(() => Contact, { nullable: true, description: 'The contact; null where it was refused, or is erased.' }) contact: Contact | null;
  @Field(() => [UserError], { description: 'Why nothing was written; empty where it was.' }) userErrors: UserError[];
}
