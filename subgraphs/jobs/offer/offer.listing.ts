import sql, { empty, type Sql } from 'sql-template-tag';
import { checkPage, type Listing, type Order, type Page } from '../../../shared/graphql/connection';
import type { Asked } from '../../../shared/graphql/lookAhead';
import { publishedIn } from '../facets/tally';
import { all, beyondOpen, circleFor, offerConditions, openOn, placeConditions, type Matching } from './offer.conditions';
import { offerColumns } from './offer.loader';
import { JobOrder } from './offer.kinds';
import type { JobOffer } from './offer.type';

// Listings of offers. With a million offers, two ways of reading a page are each right for some searches and ruinous for
// the others: to walk all offers in the order of the listing until the page is full, which is fast where many match and
// reads everything where few do; or to gather what matches and sort it, which is fast where few do. PostgreSQL chooses
// by its estimate, and of a circle on the globe or an area of some parent it has none. So the statement itself looks,
// each time at a bounded number of offers: where the place has a crowd, it walks a STRETCH, which fills the page of most
// searches. Where that does not, or the place is small, it gathers; and walks on where a CROWD matches. What remains slow
// is a crowd at the far end of the order, such as the best paid of an area that pays less than all others.

const CROWD = 3000;
const STRETCH = 5000;

export interface OfferSearch extends Page, Matching {
  orderBy: JobOrder;
  columns: Asked<JobOffer>;
}

type Sought = ReturnType<typeof checkPage>;

export function offersListing(search: OfferSearch): Listing {
  const { first, orderBy } = search;
  const order = orders[orderBy];
  const sought = checkPage(search, order);
  const page = { limit: first + 1, sought };
  return {
    columns: offerColumns.select(search.columns, { distanceKm: distanceOf(search) }),
    from: orderBy === JobOrder.DISTANCE ? byDistance(search, page) : orderBy === JobOrder.RELEVANCE ? byRelevance(search, page) : byColumn(search, orderBy, page),
    where: [],
    order,
    id: sql`o.id`,
    together: search.wanted.search === null && orderBy !== JobOrder.SALARY,
  };
}

/** Kilometres of an offer `o` from the centre; null where there is none. */
function distanceOf(search: OfferSearch): Sql {
  const circle = circleFor(search);
  if (!circle) return sql`null::float8`;
  const chord = search.orderBy === JobOrder.DISTANCE ? sql`o.rank` : sql`(select public.cube_distance(s.position, ${circle.centre}) from spot s where s.id = o.spot_id)`;
  return sql`round(public.ground_km(${chord})::numeric, 1)::float8`;
}

/** The orders as the page sees them: the value by which it is sorted is the column `rank`. */
const orders: Record<JobOrder, Order> = {
  PUBLISHED_AT: { name: 'published', value: sql`o.rank`, type: 'timestamptz', descending: true },
  SALARY: { name: 'salary', value: sql`o.rank`, type: 'float8', descending: true },
  RELEVANCE: { name: 'relevance', value: sql`o.rank`, type: 'real', descending: true },
  DISTANCE: { name: 'distance', value: sql`o.rank`, type: 'float8' },
};

interface Cut {
  limit: number;
  sought: Sought;
}

/** Newest first or best paid first: the orders that have an index. */
function byColumn(matching: Matching, orderBy: JobOrder, { limit, sought }: Cut): Sql {
  const [value, type] = orderBy === JobOrder.SALARY ? [sql`o.pay`, sql`float8`] : [sql`o.published_at`, sql`timestamptz`];
  const after = (rank: Sql, id: Sql) => (sought ? [sql`(${rank}, ${id}) < (${sought.value}::text::${type}, ${sought.id}::text)`] : []);
  const onwards = (conditions: Sql[]) => sql`job_offer o where ${all([...conditions, ...after(value, sql`o.id`)])} order by ${value} desc, o.id desc`;
  if (isEverything(matching)) return sql`(select o.*, ${value} as rank from ${onwards(onEachOffer(matching))} limit ${limit}::int) o`;

  // The indexes tell all that is looked at on the way: only the offers of the page are read.
  return sql`(
    with near as materialized (
      select o.id, ${value} as rank from (select * from ${onwards([openOn(matching.wanted.now)])} limit ${STRETCH}::int) o
      where ${all([mayWalk(matching), ...beyondOpen(matching), ...placeOfEach(matching)])} limit ${limit}::int
    ),
    near_enough as materialized (select count(*) = ${limit}::int as found from near),
    few as materialized (select o.id, ${value} as rank from ${matches(matching)} and not (select found from near_enough) limit ${CROWD}::int),
    crowd as materialized (select count(*) = ${CROWD}::int as found from few),
    page as (
      (select * from near where (select found from near_enough))
      union all
      (select o.id, ${value} as rank from ${onwards([sql`(select found from crowd)`, ...onEachOffer(matching)])} limit ${limit}::int)
      union all
      (select * from few where ${all([sql`not (select found from crowd)`, ...after(sql`few.rank`, sql`few.id`)])} order by rank desc, id desc limit ${limit}::int)
    )
    select o.*, page.rank from page join job_offer o on o.id = page.id
  ) o`;
}

/** Whether to begin with a walk: rare words are not found by it, nor what is in a small place. A country is none. */
function mayWalk({ scope, wanted }: Matching): Sql {
  if (wanted.search !== null) return sql`false`;
  const matching = { scope, wanted: { ...wanted, countries: null } };
  const place = placeConditions(matching);
  return place.length ? crowded(matching, place) : sql`true`;
}

/** Whether a place has a crowd of open offers. Where the tally does not know, spot by spot: PostgreSQL would else read the offers of all places up to the first that fits. */
function crowded(matching: Matching, place: Sql[]): Sql {
  const published = publishedIn(matching);
  return published ? sql`(select coalesce(sum(open), 0) >= ${CROWD}::int from (${published}) t)` : crowdedBySpot(matching, place);
}

const crowdedBySpot = ({ wanted }: Matching, place: Sql[]): Sql => sql`(
  select count(*) = ${CROWD}::int
  from (
    select from spot s cross join lateral (select from job_offer o where o.spot_id = s.id and ${openOn(wanted.now)} limit ${CROWD}::int) o
    where ${all(place)} limit ${CROWD}::int
  ) open)`;

/** The newest that match. @returns what follows `from`, of offers `o` */
export const newest = (matching: Matching, limit: number): Sql => byColumn(matching, JobOrder.PUBLISHED_AT, { limit, sought: null });

/** Best match first: there is no index by which to walk, all matches are ranked. */
function byRelevance(search: OfferSearch, { limit, sought }: Cut): Sql {
  const rank = sql`ts_rank(o.words, ${search.wanted.search}::text::tsquery)`;
  const after = sought ? sql`and (${rank}, o.id) < (${sought.value}::text::real, ${sought.id}::text)` : empty;
  return sql`(select o.*, ${rank} as rank from ${matches(search)} ${after} order by ${rank} desc, o.id desc limit ${limit}::int) o`;
}

/**
 * Nearest first: spots in the order of the index of positions, and of each no more offers than the page has, by an index
 * that tells all that is looked at, until the page is full. Only the offers of the page are read.
 */
function byDistance(search: OfferSearch, { limit, sought }: Cut): Sql {
  const { centre } = circleFor(search)!;
  const place = placeConditions(search);
  if (sought) place.push(sql`public.cube_distance(s.position, ${centre}) >= ${sought.value}::text::float8`);
  const after = sought ? [sql`o.id > case when s.rank = ${sought.value}::text::float8 then ${sought.id}::text else '' end`] : [];
  return sql`(
    select page.rank, o.*
    from (
      select s.rank, o.id
      from (select s.id, s.position operator(public.<->) ${centre} as rank from spot s where ${all(place)} order by rank offset 0) s
      cross join lateral (select o.id from job_offer o where o.spot_id = s.id and ${all([...offerConditions(search), ...after])} order by o.id limit ${limit}::int) o
      order by s.rank, o.id limit ${limit}::int
    ) page
    join job_offer o on o.id = page.id
  ) o`;
}

/** Whether every open offer of the hub matches. */
const isEverything = (matching: Matching): boolean => beyondOpen(matching).length === 0 && placeConditions(matching).length === 0;

/** Conditions that are looked at for each offer `o`: PostgreSQL cannot begin with its place. */
export const onEachOffer = (matching: Matching): Sql[] => [...offerConditions(matching), ...placeOfEach(matching)];

function placeOfEach(matching: Matching): Sql[] {
  const place = placeConditions(matching);
  return place.length ? [sql`(select ${all(place)} from spot s where s.id = o.spot_id)`] : [];
}

/**
 * All that match, in no order: the offer `o`, and its spot `s` where that is asked for.
 * @returns what follows `from`; further conditions can be added by `and`
 */
export function matches(matching: Matching, withSpot = false): Sql {
  const [place, own] = [placeConditions(matching), offerConditions(matching)];
  const spots = withSpot ? sql`join spot s on s.id = o.spot_id` : empty;
  if (place.length === 0) return sql`job_offer o ${spots} where ${all(own)}`;
  const placed = sql`spot s join job_offer o on o.spot_id = s.id`;
  if (matching.wanted.search === null) return sql`${placed} where ${all([...place, ...own])}`;
  // Whether to begin with the words or with the place depends on how many offers are there.
  return sql`(
    with place as materialized (select ${crowded(matching, place)} as crowded)
    select o.* from job_offer o where ${all([sql`(select crowded from place)`, ...onEachOffer(matching)])}
    union all
    select o.* from ${placed} where ${all([sql`not (select crowded from place)`, ...place, ...own])}
  ) o ${spots} where true`;
}
