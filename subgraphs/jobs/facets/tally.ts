import sql, { type Sql } from 'sql-template-tag';
import { tallyUp } from '../../../shared/database/tally';
import { Lang } from '../../../shared/graphql/text';
import { all, circleFor, isWithin, placeConditions, type Matching } from '../offer/offer.conditions';
import type { Wanted } from '../offer/offer.filter';
import { ContractKind } from '../offer/offer.kinds';

// How many offers there are, by what is counted most often, stands in a table that triggers keep: counts of a whole area
// cost the same however many its offers are, those of a circle as much as it has cells inside and spots at its edge, those of
// another place as much as it has spots.

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
 * @param ofKind conditions on the kind of a row `t`
 */
export function publishedIn(matching: Matching, ofKind: readonly Sql[] = []): Sql | null {
  const kept = sql`null as territory_id, t.country, t.contract, t.published as open`;
  const area = areaOf(matching);
  if (area) return sql`select ${kept} from offer_tally t where ${all([sql`t.area_id = ${area}`, ...ofKind])}`;
  const circle = circleAlone(matching);
  return circle && sql`
    select ${kept} from stretches(${circle.lat}, ${circle.lon}, ${circle.radiusKm}::float8) c
    join offer_tally t on ${all([sql`t.strip = c.strip`, ...ofKind, sql`t.lon >= c.west`, sql`t.lon < c.east`])} where (c.whole or ${isWithin(sql`t.position`, circle)})`;
}

/** What the tally calls the kinds of offers that are wanted; null for all. */
function kindsOf({ contracts, langs, salaryStated }: Wanted): string[] | null {
  if (!contracts && !langs && salaryStated === null) return null;
  const stated = salaryStated === null ? [true, false] : [salaryStated];
  return (contracts ?? Object.values(ContractKind)).flatMap((contract) => (langs ?? Object.values(Lang)).flatMap((lang) => stated.map((salaried) => `${contract} ${lang} ${salaried}`)));
}

/**
 * What matches, from the tally: rows `o` of so many `open` offers, and their place `s`.
 * @param bySpot whether it is asked at which spot they are
 * @returns what follows `from`, and whether it is read spot by spot; null where the tally does not know
 */
export function tallied(matching: Matching, bySpot: boolean): { from: Sql; spots: boolean } | null {
  const { scope, wanted } = matching;
  if (scope.of === 'OCCUPATION' || Object.entries(wanted).some(([condition, value]) => value && !TALLIED.includes(condition as keyof Wanted))) return null;
  const { now, countries } = wanted;
  const kinds = kindsOf(wanted);
  const ofKind = kinds ? [sql`t.kind = any(${kinds}::text[])`] : [];
  const inPlace = all([sql`true`, ...placeConditions(matching), ...ofKind]);
  const whole = bySpot ? null : publishedIn(matching, ofKind);
  const published = whole ?? sql`select s.territory_id, s.country, t.contract, t.published as open from spot s join offer_tally t on t.area_id = '#' || s.id where ${inPlace}`;
  // What is past its last day is published until the chore of expiry has been there: those are few, and taken away here.
  const from = sql`(
    with due as materialized (
      select o.spot_id, o.contract, kind_of(o.contract, o.lang, o.salary_period is not null) as kind from job_offer o where o.state = 'PUBLISHED' and o.valid_through <= ${now}::timestamptz
    )
    ${published}
    union all
    select s.territory_id, s.country, t.contract, -1 from due t join spot s on s.id = t.spot_id where ${inPlace}
  ) o cross join lateral (select o.country, o.territory_id) s where ${countries ? sql`o.country = any(${countries}::text[])` : sql`true`}`;
  return { from, spots: !whole };
}

export const tallyOffers = tallyUp('offers', 'offer_tally', ['area_id', 'country', 'contract', 'lang', 'salaried', 'position'], 'published');
