import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { ArgsType, Field } from 'type-graphql';
import { inside, requireAreas } from '../../../shared/areas/areas';
import { PageArgs, type Listing, type Order, type Page } from '../../../shared/graphql/connection';
import type { Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import type { Asked } from '../../../shared/graphql/lookAhead';
import { activityKeys } from '../activity/activity.loader';
import { startupColumns } from './startup.columns';
import { StartupFilter, StartupOrder, type Startup } from './startup.type';

@ArgsType()
export class StartupsOfArgs extends PageArgs {
  @Field(() => StartupFilter, { nullable: true, description: 'Which of them.' }) filter?: StartupFilter | null;
}

@ArgsType()
export class StartupsArgs extends StartupsOfArgs {
  @Field(() => StartupOrder, { defaultValue: StartupOrder.NAME, description: 'In which order.' }) orderBy: StartupOrder;
}

export interface StartupSearch extends Page {
  filter: StartupFilter;
  orderBy: StartupOrder;
  /** Keys of `filter.activities`. */
  activities: string[] | null;
  columns: Asked<Startup>;
}

/** Checks a filter against what the hub knows; refuses what cannot be meant. */
export async function prepareSearch(args: StartupsOfArgs & { orderBy?: StartupOrder }, info: GraphQLResolveInfo, context: Context): Promise<StartupSearch> {
  const { first, after, orderBy = StartupOrder.NAME } = args;
  const filter = { ...args.filter, search: args.filter?.search?.trim() || null };
  const { within, activities, minShareAbroadPercent: share, turnoverYear } = filter;
  if (orderBy === StartupOrder.RELEVANCE && !filter.search) throw badInput('orderBy', orderBy, 'filter.search beside it, or another order');
  if (share != null && !(share >= 0 && share <= 100)) throw badInput('filter.minShareAbroadPercent', share, '0 to 100');
  if (turnoverYear != null && share == null) throw badInput('filter.turnoverYear', turnoverYear, 'filter.minShareAbroadPercent beside it');
  // The calendar of ISO 8601 has a year 0000, PostgreSQL's has not.
  if (within) await requireAreas('filter.within', within, context);
  return { filter, orderBy, first, after, ...startupColumns.pageIn(info), activities: activities ? await activityKeys('filter.activities', activities, context) : null };
}

/** Startups of the whole hub. */
export function startupsListing(search: StartupSearch): Listing {
  const { filter, orderBy } = search;
  const [area, ...more] = filter.within ?? [];
  // By name inside one area: the index of seats has them in this order.
  if (area !== undefined && more.length === 0 && orderBy === StartupOrder.NAME && !filter.updatedSince) return seatedIn(sql`${area}::text`, search);
  const where = conditions(search);
  if (filter.within) where.push(inside(sql`s.territory_id`, sql`${filter.within}::text[]`));
  if (!filter.updatedSince) where.push(sql`s.merged_into is null`);
  return { columns: startupColumns.select(search.columns), from: sql`startup s`, where, order: orderOf(search), id: sql`s.id` };
}

/** Startups seated in the parent or in any area inside it, by name. */
export function territoryStartupsListing(search: StartupSearch): Listing {
  const { filter } = search;
  const parent = sql`parent.key`;
  const elsewhere = filter.within ? [inside(sql`s.territory_id`, sql`${filter.within}::text[]`)] : [];
  if (!filter.updatedSince) return seatedIn(parent, search, elsewhere);
  const where = [inside(sql`s.territory_id`, sql`array[${parent}]`), ...elsewhere, ...conditions(search)];
  return { columns: startupColumns.select(search.columns), from: sql`startup s`, where, order: orderOf(search), id: sql`s.id` };
}

/** From the index of seats, along which a page is a walk; their tally knows how many there are. */
function seatedIn(area: Sql, search: StartupSearch, elsewhere: Sql[] = []): Listing {
  const onStartups = [...elsewhere, ...conditions(search)];
  return {
    columns: startupColumns.select(search.columns),
    from: sql`seat left join startup s on s.id = seat.startup_id`,
    ...(onStartups.length === 0 && { counted: sql`select coalesce(sum(startups), 0)::int from seat_tally where area_id = ${area}` }),
    where: [sql`seat.area_id = ${area}`, ...onStartups],
    order: { name: 'name', value: sql`seat.sort_name`, type: 'text' },
    id: sql`seat.startup_id`,
    together: onStartups.length === 0,
  };
}

/** All conditions but those on the place. */
function conditions({ filter, activities }: StartupSearch): Sql[] {
  const where: Sql[] = [];
  const { search, networks, stages, statuses, foundedAfter, minShareAbroadPercent: share, turnoverYear, updatedSince } = filter;
  if (search) where.push(sql`(s.words operator(public.%>) public.fold(${search}) or s.stems @@ words_query(${search}))`);
  if (activities) where.push(sql`s.id in (select startup_id from startup_activity where keys && ${activities}::text[])`);
  if (networks) where.push(sql`s.networks && ${networks}::text[]`);
  if (stages) where.push(sql`s.stage = any(${stages}::text[])`);
  if (statuses) where.push(sql`s.status = any(${statuses}::text[])`);
  if (foundedAfter) where.push(sql`${foundedOn} > ${foundedAfter}::date`);
  if (updatedSince) where.push(sql`s.updated_at >= ${updatedSince}::timestamptz`);
  if (share != null) where.push(sql`s.id in (${turnoverYear == null ? sellingAbroad(share) : sellingAbroadIn(turnoverYear, share)})`);
  return where;
}

const sellingAbroadIn = (year: number, share: number): Sql => sql`select startup_id from turnover where year = ${year} and share_abroad >= ${share}`;

/** In the latest year for which a share is known; where sources differ on it, the highest counts. */
const sellingAbroad = (share: number): Sql => sql`
  select startup_id from (
    select distinct on (startup_id) startup_id, share_abroad from turnover
    where share_abroad is not null order by startup_id, year desc, share_abroad desc) latest
  where share_abroad >= ${share}`;

/** As in the indexes of the table: unknown values sort last. */
const foundedOn = sql`coalesce(s.founded_on, date '0001-01-01')`;

function orderOf({ filter: { search }, orderBy }: StartupSearch): Order {
  switch (orderBy) {
    case StartupOrder.NAME:
      return { name: 'name', value: sql`s.sort_name`, type: 'text' };
    case StartupOrder.FOUNDED_ON:
      return { name: 'founded', value: foundedOn, type: 'date', descending: true };
    case StartupOrder.HEADCOUNT:
      return { name: 'headcount', value: sql`coalesce(s.headcount, -1)`, type: 'int', descending: true };
    case StartupOrder.UPDATED_AT:
      return { name: 'updated', value: sql`s.updated_at`, type: 'timestamptz' };
    case StartupOrder.RELEVANCE: {
      const words = sql`public.fold(${search})`;
      // How well the best part of its names matches, how well the whole name, and how often the words stand in its pitch.
      const name = sql`public.word_similarity(${words}, s.words) + public.similarity(${words}, s.sort_name)`;
      return { name: 'match', value: sql`(${name} + ts_rank(s.stems, words_query(${search})))`, type: 'real', descending: true };
    }
  }
}
