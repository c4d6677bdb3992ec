import sql, { empty, join, type Sql } from 'sql-template-tag';
import { checkPage, type Listing, type Order, type Page } from '../../../shared/graphql/connection';
import { all, circleFor, offerConditions, placeConditions, type Matching } from './offer.conditions';
import { offerColumns } from './offer.loader';
import { JobOrder } from './offer.kinds';

// Listings of offers. With a million offers, two ways of reading a page are each right for some searches and ruinous for
// the others: to walk all offers in the order of the listing until the page is full, which is fast where many match and
// reads everything where few do; or to gather what matches and sort it, which is fast where few do. PostgreSQL chooses
// by its estimate, and of a circle on the globe or an area of some parent it has none. So the statement itself looks
// first whether there are CROWD matches, and takes the one way or the other; either is bounded, on deep pages too.

const CROWD = 1000;

export interface OfferSearch extends Page, Matching {
  orderBy: JobOrder;
}

type Sought = ReturnType<typeof checkPage>;

export function offersListing(search: OfferSearch): Listing {
  const { first, orderBy } = search;
  const order = orders[orderBy];
  const sought = checkPage(search, order);
  const page = { limit: first + 1, sought };
  const circle = circleFor(search);
  const distance = circle
    ? sql`(select round(public.ground_km(public.cube_distance(s.position, ${circle.centre}))::numeric, 1)::float8 from spot s where s.id = o.spot_id)`
    : sql`null::float8`;
  return {
    columns: sql`${offerColumns}, ${distance} as "distanceKm"`,
    from: orderBy === JobOrder.DISTANCE ? byDistance(search, page) : orderBy === JobOrder.RELEVANCE ? byRelevance(search, page) : byColumn(search, page),
    where: [],
    order,
    id: sql`o.id`,
  };
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
function byColumn(search: OfferSearch, { limit, sought }: Cut): Sql {
  const [value, type] = search.orderBy === JobOrder.SALARY ? [sql`o.pay`, sql`float8`] : [sql`o.published_at`, sql`timestamptz`];
  const own = offerConditions(search);
  const place = placeConditions(search);
  const after = sought ? [sql`(${value}, o.id) < (${sought.value}::text::${type}, ${sought.id}::text)`] : [];
  const cut = sql`order by ${value} desc, o.id desc limit ${limit}`;
  const walked = (conditions: Sql[]) => sql`select o.*, ${value} as rank from job_offer o where ${all([...conditions, ...own, ...after])} ${cut}`;
  if (own.length === 1 && place.length === 0) return sql`(${walked([])}) o`;

  const gathered = sql`${tables(place)} where ${all([...place, ...own])}`;
  return sql`(
    with crowd as materialized (select count(*) = ${CROWD} as found from (select from ${gathered} limit ${CROWD}) few)
    (${walked([sql`(select found from crowd)`, ...onEach(place)])})
    union all
    (select o.*, ${value} as rank from ${gathered} and not (select found from crowd) ${after.length ? sql`and ${all(after)}` : empty} ${cut})
  ) o`;
}

/** Best match first: there is no index by which to walk, all matches are ranked. */
function byRelevance(search: OfferSearch, { limit, sought }: Cut): Sql {
  const rank = sql`ts_rank(o.words, ${search.wanted.search}::text::tsquery)`;
  const after = sought ? [sql`(${rank}, o.id) < (${sought.value}::text::real, ${sought.id}::text)`] : [];
  return sql`(
    select o.*, ${rank} as rank from job_offer o where ${all([...offerConditions(search), ...onEach(placeConditions(search)), ...after])}
    order by ${rank} desc, o.id desc limit ${limit}
  ) o`;
}

/** Nearest first: spots by distance, and of each no more offers than the page has. */
function byDistance(search: OfferSearch, { limit, sought }: Cut): Sql {
  const { centre } = circleFor(search)!;
  const chord = sql`public.cube_distance(s.position, ${centre})`;
  const place = placeConditions(search);
  if (sought) place.push(sql`${chord} >= ${sought.value}::text::float8`);
  const after = sought ? [sql`o.id > case when s.rank = ${sought.value}::text::float8 then ${sought.id}::text else '' end`] : [];
  return sql`(
    select s.rank, o.*
    from (select s.id, ${chord} as rank from spot s where ${all(place)}) s
    cross join lateral (select o.* from job_offer o where o.spot_id = s.id and ${all([...offerConditions(search), ...after])} order by o.id limit ${limit}) o
    order by s.rank, o.id limit ${limit}
  ) o`;
}

/** The tables of what matches, found from its places where they are restricted. */
const tables = (place: Sql[]): Sql => (place.length ? sql`spot s join job_offer o on o.spot_id = s.id` : sql`job_offer o`);

/** The conditions on places, looked at for each offer: PostgreSQL cannot begin with them. */
const onEach = (place: Sql[]): Sql[] => (place.length ? [sql`(select ${all(place)} from spot s where s.id = o.spot_id)`] : []);

/**
 * All that match, for counting: the offer `o` and its spot `s` where that is asked for or needed.
 * @returns what follows `from`
 */
export function matches(matching: Matching, withSpot = false): Sql {
  const place = placeConditions(matching);
  const own = offerConditions(matching);
  // Words are found by their index; what places alone decide is then looked at for each.
  const wordsFirst = matching.wanted.search !== null;
  const conditions = wordsFirst ? [...own, ...onEach(place)] : [...place, ...own];
  const from = withSpot ? sql`job_offer o join spot s on s.id = o.spot_id` : wordsFirst ? sql`job_offer o` : tables(place);
  return sql`${from} where ${join(conditions, ' and ')}`;
}
