import sql, { empty, join, type Sql } from 'sql-template-tag';
import { Field, ObjectType } from 'type-graphql';
import { KeptBriefly } from '../../../shared/graphql/cacheControl';
import { connect, type Connection } from '../../../shared/graphql/connection';
import { many, type Batch, type Context } from '../../../shared/graphql/context';
import { Lang, type Text, type Wording } from '../../../shared/graphql/text';
import { Bucket } from '../../../shared/graphql/values';
import type { Matching } from '../offer/offer.conditions';
import { ContractKind } from '../offer/offer.kinds';
import { matches, offersListing, type OfferSearch } from '../offer/offer.listing';
import type { JobOffer } from '../offer/offer.type';
import { tallied } from './tally';

@KeptBriefly
@ObjectType({ description: 'How all that match are distributed, beyond the page: largest first, at most 50 values each. Computed only when selected.', simpleResolvers: true })
export class JobFacets {
  @Field(() => [Bucket], { description: 'By ContractKind.' }) contract: Bucket[];
  @Field(() => [Bucket], { description: 'By the territory of the place of work, as precise as the offers are; the key is its id.' }) territory: Bucket[];
  @Field(() => [Bucket], { description: 'By ISCO-08 group, in most cases a unit group of four digits; the key is its code. Offers without one are not counted.' })
  occupation: Bucket[];
  @Field(() => [Bucket], { description: 'By country of the place of work; the key is its ISO 3166-1 alpha-2 code.' }) country: Bucket[];
}

/** What the fields of `JobOfferConnection` resolve from. */
export interface OfferConnection extends Connection<JobOffer> {
  facets: Record<keyof JobFacets, () => Promise<BucketRow[]>>;
}

/** A connection of offers whose count and facets are read only when selected, all that are in one statement for all parents. */
export function connectOffers(context: Context, search: OfferSearch & Labelled, parent = ''): OfferConnection {
  const { scope, wanted, labels } = search;
  let counts: Batch<string, BucketRow[]> | undefined;
  const counted = (by: Counted) => context.load((counts ??= context.batchWith(countsOf, { scope, wanted, labels })), keyOf({ parent, by }));
  return {
    ...connect<OfferSearch, JobOffer>(context, offersListing, search, parent),
    totalCount: async () => (await counted('all'))[0]!.count,
    facets: { contract: () => counted('contract'), territory: () => counted('territory'), occupation: () => counted('occupation'), country: () => counted('country') },
  };
}

interface Labelled {
  /** Whether the names of facets' values are read. */
  labels: boolean;
}

type BucketRow = Pick<Bucket, 'key' | 'text' | 'count'>;

const MOST_BUCKETS = 50;
/** Facets that may have more values; of contracts there are eight, of countries those of the hub's territories. */
const LONG: Counted[] = ['territory', 'occupation'];

/** By what offers are counted: as a whole, or by the values of a facet. */
type Counted = 'all' | keyof JobFacets;

interface Wish {
  parent: string;
  by: Counted;
}

interface Counts extends Wish {
  key: string;
  count: number;
  names: Text | null;
}

const keyOf = ({ parent, by }: Wish): string => JSON.stringify([by, parent]);

/** By what each facet groups, and where the names of its values are. */
const groupings: Record<keyof JobFacets, { value: Sql; names?: Sql; withSpot?: boolean }> = {
  contract: { value: sql`o.contract` },
  territory: { value: sql`s.territory_id`, names: sql`(select a.names from area a where a.id = bucket.key)`, withSpot: true },
  occupation: { value: sql`o.hinge`, names: sql`(select c.labels from occupation c where c.scheme = 'ISCO_08' and c.code = bucket.key)` },
  country: { value: sql`s.country`, names: sql`(select a.names from area a where a.kind = 'COUNTRY' and a.country = bucket.key)`, withSpot: true },
};

/** What the tally of offers is kept by. */
const TALLIED: Counted[] = ['all', 'contract', 'territory', 'country'];

/** Counts of all kinds that are asked for in one tick: what matches is read once for them. */
const countsOf = ({ labels, ...matching }: Matching & Labelled) =>
  many<BucketRow & Wish>(async (keys, context) => {
    const asked = keys.map((key) => JSON.parse(key) as [Counted, string]);
    const kinds = [...new Set(asked.map(([by]) => by))];
    const parents = [...new Set(asked.map(([, parent]) => parent))];
    const facets = kinds.filter((by) => by !== 'all').map((by) => ({ by, ...groupings[by] }));
    const sets = kinds.map((by) => (by === 'all' ? sql`()` : sql`(${groupings[by].value})`));
    // Of the columns of the facets, a row of a facet has its own alone.
    const choose = (what: (facet: (typeof facets)[number]) => Sql) =>
      facets.length ? sql`case ${join(facets.map((facet) => sql`when grouping(${facet.value}) = 0 then ${what(facet)}`), ' ')} end` : sql`null::text`;
    const long = facets.some(({ by }) => LONG.includes(by));
    const named = facets.filter(({ names }) => names && labels);
    const names = named.length ? sql`case bucket.by ${join(named.map(({ by, names }) => sql`when ${by} then ${names!}`), ' ')} end` : sql`null::jsonb`;
    const tally = kinds.every((by) => TALLIED.includes(by)) ? tallied(matching, kinds.includes('territory')) : null;
    const statement = sql`
      select parent.key as parent, bucket.by, bucket.key, bucket.count, ${names} as names
      from unnest(${parents}::text[]) as parent(key)
      cross join lateral (
        select *${long ? sql`, row_number() over (partition by counted.by order by counted.count desc, counted.key) as place` : empty}
        from (
          select coalesce(${choose(({ by }) => sql`${by}::text`)}, 'all') as by, ${choose(({ value }) => value)} as key, ${tally ? sql`coalesce(sum(o.open), 0)::int` : sql`count(*)::int`} as count
          from ${tally?.from ?? matches(matching, facets.some(({ withSpot }) => withSpot))}
          group by grouping sets (${join(sets)})
        ) counted
        where case
          when counted.by = 'all' then true
          when counted.count = 0 then false
          -- Codes of ISCO-08, not the ids of occupations that have none.
          when counted.by = 'occupation' then counted.key between '0' and '9999'
          else counted.key is not null end
      ) bucket
      ${long ? sql`where bucket.place <= ${MOST_BUCKETS}::int order by bucket.place` : sql`order by bucket.count desc, bucket.key`}`;
    const rows = await (tally && !tally.spots ? context.rowsTogether<Counts>(statement) : context.db.rows<Counts>(statement));
    return rows.map(({ names, ...bucket }) => ({ ...bucket, text: bucket.by === 'contract' ? contractText(bucket.key as ContractKind) : (names ?? []) }));
  }, keyOf);

const contractText = (kind: ContractKind): Text => Object.entries(contracts[kind]).map(([lang, value]) => ({ lang: lang as Lang, value }));

const contracts: Record<ContractKind, Wording> = {
  PERMANENT: { FR: 'Durée indéterminée', DE: 'Unbefristet', LB: 'Onbefrist', EN: 'Permanent' },
  FIXED_TERM: { FR: 'Durée déterminée', DE: 'Befristet', LB: 'Befrist', EN: 'Fixed term' },
  TEMPORARY_AGENCY: { FR: 'Intérim', DE: 'Zeitarbeit', LB: 'Interim', EN: 'Temporary agency' },
  APPRENTICESHIP: { FR: 'Apprentissage ou alternance', DE: 'Ausbildung', LB: 'Léier', EN: 'Apprenticeship' },
  INTERNSHIP: { FR: 'Stage', DE: 'Praktikum', LB: 'Stage', EN: 'Internship' },
  SELF_EMPLOYED: { FR: 'Indépendant', DE: 'Freie Mitarbeit', LB: 'Onofhängeg', EN: 'Self-employed' },
  SEASONAL: { FR: 'Saisonnier', DE: 'Saisonarbeit', LB: 'Saisonaarbecht', EN: 'Seasonal' },
  MINI_JOB: { FR: 'Mini-emploi (droit allemand)', DE: 'Minijob', LB: 'Minijob (däitscht Recht)', EN: 'Mini-job (German law)' },
};
