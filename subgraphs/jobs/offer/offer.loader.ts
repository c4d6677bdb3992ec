import sql, { type Sql } from 'sql-template-tag';
import { many, one } from '../../../shared/graphql/context';
import { isOwn } from '../references/employer';
import type { JobOffer } from './offer.type';

/** Columns of an offer `o`. */
export const offerColumns: Sql = sql`
  o.id, o.title, o.lang, o.description, o.startup_id as "startupId", o.organisation_id as "organisationId", o.employer_name as "employerName",
  o.occupation_id as "occupationId", o.skills, o.contract, o.contract_as_stated as "contractAsStated", o.work_time as "workTime", o.remote,
  o.salary_min as "salaryMin", o.salary_max as "salaryMax", o.salary_currency as "salaryCurrency", o.salary_period as "salaryPeriod",
  o.salary_gross as "salaryGross", o.salary_months as "salaryMonths", o.weekly_hours as "weeklyHours", o.salary_as_stated as "salaryAsStated",
  o.yearly_gross_min as "yearlyGrossMin", o.yearly_gross_max as "yearlyGrossMax", o.languages, o.territory_id as "territoryId", o.lat, o.lon,
  o.state as "storedState", o.published_at as "publishedAt", o.valid_through as "validThrough", o.apply_url as "applyUrl", o.provenance, o.version`;

/** Offers whatever their state; one that was never published is its employer's alone. */
export const offerById = one<JobOffer>(
  (ids, { db, caller }) =>
    db.rows(sql`select ${offerColumns} from job_offer o where o.id = any(${ids}::text[]) and (o.published_at is not null or ${isOwn(caller)})`),
  ({ id }) => id,
);

const MOST_SAME = 20;

/**
 * Other records of the same job: same employer, same title but for case and accents, same territory, and open at the
 * same time. Newest first.
 */
export const sameAsOf = many<JobOffer & { offer: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select offer.id as offer, same.*
      from job_offer offer
      cross join lateral (
        select ${offerColumns} from job_offer o
        where o.job_key = offer.job_key and o.id <> offer.id and o.published_at is not null
          and coalesce(o.startup_id, o.organisation_id, public.fold(o.employer_name)) = coalesce(offer.startup_id, offer.organisation_id, public.fold(offer.employer_name))
          and public.fold(o.title) = public.fold(offer.title)
          and o.territory_id = offer.territory_id
          and (o.published_at, o.valid_through) overlaps (offer.published_at, offer.valid_through)
        order by o.published_at desc, o.id desc limit ${MOST_SAME}
      ) same
      where offer.id = any(${ids}::text[])
      order by same."publishedAt" desc, same.id desc`),
  ({ offer }) => offer,
);
