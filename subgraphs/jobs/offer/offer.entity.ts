import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Lang } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { SalaryPeriod } from '../salary/salary.type';
import { ContractKind, JobState, RemoteMode, WorkTime } from './offer.kinds';
import type { LanguageNeed } from './offer.type';

/** The facts of an offer; what follows from them (words, spot, ISCO-08 group, comparable pay) the database completes. */
@Entity('job_offer')
export class JobOfferEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') title: string;
  @Column('text') lang: Lang;
  @Column('text') description: string;
  @Column('text', { name: 'startup_id', nullable: true }) startupId: string | null;
  @Column('text', { name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column('text', { name: 'employer_name' }) employerName: string;
  @Column('text', { name: 'occupation_id', nullable: true }) occupationId: string | null;
  @Column('text', { array: true }) skills: string[];
  @Column('text') contract: ContractKind;
  @Column('text', { name: 'contract_as_stated' }) contractAsStated: string;
  @Column('text', { name: 'work_time' }) workTime: WorkTime;
  @Column('text') remote: RemoteMode;
  @Column('float8', { name: 'salary_min', nullable: true }) salaryMin: number | null;
  @Column('float8', { name: 'salary_max', nullable: true }) salaryMax: number | null;
  /** ISO 4217. */
  @Column('text', { name: 'salary_currency', nullable: true }) salaryCurrency: string | null;
  /** Null where no salary is stated. */
  @Column('text', { name: 'salary_period', nullable: true }) salaryPeriod: SalaryPeriod | null;
  @Column('boolean', { name: 'salary_gross', nullable: true }) salaryGross: boolean | null;
  @Column('float8', { name: 'salary_months', nullable: true }) salaryMonths: number | null;
  @Column('float8', { name: 'weekly_hours', nullable: true }) weeklyHours: number | null;
  @Column('text', { name: 'salary_as_stated', nullable: true }) salaryAsStated: string | null;
  /** By `yearlyGross`, from what is stated. */
  @Column('float8', { name: 'yearly_gross_min', nullable: true }) yearlyGrossMin: number | null;
  @Column('float8', { name: 'yearly_gross_max', nullable: true }) yearlyGrossMax: number | null;
  @Column('jsonb') languages: LanguageNeed[];
  @Column('text', { name: 'territory_id' }) territoryId: string;
  /** Its own position, where it has a better one than the centroid of its territory. */
  @Column('float8', { nullable: true }) lat: number | null;
  @Column('float8', { nullable: true }) lon: number | null;
  @Column('text') state: JobState;
  /** Null for a draft. */
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  @Column('timestamptz', { name: 'valid_through' }) validThrough: Date;
  @Column('text', { name: 'apply_url', nullable: true }) applyUrl: string | null;
  @Column('jsonb') provenance: ProvenanceRecord;
  @Column('int') version: number;
}

/** Where there are offers: made and kept by the database. */
@Entity('spot')
export class SpotEntity {
  @PrimaryColumn('int') id: number;
  @Column('text', { name: 'territory_id' }) territoryId: string;
}

/** Words of titles and skills: learnt by the database. */
@Entity('search_word')
export class SearchWordEntity {
  @PrimaryColumn('text') word: string;
}
