import sql, { type Sql } from 'sql-template-tag';
import { Field, ObjectType } from 'type-graphql';
import { KeptBriefly } from '../../../shared/graphql/cacheControl';
import { connect, type Connection } from '../../../shared/graphql/connection';
import { many, one, type Batch, type Context } from '../../../shared/graphql/context';
import { Lang, type Text, type Wording } from '../../../shared/graphql/text';
import { Bucket } from '../../../shared/graphql/values';
import type { Matching } from '../offer/offer.conditions';
import { ContractKind } from '../offer/offer.kinds';
import { matches, offersListing, type OfferSearch } from '../offer/offer.listing';
import type { JobOffer } from '../offer/offer.type';

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

/** A connection of offers whose count and facets are read only when selected, one statement each for all parents. */
export function connectOffers(context: Context, search: OfferSearch, parent = ''): OfferConnection {
  const matching: Matching = { scope: search.scope, wanted: search.wanted };
  const facet = (by: keyof JobFacets) => () => context.loadWith(bucketsOf, { ...matching, by }, parent);
  return {
    ...connect<OfferSearch, JobOffer>(context, offersListing, search, parent),
    totalCount: async () => (await context.loadWith(countOf, matching, parent))?.count ?? 0,
    facets: { contract: facet('contract'), territory: facet('territory'), occupation: facet('occupation'), country: facet('country') },
  };
}

const countOf = (matching: Matching): Batch<string, { parent: string; count: number } | null> =>
  one(
    (parents, { db }) =>
      db.rows(sql`
        select parent.key as parent, (select count(*)::int from ${matches(matching)}) as count
        from unnest(${parents}::text[]) as parent(key)`),
    (row) => row.parent,
  );

type BucketRow = Pick<Bucket, 'key' | 'text' | 'count'>;

const MOST_BUCKETS = 50;

/** By what each facet groups, and where the names of its values are. */
const groupings: Record<keyof JobFacets, { value: Sql; names: Sql; counted?: Sql; withSpot?: boolean }> = {
  contract: { value: sql`o.contract`, names: sql`(select null::jsonb)` },
  territory: { value: sql`s.territory_id`, names: sql`(select a.names from area a where a.id = bucket.key)`, withSpot: true },
  occupation: {
    value: sql`o.hinge`,
    // Codes of ISCO-08, not the ids of occupations that have none.
    counted: sql`o.hinge between '0' and '9999'`,
    names: sql`(select c.labels from occupation c where c.scheme = 'ISCO_08' and c.code = bucket.key)`,
  },
  country: { value: sql`s.country`, names: sql`(select a.names from area a where a.kind = 'COUNTRY' and a.country = bucket.key)`, withSpot: true },
};

const bucketsOf = ({ by, ...matching }: Matching & { by: keyof JobFacets }) => {
  const { value, names, counted = sql`${value} is not null`, withSpot } = groupings[by];
  return many<BucketRow & { parent: string }>(
    async (parents, { db }) => {
      const rows = await db.rows<{ parent: string; key: string; count: number; names: Text | null }>(sql`
        select parent.key as parent, bucket.key, bucket.count, ${names} as names
        from unnest(${parents}::text[]) as parent(key)
        cross join lateral (
          select ${value} as key, count(*)::int as count from ${matches(matching, withSpot)} and ${counted}
          group by ${value} order by count desc, key limit ${MOST_BUCKETS}
        ) bucket
        order by bucket.count desc, bucket.key`);
      return rows.map(({ names, ...bucket }) => ({ ...bucket, text: by === 'contract' ? contractText(bucket.key as ContractKind) : (names ?? []) }));
    },
    ({ parent }) => parent,
  );
};

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
