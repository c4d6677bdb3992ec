import sql, { type Sql } from 'sql-template-tag';
import type { Transaction } from '../../../shared/writing/write';
import { proposeDuplicates } from './propose';

/**
 * Merges a record into another, both locked. What belongs to it goes over; what the other has already (a turnover of the same
 * source and year, a round of the same day and amount) stays with the old record, where it can still be read: nothing is
 * lost, and nothing counts twice. The company's status is untouched: two records became one, not two companies.
 */
export async function merge(tx: Transaction, survivor: string, loser: string): Promise<void> {
  await moveParts(tx, survivor, loser);
  const [record] = await tx.rows<{ version: number }>(uniteFacts(survivor, loser));
  // Earlier merges into the loser too: whoever follows finds the record that goes on in one step.
  const merged = await tx.rows<{ id: string; version: number }>(sql`
    update startup set merged_into = ${survivor}, version = version + 1 where ${loser} in (id, merged_into) returning id, version`);
  for (const { id, version } of merged) await tx.tell({ event: 'startup merged', subject: 'startup', id, version, data: { into: survivor } });
  await tx.tell({ event: 'startup changed', subject: 'startup', id: survivor, version: record!.version, data: { merged: loser } });
  await proposeDuplicates(tx.manager, survivor);
  await takeOverPairs(tx, survivor, loser);
}

async function moveParts(tx: Transaction, survivor: string, loser: string): Promise<void> {
  await tx.rows(sql`update register_id set startup_id = ${survivor} where startup_id = ${loser}`);
  await tx.rows(sql`update contact set startup_id = ${survivor} where startup_id = ${loser}`);
  await tx.rows(sql`
    insert into startup_activity (startup_id, position, scheme, code)
    select ${survivor}, (select coalesce(max(position), -1) from startup_activity where startup_id = ${survivor}) + row_number() over (order by position), scheme, code
    from startup_activity l
    where startup_id = ${loser} and not exists (select from startup_activity s where s.startup_id = ${survivor} and (s.scheme, s.code) = (l.scheme, l.code))`);
  await tx.rows(sql`
    update turnover l set startup_id = ${survivor} where startup_id = ${loser}
      and not exists (select from turnover s where s.startup_id = ${survivor} and (s.year, s.source_id) = (l.year, l.source_id))`);
  await tx.rows(sql`
    update funding_round l set startup_id = ${survivor} where startup_id = ${loser} and not exists (
      select from funding_round s where s.startup_id = ${survivor}
        and (s.kind, s.announced_on, s.amount, s.currency) is not distinct from (l.kind, l.announced_on, l.amount, l.currency))`);
  await tx.rows(sql`
    update stage_change l set startup_id = ${survivor} where startup_id = ${loser}
      and not exists (select from stage_change s where (s.startup_id, s.since) = (${survivor}, l.since))`);
}

/** What the loser knows and the survivor does not; where both know, the survivor's word stays. */
const uniteFacts = (survivor: string, loser: string): Sql => sql`
  update startup s set
    aliases = s.aliases || array(select distinct alias from unnest(l.name || l.aliases) alias where alias <> s.name and alias <> all(s.aliases) order by alias),
    status = coalesce(s.status, l.status),
    founded_on = coalesce(s.founded_on, l.founded_on),
    territory_id = coalesce(s.territory_id, l.territory_id),
    host_place_id = coalesce(s.host_place_id, l.host_place_id),
    website = coalesce(s.website, l.website),
    headcount = coalesce(s.headcount, l.headcount),
    technology_readiness_level = coalesce(s.technology_readiness_level, l.technology_readiness_level),
    pitches = s.pitches || (
      select coalesce(jsonb_agg(p), '[]') from jsonb_array_elements(l.pitches) p
      where not exists (select from jsonb_array_elements(s.pitches) own where own -> 'lang' = p -> 'lang')),
    technologies = s.technologies || array(select t from unnest(l.technologies) t where t <> all(s.technologies)),
    networks = s.networks || array(select n from unnest(l.networks) n where n <> all(s.networks)),
    stage = coalesce((select c.stage from stage_change c where c.startup_id = s.id order by c.since desc limit 1), s.stage, l.stage),
    provenance = s.provenance || (select coalesce(jsonb_agg(p), '[]') from jsonb_array_elements(l.provenance) p where not s.provenance @> jsonb_build_array(p)),
    version = s.version + 1
  from startup l where s.id = ${survivor} and l.id = ${loser}
  returning s.version`;

/**
 * What was found or decided of the loser and a third record holds for the survivor: it is the same company. Open pairs of the
 * loser go; its decided ones stay as they were decided.
 */
async function takeOverPairs(tx: Transaction, survivor: string, loser: string): Promise<void> {
  await tx.rows(sql`
    insert into duplicate_candidate (id, startup_id, other_id, score, reasons, status)
    select md5(startup_id || ' ' || other_id)::uuid::text, startup_id, other_id, score, reasons, status from (
      select least(${survivor}, third) as startup_id, greatest(${survivor}, third) as other_id, score, reasons, status from (
        select case when startup_id = ${loser} then other_id else startup_id end as third, score, reasons, status
        from duplicate_candidate where ${loser} in (startup_id, other_id) and status <> 'CONFIRMED'
      ) pairs
    ) taken
    where startup_id <> other_id and not exists (select from startup t where t.id in (startup_id, other_id) and t.merged_into is not null)
    order by startup_id, other_id
    on conflict (startup_id, other_id) do update set status = excluded.status
      where duplicate_candidate.status = 'OPEN' and excluded.status = 'REJECTED'`);
  await tx.rows(sql`delete from duplicate_candidate where ${loser} in (startup_id, other_id) and status = 'OPEN'`);
}
