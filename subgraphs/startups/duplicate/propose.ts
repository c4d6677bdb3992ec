import type { EntityManager } from 'typeorm';

/** Names that are less similar are not proposed; pg_trgm's similarity of their cores (`name_core`), with spaces or without. */
const LEAST_SIMILARITY = 0.6;
/** Seats of two municipalities that are closer count as neighbouring, in kilometres. */
const NEAR = 15;

/** Records whose names share a key: by a hash of all keys, or for one record by the index of keys. */
const ALL_PAIRS = `
       with keyed as (select id, synthetic, unnest(name_keys) as key from startup where merged_into is null)
       select distinct a.id, b.id as other from keyed a join keyed b on b.key = a.key and b.synthetic = a.synthetic and b.id > a.id`;
const PAIRS_OF_ONE = `
       select a.id, b.id as other from startup a
       join startup b on b.name_keys && a.name_keys and b.synthetic = a.synthetic and b.id <> a.id
       where a.id = $1 and a.merged_into is null and b.merged_into is null`;

/**
 * Finds the records that may be the same company, and keeps the pairs, so that reading them costs no comparison.
 *
 * Rule: two records have the same entry in a register: score 1. Or their names are similar and their seats may be one:
 * 0.32 + 0.48 × similarity, + 0.15 for the same municipality or 0.08 for a neighbouring one or an area that contains the other's
 * seat, + 0.04 for the same founding year, hence 0.99 at most. Merged records are left out, and a record of the
 * demonstration never pairs with a real one. Only names that share one of their keys (`name_keys`) are compared: what is
 * done grows with the number of likely pairs, not of all.
 *
 * An open pair that is found again takes the new score, one that is not found any more goes, and what a steward
 * decided stays. Run in the transaction that writes the startups.
 * @param startup restricts the work to the pairs of one record: a new one has no others
 */
export async function proposeDuplicates(manager: EntityManager, startup: string | null = null): Promise<void> {
  await manager.query(
    `with same_number as (
       select distinct least(a.startup_id, b.startup_id) as startup_id, greatest(a.startup_id, b.startup_id) as other_id
       from register_id a
       join register_id b on b.company = a.company and b.startup_id <> a.startup_id
       join startup s on s.id = a.startup_id and s.merged_into is null
       join startup o on o.id = b.startup_id and o.merged_into is null and o.synthetic = s.synthetic
       where $1::text is null or a.startup_id = $1
     ), shared_key as (
       ${startup === null ? ALL_PAIRS : PAIRS_OF_ONE}
     ), alike as (
       select least(a.id, b.id) as startup_id, greatest(a.id, b.id) as other_id,
         likeness.similarity, likeness.same_name,
         case
           when pa.kind <> 'MUNICIPALITY' or pb.kind <> 'MUNICIPALITY' then case when pa.id = any(pb.areas) or pb.id = any(pa.areas) then 'CONTAINING_AREA' end
           when pa.id = pb.id then 'SAME_MUNICIPALITY'
           when public.globe(pa.lat, pa.lon) operator(public.<->) public.globe(pb.lat, pb.lon) <= public.chord_km(${NEAR}) or exists (
             select from area around
             where around.id = any(pa.areas) and around.id = any(pb.areas) and around.kind in ('CANTON', 'DISTRICT', 'INTERCOMMUNALITY')) then 'NEIGHBOURING_MUNICIPALITY'
         end as place,
         coalesce(extract(year from a.founded_on) = extract(year from b.founded_on), false) as same_year
       from shared_key
       join startup a on a.id = shared_key.id
       join startup b on b.id = shared_key.other
       cross join lateral (
         select replace(one, ' ', '') = replace(two, ' ', '') as same_name,
           greatest(public.similarity(one, two), public.similarity(replace(one, ' ', ''), replace(two, ' ', '')))::float8 as similarity
         from (select name_core(a.name) as one, name_core(b.name) as two offset 0) cores
       ) likeness
       join area pa on pa.id = a.territory_id
       join area pb on pb.id = b.territory_id
       where likeness.similarity >= ${LEAST_SIMILARITY}
     ), named as (
       select * from alike where place is not null
     ), found as (
       select startup_id, other_id,
         case when same_number.startup_id is not null then 1
           else round((0.32 + 0.48 * similarity + case place when 'SAME_MUNICIPALITY' then 0.15 else 0.08 end + case when same_year then 0.04 else 0 end)::numeric, 3)
         end as score,
         array_remove(array[
           case when same_number.startup_id is not null then 'SAME_REGISTER_NUMBER' end,
           case when same_name then 'SAME_NAME' when similarity is not null then 'SIMILAR_NAME' end,
           place,
           case when same_year then 'SAME_FOUNDING_YEAR' end
         ], null) as reasons
       from same_number full join named using (startup_id, other_id)
     ), gone as (
       delete from duplicate_candidate c
       where c.status = 'OPEN' and ($1::text is null or $1 in (c.startup_id, c.other_id))
         and not exists (select from found f where f.startup_id = c.startup_id and f.other_id = c.other_id)
     )
     insert into duplicate_candidate (id, startup_id, other_id, score, reasons, status)
     select md5(startup_id || ' ' || other_id)::uuid::text, startup_id, other_id, score, reasons, 'OPEN' from found
     order by startup_id, other_id -- as every writer does, so that two of them never wait for each other
     on conflict (startup_id, other_id) do update set score = excluded.score, reasons = excluded.reasons
       where duplicate_candidate.status = 'OPEN'`,
    [startup],
  );
}
