import { Field, Float, ID, InputType } from 'type-graphql';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { Lang } from '../../../shared/graphql/text';
import { OccupationInput } from '../occupation/occupation.type';
import { SalaryPeriod } from '../salary/salary.type';
import { ContractKind, RemoteMode, WorkTime } from './offer.kinds';

@InputType({ description: 'Pay as the offer states it: one amount or two.' })
export class SalaryInput {
  @Field(() => Float, { nullable: true, description: 'Lower end, or the amount where only one is stated; in units of the currency, above 0.' }) min?: number | null;
  @Field(() => Float, { nullable: true, description: 'Upper end.' }) max?: number | null;
  @Field(() => String, { description: 'ISO 4217 code: EUR.' }) currency: string;
  @Field(() => SalaryPeriod, { description: 'What the amounts are paid for.' }) period: SalaryPeriod;
  @Field(() => Boolean, { description: 'Whether the amounts are before contributions and tax.' }) gross: boolean;
  @Field(() => Float, { nullable: true, description: 'Monthly payments a year, 1 to 24, such as 13 or 13.92.' }) monthsPerYear?: number | null;
  @Field(() => Float, { nullable: true, description: 'Hours of work a week, above 0, at most 168; part-time pay is comparable only with them.' }) weeklyHours?: number | null;
  @Field(() => String, { nullable: true, description: "The offer's own words, at most 200 characters." }) asStated?: string | null;
}

@InputType({ description: 'A language that a job asks for.' })
export class LanguageNeedInput {
  @Field(() => String, { description: 'ISO 639-1 code: fr, de, lb.' }) language: string;
  @Field(() => String, { nullable: true, description: 'Level of the Common European Framework, A1 to C2.' }) level?: string | null;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is a condition; otherwise it is welcome.' }) required: boolean;
}

@InputType({ description: 'A job offer as its employer or a source has it.' })
export class PublishJobOfferInput {
  @Field(() => ID, { description: 'The startup or the organisation that employs: one that the caller speaks for.' }) employer: string;
  @Field(() => String, { description: 'In its own language, 1 to 200 characters.' }) title: string;
  @Field(() => Lang, { description: 'Language in which the offer is written.' }) lang: Lang;
  @Field(() => String, { description: 'In its own language, without markup, 1 to 20 000 characters.' }) description: string;
  @Field(() => OccupationInput, { nullable: true, description: 'The occupation by which the offer is classed.' }) occupation?: OccupationInput | null;
  @Field(() => [String], { nullable: true, description: 'In the words of the offer, at most 50, of at most 100 characters each.' }) skills?: string[] | null;
  @Field(() => ContractKind, { description: 'The kind that the contracts of the three countries have in common.' }) contract: ContractKind;
  @Field(() => String, { description: "The contract in the country's own word, 1 to 100 characters: CDI, unbefristet, Minijob." }) contractAsStated: string;
  @Field(() => WorkTime, { description: 'Whether the whole of the usual week is worked.' }) workTime: WorkTime;
  @Field(() => RemoteMode, { description: 'Where the work is done.' }) remote: RemoteMode;
  @Field(() => SalaryInput, { nullable: true, description: 'Left out where none is stated.' }) salary?: SalaryInput | null;
  @Field(() => [LanguageNeedInput], { nullable: true, description: 'Languages that the work asks for, each once.' }) languages?: LanguageNeedInput[] | null;
  @Field(() => ID, { description: 'The territory of the place of work, as precise as the offer is.' }) territory: string;
  @Field(() => DateTimeScalar, { description: 'The instant from which it is no longer open: later than now, within a year.' }) validThrough: Date;
  @Field(() => String, { nullable: true, description: 'Where to apply: an address of http, https or mailto.' }) applyUrl?: string | null;
  @Field(() => ID, { description: 'The source from which it comes: the query `sources` lists them.' }) source: string;
  @Field(() => String, { description: "The record's own key at the source, 1 to 200 characters; each of an employer is taken over once." }) recordId: string;
  @Field(() => Boolean, { defaultValue: false, description: 'True: it begins as a DRAFT, which only its employer sees, and is published by `moveJobOffer`.' }) draft: boolean;
  @Field(() => String, { description: "The caller's own key for this write, 1 to 200 characters: sent twice, it is done once." }) idempotencyKey: string;
}
