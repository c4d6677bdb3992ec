import sql, { join, type Sql } from 'sql-template-tag';
import type { Chore } from '../../../shared/subgraph';
import type { Matching } from '../offer/offer.conditions';
import type { Wanted } from '../offer/offer.filter';

// Counts of whole areas by what is counted most often stand in a table that triggers keep: what they cost does not grow
// with the offers.

/** Conditions that the tally can tell apart. */
const TALLIED: (keyof Wanted)[] = ['now', 'langs', 'contracts', 'salaryStated', 'countries', 'within'];

/** The area whose offers match, '' for the whole hub; null where what matches is no whole area. */
function areaOf({ scope, wanted }: Matching): Sql | null {
  if (scope.of === 'OCCUPATION' || (scope.of === 'TERRITORY' && scope.radiusKm !== null)) return null;
  if (Object.entries(wanted).some(([condition, value]) => value && !TALLIED.includes(condition as keyof Wanted))) return null;
  const { within } = wanted;
  if (within === null) return scope.of === 'TERRITORY' ? sql`parent.key` : sql`''`;
  return scope.of === 'HUB' && within.length === 1 ? sql`${within[0]}::text` : null;
}

/**
 * What matches, from the tally: rows `o` of so many `open` offers, their place `s`.
 * @returns what follows `from`; null where the tally does not know
 */
export function tallied(matching: Matching): Sql | null {
  const area = areaOf(matching);
  if (area === null) return null;
  const { now, langs, contracts, salaryStated, countries } = matching.wanted;
  const conditions = [sql`true`];
  if (langs) conditions.push(sql`o.lang = any(${langs}::text[])`);
  if (contracts) conditions.push(sql`o.contract = any(${contracts}::text[])`);
  if (salaryStated !== null) conditions.push(sql`o.salaried = ${salaryStated}`);
  if (countries) conditions.push(sql`o.country = any(${countries}::text[])`);
  // What is past its last day is published until the chore of expiry has been there: those are few, and taken away here.
  return sql`(
    with due as materialized (
      select o.spot_id, o.contract, o.lang, o.salary_period is not null as salaried from job_offer o where o.state = 'PUBLISHED' and o.valid_through <= ${now}
    )
    select t.contract, t.country, t.lang, t.salaried, t.published as open from offer_tally t where t.area_id = ${area}
    union all
    select due.contract, s.country, due.lang, due.salaried, -1 from due join spot s on s.id = due.spot_id where ${area} = '' or s.areas @> array[${area}]
  ) o cross join lateral (select o.country) s where ${join(conditions, ' and ')}`;
}

/** Puts rows of the tally together. Of two processes, each puts together what it took out. */
export const tallyUp: Chore = {
  name: 'the putting together of the tally of offers',
  everySeconds: 300,
  run: (db) =>
    db.rows(sql`
      with several as (
        select area_id, country, contract, lang, salaried from offer_tally group by 1, 2, 3, 4, 5 having count(*) > 1 or sum(published) = 0
      ), taken as (
        delete from offer_tally t using several s
        where (t.area_id, t.contract, t.lang, t.salaried) = (s.area_id, s.contract, s.lang, s.salaried) and t.country is not distinct from s.country
        returning t.*
      )
      insert into offer_tally select area_id, country, contract, lang, salaried, sum(published) from taken group by 1, 2, 3, 4, 5 having sum(published) <> 0`),
};
