import sql, { empty, type Sql } from 'sql-template-tag';
import { tallyUp } from '../../../shared/database/tally';
import { many } from '../../../shared/graphql/context';
import { Lang, type Text, type Wording } from '../../../shared/graphql/text';
import type { Bucket } from '../../../shared/graphql/values';
import { progression, stageNames } from '../stage/progression';
import type { SupportStage } from '../stage/stage.type';
import { StartupDimension, StartupMetric } from './stats.type';

/** How startups `s` fall into buckets `b`: the key and what must be joined for it, the name where the database has it, the order. */
interface Dimension {
  key: Sql;
  join?: Sql;
  names?: Sql;
  order: Sql;
}

const largestFirst = sql`b.count desc, b.key`;

const dimensions: Record<StartupDimension, Dimension> = {
  TERRITORY: { key: sql`s.territory_id`, names: sql`(select a.names from area a where a.id = b.key)`, order: largestFirst },
  ACTIVITY: {
    key: sql`left(a.code, 2)`,
    join: sql`join startup_activity a on a.startup_id = s.id and a.position = 0`,
    names: sql`(select c.names from activity_class c where c.scheme = 'NACE_2' and c.code = b.key)`,
    order: largestFirst,
  },
  STAGE: { key: sql`s.stage`, order: sql`array_position(${progression}::text[], b.key)` },
  FOUNDING_YEAR: { key: sql`extract(year from s.founded_on)::text`, order: sql`b.key` },
  NETWORK: { key: sql`n.network`, join: sql`cross join unnest(s.networks) as n(network)`, order: largestFirst },
};

const metrics: Record<StartupMetric, Sql> = {
  COUNT: sql`null::float8`,
  HEADCOUNT: sql`sum(s.headcount)::float8`,
  FUNDING: sql`sum((select sum(f.amount) from funding_round f where f.startup_id = s.id and f.currency = 'EUR'))`,
};

export interface StatsArgs {
  by: StartupDimension;
  metric: StartupMetric;
}

/** The startups `s` seated in the parent or in any area inside it, and their number. That of each stage is in the tally of seats, the rest in an index by municipality. */
const seated = ({ by, metric }: StatsArgs): { from: Sql; count: Sql } =>
  by === StartupDimension.STAGE && metric === StartupMetric.COUNT
    ? { from: sql`(select stage, sum(startups)::int as startups from seat_tally where area_id = parent.key group by 1 having sum(startups) > 0) s`, count: sql`sum(s.startups)::int` }
    : { from: sql`area inside join startup s on s.territory_id = inside.id and s.merged_into is null and inside.areas @> array[parent.key]`, count: sql`count(*)::int` };

/** The startups seated in each territory or in any area inside it, in buckets. */
export const statsOf = (args: StatsArgs) =>
  many<Bucket & { parent: string }>(
    async (ids, { db }) => {
      const { by, metric } = args;
      const { key, join = empty, names = sql`null`, order } = dimensions[by];
      const { from, count } = seated(args);
      const rows = await db.rows<{ parent: string; key: string; names: Text | null; count: number; sum: number | null }>(sql`
        select parent.key as parent, b.*, ${names} as names
        from unnest(${ids}::text[]) as parent(key)
        cross join lateral (
          select ${key} as key, ${count} as count, ${metrics[metric]} as sum
          from ${from} ${join}
          where ${key} is not null
          group by 1
        ) b
        order by parent.key, ${order}`);
      return rows.map(({ names, ...row }) => ({ ...row, text: names ?? textOf(by, row.key) }) as Bucket & { parent: string });
    },
    ({ parent }) => parent,
  );

/** A name that the database does not have: a year and a network are their own. */
function textOf(by: StartupDimension, key: string): Text {
  return by === StartupDimension.STAGE ? inAllLanguages(stageNames[key as SupportStage]) : [];
}

const inAllLanguages = (wording: Wording): Text => Object.values(Lang).map((lang) => ({ lang, value: wording[lang] }));

export const tallySeats = tallyUp('seats', 'seat_tally', ['area_id', 'stage'], 'startups');
