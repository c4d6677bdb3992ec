import type { GraphQLResolveInfo } from 'graphql';
import sql, { raw } from 'sql-template-tag';
import { Arg, Ctx, Field, FieldResolver, ID, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { KeptBriefly } from '../../../shared/graphql/cacheControl';
import { requireAreas } from '../../../shared/areas/areas';
import { many, one, type Context } from '../../../shared/graphql/context';
import { checkFirst } from '../../../shared/graphql/connection';
import type { Asked } from '../../../shared/graphql/lookAhead';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { all, openOn, type Matching } from '../offer/offer.conditions';
import { wantedOf } from '../offer/offer.filter';
import { newest, onEachOffer } from '../offer/offer.listing';
import { offerColumns } from '../offer/offer.loader';
import { JobOffer } from '../offer/offer.type';
import { occupationOf } from '../occupation/occupation.loader';
import { OccupationInput } from '../occupation/occupation.type';
import { Startup } from '../references/stubs';

@KeptBriefly
@ObjectType({ description: 'A startup with open offers.', simpleResolvers: true })
class HiringStartup {
  startupId: string;
  @Field(() => Int, { description: 'How many of its open offers fulfil the conditions.' }) openPositions: number;
  @Field(() => DateTimeScalar, { description: 'When the latest of them was published.' }) newest: Date;
}

/** In the statement itself: of a number that it is given PostgreSQL expects a tenth of all offers, and in a small hub reads them all. */
const MOST = raw('100');

/** Startups under whose name, or that of one that was merged into them, an offer may stand. */
const startups = (ids: readonly string[]) => sql`(
  select id as startup, id as under from unnest(${ids}::text[]) as asked(id)
  union all
  select merged_into, id from startup where merged_into = any(${ids}::text[])) names`;

const offersOf = ({ now, columns }: { now: Date; columns: Asked<JobOffer> }) =>
  many<JobOffer & { startup: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select startup.id as startup, page.*
        from unnest(${ids}::text[]) as startup(id)
        cross join lateral (
          select ${offerColumns.select(columns)}, o.published_at as published from job_offer o
          where o.startup_id = any(array(select startup.id union all select m.id from startup m where m.merged_into = startup.id)) and ${openOn(now)}
          order by o.published_at desc, o.id desc limit ${MOST}
        ) page
        order by page.published desc, page.id desc`),
    ({ startup }) => startup,
  );

const positionsOf = ({ now }: { now: Date }) =>
  one<{ startup: string; count: number }>(
    (ids, { db }) =>
      db.rows(sql`
        select names.startup, count(*)::int as count
        from ${startups(ids)} join job_offer o on o.startup_id = names.under
        where ${openOn(now)}
        group by names.startup`),
    ({ startup }) => startup,
  );

const ENOUGH = 500;
const EVERY = 2 ** 31 - 1;

/** Startups of the newest offers, with the number of all that match. */
const hiring = (matching: Matching, first: number, among: number, { db }: Context): Promise<HiringStartup[]> =>
  db.rows(sql`
    with hiring as materialized (
      select coalesce(m.merged_into, o.startup_id) as "startupId", max(o.published_at) as newest
      from ${newest(matching, among)} left join startup m on m.id = o.startup_id
      group by 1 order by newest desc, 1 limit ${first}
    )
    select hiring.*, (
      select count(*)::int from job_offer o
      where o.startup_id = any(array(select hiring."startupId" union all select m.id from startup m where m.merged_into = hiring."startupId"))
        and ${all(onEachOffer(matching))}
    ) as "openPositions"
    from hiring order by newest desc, "startupId"`);

@Resolver(() => HiringStartup)
export class HiringStartupResolver {
  @Query(() => [HiringStartup], { description: 'Startups with open offers, the one with the latest offer first.' })
  async hiringStartups(
    @Arg('within', () => ID, { nullable: true, description: 'Offers whose place of work is in this territory, at any depth, wherever the startup has its seat.' }) within: string | undefined,
    @Arg('occupation', () => OccupationInput, { nullable: true, description: 'Offers of this occupation, in the sense of `JobFilter.occupation`.' })
    occupation: OccupationInput | undefined,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, 0 to 100.' }) first: number,
    @Ctx() context: Context,
  ): Promise<HiringStartup[]> {
    checkFirst(first);
    if (within) await requireAreas('within', [within], context);
    const wanted = {
      ...(await wantedOf(null, context)),
      within: within ? [within] : null,
      hinges: occupation ? (await occupationOf('occupation', occupation, context)).hinges : null,
      startupsOnly: true,
    };
    const matching: Matching = { scope: { of: 'HUB' }, wanted };
    // In all but odd cases the newest offers name enough startups; otherwise all are read.
    const found = await hiring(matching, first, ENOUGH + 10 * first, context);
    return found.length === first ? found : hiring(matching, first, EVERY, context);
  }

  @FieldResolver(() => Startup, { nullable: true })
  startup(@Root() { startupId }: HiringStartup): Startup {
    return { id: startupId };
  }
}

@Resolver(() => Startup)
export class StartupOffersResolver {
  @FieldResolver(() => [JobOffer], { nullable: true, description: 'Its open offers, newest first, at most 100.' })
  jobOffers(@Root() { id }: Startup, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(offersOf, { now: context.now, columns: offerColumns.askedIn(info) }, id);
  }

  @KeptBriefly
  @FieldResolver(() => Int, { nullable: true, description: 'How many open offers it has.' })
  async openPositions(@Root() { id }: Startup, @Ctx() context: Context): Promise<number> {
    return (await context.loadWith(positionsOf, { now: context.now }, id))?.count ?? 0;
  }
}
