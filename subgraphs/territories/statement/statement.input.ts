import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { DateScalar } from '../../../shared/graphql/scalars';
import { Operator, StatementKind } from './statement.type';

@InputType({ description: 'What a source says of a territory.' })
export class RecordStatementInput {
  @Field(() => ID, { description: 'What is counted or measured: the query `indicators` lists them.' }) indicator: string;
  @Field(() => ID, { description: 'Of which territory: the one of the caller, or one inside it.' }) territory: string;
  @Field(() => StatementKind, { description: 'What it claims.' }) kind: StatementKind;
  @Field(() => Operator, { description: 'How the value is meant; a figure or a funding is EQUAL, APPROXIMATE or AT_LEAST.' }) operator: Operator;
  @Field(() => Float, { description: 'Read with `operator` and `unit`.' }) value: number;
  @Field(() => String, { description: 'Unit of the indicator; `%` is taken for INCREASE_BY_PERCENT too.' }) unit: string;
  @Field(() => Float, { nullable: true, description: "Target that the source itself spells out beside a change, such as 20 000 for 'twice as many'; above 0." }) statedTarget?: number | null;
  @Field(() => Int, { nullable: true, description: 'Years until it falls due, 1 to 100; not of a figure.' }) horizonYears?: number | null;
  @Field(() => String, { nullable: true, description: 'What the source counts within, where that is not the territory as a whole; at most 200 characters.' }) perimeter?: string | null;
  @Field(() => String, { description: 'The words of the source, 1 to 300 characters.' }) quote: string;
  @Field(() => ID, { description: 'Who says it: the query `sources` lists them.' }) source: string;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which it was said, not in the future; left out, the day on which the source was published counts.' }) statedOn?: string | null;
  @Field(() => ID, { nullable: true, description: 'The earlier statement, on the same indicator and territory, that it replaces.' }) supersedes?: string | null;
  @Field(() => String, { description: "The caller's own key for this write, 1 to 200 characters: sent twice, it is done once." }) idempotencyKey: string;
}
