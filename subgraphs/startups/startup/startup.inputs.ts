import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateScalar } from '../../../shared/graphql/scalars';
import { UserError } from '../../../shared/writing/userError';
import { ActivityInput } from '../activity/activity.type';
import { RegisterIdInput } from '../identity/registerScheme';
import { Startup, StartupStatus } from './startup.type';

@InputType({ description: 'A startup that the hub does not know yet, as a source has it.' })
export class RegisterStartupInput {
  @Field(() => String, { description: 'Its name, in its own language.' }) name: string;
  @Field(() => [RegisterIdInput], { description: 'Its numbers in registers; a record that has one of them already is the same company.' }) registerIds: RegisterIdInput[];
  @Field(() => ID, { nullable: true, description: 'Where it is seated; an officer of a territory must say so, and register inside it.' }) territory?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which it was founded; not in the future.' }) foundedOn?: string | null;
  @Field(() => String, { nullable: true, description: 'Its address on the web, with http:// or https://.' }) website?: string | null;
  @Field(() => [ActivityInput], { nullable: true, description: 'Its activities, the main one first.' }) activities?: ActivityInput[] | null;
  @Field(() => ID, { description: 'The source that it is taken from: the query `sources` lists them.' }) source: string;
  @Field(() => String, { description: 'Its own key at the source; the same one is registered once.' }) recordId: string;
  @Field(() => String, { description: 'The caller’s own key for this write: sent again, it is done once. Remembered for 30 days.' }) idempotencyKey: string;
}

@InputType({ description: 'What changes in a startup’s record: a field that is left out stays as it is.' })
export class UpdateStartupInput {
  @Field(() => ID, { description: 'Which startup.' }) id: string;
  @Field(() => Int, { description: 'The version that was read: a record that has changed since is not overwritten.' }) version: number;
  @Field(() => String, { nullable: true, description: 'Its new name; the former one stays among the aliases.' }) name?: string | null;
  @Field(() => ID, { nullable: true, description: 'Its new seat.' }) territory?: string | null;
  @Field(() => String, { nullable: true, description: 'Its address on the web, with http:// or https://; null takes it away.' }) website?: string | null;
  @Field(() => Int, { nullable: true, description: 'Persons who work there; null says that it is not known.' }) headcount?: number | null;
  @Field(() => StartupStatus, { nullable: true, description: 'Where it is in its life now; a step that its life does not have is refused.' }) status?: StartupStatus | null;
  @Field(() => String, { nullable: true, description: 'The caller’s own key for this write: sent again, it is done once. Remembered for 30 days.' }) idempotencyKey?: string | null;
}

@ObjectType({ description: 'A startup after a write, or as it stands where the write was refused.', simpleResolvers: true })
export class StartupPayload {
  @Field(() => Startup, { nullable: true, description: 'The record as it is now; null where there is none to show.' }) startup: Startup | null;
  @Field(() => [UserError], { description: 'Why nothing was written; empty where it was.' }) userErrors: UserError[];
}
