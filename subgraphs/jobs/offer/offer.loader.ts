import sql from 'sql-template-tag';
import { many, one } from '../../../shared/graphql/context';
import { Columns, type Asked } from '../../../shared/graphql/lookAhead';
import { isOwn } from '../references/employer';
import type { Salary } from '../salary/salary.type';
import { JobOffer } from './offer.type';

/** Columns of an offer `o`. */
export const offerColumns = new Columns(JobOffer, {
  id: sql`o.id`,
  title: sql`o.title`,
  lang: sql`o.lang`,
  description: sql`o.description`,
  startupId: sql`o.startup_id`,
  organisationId: sql`o.organisation_id`,
  employerName: sql`o.employer_name`,
  occupationId: sql`o.occupation_id`,
  skills: sql`o.skills`,
  contract: sql`o.contract`,
  contractAsStated: sql`o.contract_as_stated`,
  workTime: sql`o.work_time`,
  remote: sql`o.remote`,
  salaryMin: sql`o.salary_min`,
  salaryMax: sql`o.salary_max`,
  salaryCurrency: sql`o.salary_currency`,
  salaryPeriod: sql`o.salary_period`,
  salaryGross: sql`o.salary_gross`,
  salaryMonths: sql`o.salary_months`,
  weeklyHours: sql`o.weekly_hours`,
  salaryAsStated: sql`o.salary_as_stated`,
  yearlyGrossMin: sql`o.yearly_gross_min`,
  yearlyGrossMax: sql`o.yearly_gross_max`,
  languages: sql`o.languages`,
  territoryId: sql`o.territory_id`,
  lat: sql`o.lat`,
  lon: sql`o.lon`,
  // Of a search with a point alone, which knows it.
  distanceKm: sql`null::float8`,
  storedState: sql`o.state`,
  publishedAt: sql`o.published_at`,
  validThrough: sql`o.valid_through`,
  applyUrl: sql`o.apply_url`,
  provenance: sql`o.provenance`,
  version: sql`o.version`,
}, {
  Salary: {
    period: ['salaryPeriod'],
    min: ['salaryMin'],
    max: ['salaryMax'],
    gross: ['salaryGross'],
    monthsPerYear: ['salaryMonths'],
    weeklyHours: ['weeklyHours'],
    yearlyGrossMin: ['yearlyGrossMin'],
    yearlyGrossMax: ['yearlyGrossMax'],
    asStated: ['salaryAsStated'],
  } satisfies Record<keyof Salary, (keyof JobOffer)[]>,
});

/** Offers whatever their state; one that was never published is its employer's alone. */
export const offerById = (columns: Asked<JobOffer>) =>
  one<JobOffer>(
    (ids, { db, caller }) =>
      db.rows(sql`select ${offerColumns.select(columns)} from job_offer o where o.id = any(${ids}::text[]) and (o.published_at is not null or ${isOwn(caller)})`),
    ({ id }) => id,
  );

const MOST_SAME = 20;

/**
 * Other records of the same job: same employer, same title but for case and accents, same territory, and open at the
 * same time. Newest first.
 */
export const sameAsOf = (columns: Asked<JobOffer>) =>
  many<JobOffer & { offer: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select offer.id as offer, same.*
        from job_offer offer
        cross join lateral (
          select ${offerColumns.select(columns)}, o.published_at as published from job_offer o
          where o.job_key = offer.job_key and o.id <> offer.id and o.published_at is not null
            and coalesce(o.startup_id, o.organisation_id, public.fold(o.employer_name)) = coalesce(offer.startup_id, offer.organisation_id, public.fold(offer.employer_name))
            and public.fold(o.title) = public.fold(offer.title)
            and o.territory_id = offer.territory_id
            and (o.published_at, o.valid_through) overlaps (offer.published_at, offer.valid_through)
          order by o.published_at desc, o.id desc limit ${MOST_SAME}
        ) same
        where offer.id = any(${ids}::text[])
        order by same.published desc, same.id desc`),
    ({ offer }) => offer,
  );
