import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import { Money } from '../../../shared/graphql/values';

export enum SalaryPeriod {
  HOUR = 'HOUR',
  MONTH = 'MONTH',
  YEAR = 'YEAR',
}
registerEnumType(SalaryPeriod, {
  name: 'SalaryPeriod',
  description: 'The time for which an amount is paid.',
  valuesConfig: { HOUR: { description: 'An hour of work.' }, MONTH: { description: 'A month.' }, YEAR: { description: 'A year, all payments included.' } },
});

@KeptAsParent
@ObjectType({ description: 'Pay as the offer states it, and what it comes to in a year where that can be computed.', simpleResolvers: true })
export class Salary {
  @Field(() => Money, { nullable: true, description: 'Lower end, or the amount where only one is stated.' }) min: Money | null;
  @Field(() => Money, { nullable: true, description: 'Upper end; null where only one amount is stated.' }) max: Money | null;
  @Field(() => SalaryPeriod, { description: 'What `min` and `max` are paid for.' }) period: SalaryPeriod;
  @Field(() => Boolean, { description: 'Whether the amounts are before contributions and tax.' }) gross: boolean;
  @Field(() => Float, { nullable: true, description: 'Monthly payments a year, such as 13 or 13.92; null where not stated.' }) monthsPerYear: number | null;
  @Field(() => Float, { nullable: true, description: 'Hours of work a week; null where not stated.' }) weeklyHours: number | null;
  @Field(() => Money, {
    nullable: true,
    description: 'Comparable across the border: `min` as gross euros a year, full time. Null for a net amount, another currency, or part time without stated hours.',
  })
  yearlyGrossMin: Money | null;
  @Field(() => Money, { nullable: true, description: '`max` in the same way.' }) yearlyGrossMax: Money | null;
  @Field(() => String, { nullable: true, description: "The offer's own words." }) asStated: string | null;
}
