import sql, { type Sql } from 'sql-template-tag';
import type { EntityManager } from 'typeorm';
import { contradictionBetween, type Claim } from './contradiction';
import { ContradictionEntity } from './statement.entity';

const claimsWhere = (condition: Sql): Sql => sql`
  select s.id, s.kind, i.subject, s.indicator_id as "indicatorId", i.starts_from as "startsFrom", s.territory_id as "territoryId", t.areas, s.operator, s.value,
    s.stated_target as "statedTarget", s.horizon_years as "horizonYears", s.perimeter, s.source_id as "sourceId", s.year
  from statement s join indicator i on i.id = s.indicator_id join territory t on t.id = s.territory_id
  where ${condition} order by s.id`;

const claims = (manager: EntityManager, condition: Sql): Promise<Claim[]> => {
  const { text, values } = claimsWhere(condition);
  return manager.query(text, values);
};

/** Finds the rivals of all statements by rule and keeps the pairs, so that reading them costs no comparison. */
export async function deriveContradictions(manager: EntityManager): Promise<void> {
  const all = await claims(manager, sql`true`);
  await manager.query('delete from contradiction');
  await keep(manager, all.flatMap((claim) => all.map((rival) => [claim, rival] as const)));
}

/** The same for one new statement, in the transaction that writes it: it has no rival outside its own subject. */
export async function deriveFor(manager: EntityManager, statement: string): Promise<void> {
  const [mine] = await claims(manager, sql`s.id = ${statement}`);
  // Of two rivals that are written at once the second waits here, until it can see the first.
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`contradictions of ${mine!.subject}`]);
  const rivals = await claims(manager, sql`i.subject = ${mine!.subject}`);
  await keep(manager, rivals.flatMap((rival) => [[mine!, rival] as const, [rival, mine!] as const]));
}

async function keep(manager: EntityManager, compared: (readonly [Claim, Claim])[]): Promise<void> {
  const pairs = compared.flatMap(([claim, rival]) => {
    const reason = contradictionBetween(claim, rival);
    return reason === null ? [] : [{ statementId: claim.id, withId: rival.id, reason }];
  });
  if (pairs.length > 0) await manager.insert(ContradictionEntity, pairs);
}
