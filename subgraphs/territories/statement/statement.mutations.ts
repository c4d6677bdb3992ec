import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { Needs } from '../../../shared/rights/needs';
import { UserError } from '../../../shared/writing/userError';
import { RecordStatementInput } from './statement.input';
import { statementById } from './statement.loader';
import { recordStatement } from './statement.record';
import { Statement } from './statement.type';

@ObjectType({ description: 'What the recording of a statement answers with.', simpleResolvers: true })
export class RecordStatementPayload {
  @Field(() => Statement, { nullable: true, description: 'The statement, with what contradicts it; null where it was refused.' }) statement: Statement | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty where it was recorded.' }) userErrors: UserError[];
}

@Resolver()
export class StatementMutationResolver {
  @Needs('territories:write')
  @Mutation(() => RecordStatementPayload, {
    description: "Records what a source says of the caller's territory or one inside it. Nothing is overwritten: what disagrees with it contradicts it.",
  })
  async recordStatement(@Arg('input', () => RecordStatementInput, { description: 'The statement.' }) input: RecordStatementInput, @Ctx() context: Context): Promise<RecordStatementPayload> {
    const { id, userErrors } = await recordStatement(context, input);
    return { statement: id === null ? null : await context.load(statementById, id), userErrors };
  }
}
