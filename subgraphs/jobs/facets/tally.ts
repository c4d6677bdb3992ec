import sql, { empty, type Sql } from 'sql-template-tag';
import { tallyUp } from '../../../shared/database/tally';
import { Lang } from '../../../shared/graphql/text';
import { all, circleFor, isWithin, placeConditions, type Matching } from '../offer/offer.conditions';
import type { Wanted } from '../offer/offer.filter';
import { ContractKind } from '../offer/offer.kinds';

// How many offers there are, by what is counted most often, stands in a table that triggers keep: counts of a whole area
// cost the same however many its offers are, those of a circle or another place as much as it has spots.

/** Conditions on offers that the tally can tell apart, beside those on their place. */
const TALLIED: (keyof Wanted)[] = ['now', 'langs', 'contracts', 'salaryStated', 'countries', 'within', 'near'];

/** The area whose offers match, '' for the whole hub; null where what matches is no whole area. */
function areaOf({ scope, wanted: { within, near } }: Matching): Sql | null {
  if (near) return null;
  if (scope.of === 'TERRITORY') return scope.radiusKm === null && !within ? sql`parent.key` : null;
  if (!within) return sql`''`;
  return within.length === 1 ? sql`${within[0]}::text` : null;
}

/** The circle whose offers match; null where what matches is no circle, or only part of one. */
function circleAlone(matching: Matching): ReturnType<typeof circleFor> {
  const { scope, wanted } = matching;
  return wanted.within || (wanted.near && scope.of === 'TERRITORY') ? null : circleFor(matching);
}

/**
 * Rows `open` of a whole area or circle, with what the tally counts them by; null for any other place.
 * @param kinds where few are asked for: of a circle only these are read
 */
export function publishedIn(matching: Matching, kinds: readonly string[] | null = null): Sql | null {
  const kept = sql`null as territory_id, t.country, t.contract, t.lang, t.salaried, t.published as open`;
  const area = areaOf(matching);
  if (area) return sql`select ${kept} from offer_tally t where t.area_id = ${area}`;
  const circle = circleAlone(matching);
  return circle && sql`
    select ${kept} from strips(${circle.lat}, ${circle.lon}, ${circle.radiusKm}::float8) c
    join offer_tally t on t.strip = c.strip ${kinds ? sql`and t.kind = any(${kinds}::text[])` : empty} and t.lon between c.west and c.east where ${isWithin(sql`t.position`, circle)}`;
}

/** More ranges of an index than these cost as much as to read between them. */
const FEW = 8;

/** What the tally calls the kinds of offers that are wanted; null where those are many. */
function fewKinds({ contracts, langs, salaryStated }: Wanted): string[] | null {
  const stated = salaryStated === null ? [true, false] : [salaryStated];
  const kinds = (contracts ?? Object.values(ContractKind)).flatMap((contract) => (langs ?? Object.values(Lang)).flatMap((lang) => stated.map((salaried) => `${contract} ${lang} ${salaried}`)));
  return kinds.length <= FEW ? kinds : null;
}

/**
 * What matches, from the tally: rows `o` of so many `open` offers, and their place `s`.
 * @param bySpot whether it is asked at which spot they are
 * @returns what follows `from`; null where the tally does not know
 */
export function tallied(matching: Matching, bySpot: boolean): Sql | null {
  const { scope, wanted } = matching;
  if (scope.of === 'OCCUPATION' || Object.entries(wanted).some(([condition, value]) => value && !TALLIED.includes(condition as keyof Wanted))) return null;
  const { now, langs, contracts, salaryStated, countries } = wanted;
  const conditions = [sql`true`];
  if (langs) conditions.push(sql`o.lang = any(${langs}::text[])`);
  if (contracts) conditions.push(sql`o.contract = any(${contracts}::text[])`);
  if (salaryStated !== null) conditions.push(sql`o.salaried = ${salaryStated}`);
  if (countries) conditions.push(sql`o.country = any(${countries}::text[])`);
  const place = all([sql`true`, ...placeConditions(matching)]);
  const published =
    (bySpot ? null : publishedIn(matching, fewKinds(wanted))) ??
    sql`select s.territory_id, s.country, t.contract, t.lang, t.salaried, t.published as open from spot s join offer_tally t on t.area_id = '#' || s.id where ${place}`;
  // What is past its last day is published until the chore of expiry has been there: those are few, and taken away here.
  return sql`(
    with due as materialized (
      select o.spot_id, o.contract, o.lang, o.salary_period is not null as salaried from job_offer o where o.state = 'PUBLISHED' and o.valid_through <= ${now}
    )
    ${published}
    union all
    select s.territory_id, s.country, due.contract, due.lang, due.salaried, -1 from due join spot s on s.id = due.spot_id where ${place}
  ) o cross join lateral (select o.country, o.territory_id) s where ${all(conditions)}`;
}

export const tallyOffers = tallyUp('offers', 'offer_tally', ['area_id', 'country', 'contract', 'lang', 'salaried', 'position'], 'published');
