import sql, { join, type Sql } from 'sql-template-tag';
import type { Wanted } from './offer.filter';

/** Of which node an offer's listing hangs, if it hangs on one; `parent.key` is its id. */
export type Scope =
  | { of: 'HUB' }
  /** Inside the territory or, with a radius, around its centroid. */
  | { of: 'TERRITORY'; radiusKm: number | null }
  | { of: 'OCCUPATION' };

/** What is listed, as plain data. */
export interface Matching {
  scope: Scope;
  wanted: Wanted;
}

interface CircleSql {
  centre: Sql;
  lat: Sql;
  lon: Sql;
  radiusKm: number;
}

/** The circle from whose centre distances are told: that of the filter, else that around the territory. */
export function circleFor({ scope, wanted }: Matching): CircleSql | null {
  return wanted.near ? circleOfFilter(wanted.near) : scope.of === 'TERRITORY' && scope.radiusKm !== null ? circleOfParent(scope.radiusKm) : null;
}

// Centres stand in a subselect of their own, which PostgreSQL evaluates once and not for each row.

const circleOfFilter = ({ lat, lon, radiusKm }: NonNullable<Wanted['near']>): CircleSql => ({
  centre: sql`(select public.globe(${lat}::float8, ${lon}::float8))`,
  lat: sql`${lat}::float8`,
  lon: sql`${lon}::float8`,
  radiusKm,
});

// The centroid comes from this subgraph's copy of the areas and not from *territories* by @requires: one fetch less.
const circleOfParent = (radiusKm: number): CircleSql => ({
  centre: sql`(select public.globe(a.lat, a.lon) from area a where a.id = parent.key)`,
  lat: sql`(select a.lat from area a where a.id = parent.key)`,
  lon: sql`(select a.lon from area a where a.id = parent.key)`,
  radiusKm,
});

const chordOf = ({ radiusKm }: CircleSql): Sql => sql`(select public.chord_km(${radiusKm}::float8))`;

/** Whether a position lies in a circle; an index that knows boxes or strips has found it, the distance cuts off what is too much. */
export const isWithin = (position: Sql, circle: CircleSql): Sql => sql`public.cube_distance(${position}, ${circle.centre}) <= ${chordOf(circle)}`;

const inCircle = (circle: CircleSql): Sql =>
  sql`s.position operator(public.<@) public.cube_enlarge(${circle.centre}, ${chordOf(circle)}, 3) and ${isWithin(sql`s.position`, circle)}`;

/** What the place of an offer has to fulfil: conditions on its spot `s`. */
export function placeConditions({ scope, wanted }: Matching): Sql[] {
  const conditions: Sql[] = [];
  if (scope.of === 'TERRITORY') conditions.push(scope.radiusKm === null ? sql`s.areas @> array[parent.key]` : inCircle(circleOfParent(scope.radiusKm)));
  if (wanted.near) conditions.push(inCircle(circleOfFilter(wanted.near)));
  if (wanted.within) conditions.push(sql`s.areas && ${wanted.within}::text[]`);
  if (wanted.countries) conditions.push(sql`s.country = any(${wanted.countries}::text[])`);
  return conditions;
}

/** Published and not past its last day. */
export const openOn = (now: Date): Sql => sql`o.state = 'PUBLISHED' and o.valid_through > ${now}::timestamptz`;

/** What an offer `o` itself has to fulfil. */
export const offerConditions = (matching: Matching): Sql[] => [openOn(matching.wanted.now), ...beyondOpen(matching)];

/** What an open offer `o` itself has to fulfil. */
export function beyondOpen({ scope, wanted }: Matching): Sql[] {
  const conditions: Sql[] = [];
  if (scope.of === 'OCCUPATION') conditions.push(sql`o.hinge = any((select c.hinges from occupation c where c.id = parent.key)::text[])`);
  if (wanted.hinges) conditions.push(sql`o.hinge = any(${wanted.hinges}::text[])`);
  if (wanted.search !== null) conditions.push(sql`o.words @@ ${wanted.search}::text::tsquery`);
  if (wanted.langs) conditions.push(sql`o.lang = any(${wanted.langs}::text[])`);
  if (wanted.contracts) conditions.push(sql`o.contract = any(${wanted.contracts}::text[])`);
  if (wanted.workTime) conditions.push(sql`o.work_time = ${wanted.workTime}::text`);
  if (wanted.remote) conditions.push(sql`o.remote = any(${wanted.remote}::text[])`);
  if (wanted.minYearlyGross !== null) conditions.push(sql`o.pay >= ${wanted.minYearlyGross}::float8`);
  if (wanted.salaryStated !== null) conditions.push(wanted.salaryStated ? sql`o.salary_period is not null` : sql`o.salary_period is null`);
  if (wanted.publishedSince) conditions.push(sql`o.published_at >= ${wanted.publishedSince}::timestamptz`);
  if (wanted.startupsOnly) conditions.push(sql`o.startup_id is not null`);
  return conditions;
}

export const all = (conditions: Sql[]): Sql => join(conditions, ' and ');
