import { Directive, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { connectionType } from '../../../shared/graphql/connection';
import { DateScalar } from '../../../shared/graphql/scalars';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

export enum StatementKind {
  OBJECTIVE = 'OBJECTIVE',
  FIGURE = 'FIGURE',
  FUNDING = 'FUNDING',
}
registerEnumType(StatementKind, {
  name: 'StatementKind',
  description: 'What a statement claims.',
  valuesConfig: {
    OBJECTIVE: { description: 'Something to be reached.' },
    FIGURE: { description: 'Something that holds.' },
    FUNDING: { description: 'Money set aside.' },
  },
});

export enum Operator {
  EQUAL = 'EQUAL',
  APPROXIMATE = 'APPROXIMATE',
  AT_LEAST = 'AT_LEAST',
  MULTIPLY_BY = 'MULTIPLY_BY',
  INCREASE_BY_PERCENT = 'INCREASE_BY_PERCENT',
  INCREASE_BY = 'INCREASE_BY',
  REACH = 'REACH',
}
registerEnumType(Operator, {
  name: 'Operator',
  description: 'How the value of a statement is meant.',
  valuesConfig: {
    EQUAL: { description: 'Exactly the value.' },
    APPROXIMATE: { description: 'About the value: within a tenth of it.' },
    AT_LEAST: { description: 'The value or more.' },
    MULTIPLY_BY: { description: 'The value times as much as at the start.' },
    INCREASE_BY_PERCENT: { description: 'So many percent more than at the start.' },
    INCREASE_BY: { description: 'So many more than at the start.' },
    REACH: { description: 'The value at the end, whatever the start.' },
  },
});

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'What a source said of a territory: never overwritten, never merged; two that disagree contradict each other.',
  simpleResolvers: true,
})
export class Statement {
  @Field(() => ID) id: string;
  @Field(() => StatementKind) kind: StatementKind;
  indicatorId: string;
  territoryId: string;
  @Field(() => Operator) operator: Operator;
  @Field(() => Float, { description: 'Read with `operator` and `unit`.' }) value: number;
  @Field(() => String, { description: 'Unit of what is counted; a factor or percentage has the unit of its indicator too.' }) unit: string;
  @Field(() => Float, { nullable: true, description: "Target that the source itself spells out, such as 20 000 for 'twice as many'." })
  statedTarget: number | null;
  @Field(() => Int, { nullable: true }) horizonYears: number | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'Day by which the objective falls due: the day it was stated plus its horizon; null where either is unknown.',
  })
  dueOn: string | null;
  @Field(() => String, { nullable: true, description: 'Who said it, by public office or function.' }) statedBy: string | null;
  @Field(() => String, { nullable: true, description: 'Under which condition, in the words of the source.' }) condition: string | null;
  @Field(() => String, { nullable: true, description: 'What the source counts within, where that is not the territory as a whole.' })
  perimeter: string | null;
  year: number;
  subject: string;
  supersedesId: string | null;
  provenance: ProvenanceRecord;
}

export const StatementConnection = connectionType(Statement, KeptAnHour);

@InputType({ description: 'Conditions that all must hold; one left out does not restrict.' })
export class StatementFilter {
  @Field(() => [ID], { nullable: true, description: 'Any of these indicators, such as `digital-jobs`.' }) indicators?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Said of any of these territories themselves.' }) territories?: string[] | null;
  @Field(() => [StatementKind], { nullable: true }) kinds?: StatementKind[] | null;
  @Field(() => [ID], { nullable: true, description: 'Said by any of these sources.' }) sources?: string[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'Said on that day or before; of an unknown day, the end of its year counts.' }) asOf?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those that another contradicts.' }) contradictedOnly?: boolean | null;
}
