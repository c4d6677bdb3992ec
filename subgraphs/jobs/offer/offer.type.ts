import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { KeptAsParent, KeptBriefly } from '../../../shared/graphql/cacheControl';
import { connectionType } from '../../../shared/graphql/connection';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { Lang } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { SalaryPeriod } from '../salary/salary.type';
import { ContractKind, JobState, RemoteMode, WorkTime } from './offer.kinds';

@KeptAsParent
@ObjectType({ description: 'A language that a job asks for.', simpleResolvers: true })
export class LanguageNeed {
  @Field(() => String, { description: 'ISO 639-1 code: fr, de, lb.' }) language: string;
  @Field(() => String, { nullable: true, description: 'Level of the Common European Framework, A1 to C2; null where not stated.' }) level: string | null;
  @Field(() => Boolean, { description: 'Whether it is a condition; otherwise it is welcome.' }) required: boolean;
}

@KeptBriefly
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A job that somebody offers.', simpleResolvers: true })
export class JobOffer {
  @Field(() => ID, { description: 'UUID.' }) id: string;
  @Field(() => String, { description: 'In its own language.' }) title: string;
  @Field(() => Lang, { description: 'Language in which the offer is written.' }) lang: Lang;
  @Field(() => String, { description: 'In its own language, without markup.' }) description: string;
  startupId: string | null;
  organisationId: string | null;
  @Field(() => String, { description: 'Who employs, as the offer says.' }) employerName: string;
  occupationId: string | null;
  @Field(() => [String], { description: 'In the words of the offer.' }) skills: string[];
  @Field(() => ContractKind) contract: ContractKind;
  @Field(() => String, { description: "The contract in the country's own word: CDI, unbefristet, Minijob." }) contractAsStated: string;
  @Field(() => WorkTime) workTime: WorkTime;
  @Field(() => RemoteMode) remote: RemoteMode;
  salaryMin: number | null;
  salaryMax: number | null;
  salaryCurrency: string | null;
  salaryPeriod: SalaryPeriod | null;
  salaryGross: boolean | null;
  salaryMonths: number | null;
  weeklyHours: number | null;
  salaryAsStated: string | null;
  yearlyGrossMin: number | null;
  yearlyGrossMax: number | null;
  @Field(() => [LanguageNeed], { description: 'Languages that the work asks for.' }) languages: LanguageNeed[];
  territoryId: string;
  lat: number | null;
  lon: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Kilometres as the crow flies from the point of the search that returned it, to 0.1 km; from the centroid of its territory where it has no position. Null without such a point.',
  })
  distanceKm: number | null;
  /** As stored: see the field `state`. */
  storedState: JobState;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was first published.' }) publishedAt: Date | null;
  @Field(() => DateTimeScalar, { description: 'The instant from which it is no longer open.' }) validThrough: Date;
  @Field(() => String, { nullable: true, description: 'Where to apply.' }) applyUrl: string | null;
  provenance: ProvenanceRecord;
  @Field(() => Int, { description: 'Counts its changes.' }) version: number;
}

export const JobOfferConnection = connectionType(JobOffer, KeptBriefly);
