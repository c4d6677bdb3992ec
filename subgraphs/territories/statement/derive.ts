import type { EntityManager } from 'typeorm';
import { contradictionBetween, type Claim } from './contradiction';
import { ContradictionEntity } from './statement.entity';

/**
 * Finds the rivals of statements by rule and keeps the pairs, so that reading them costs no comparison. Run in the
 * transaction that writes the statements.
 * @param subject restricts the work to one subject: a new statement has no rival outside its own
 */
export async function deriveContradictions(manager: EntityManager, subject: string | null = null): Promise<void> {
  const claims: Claim[] = await manager.query(
    `select s.id, s.kind, i.subject, s.indicator_id as "indicatorId", i.starts_from as "startsFrom", s.territory_id as "territoryId", t.areas, s.operator, s.value,
            s.stated_target as "statedTarget", s.horizon_years as "horizonYears", s.perimeter, s.source_id as "sourceId", s.year
     from statement s join indicator i on i.id = s.indicator_id join territory t on t.id = s.territory_id
     where $1::text is null or i.subject = $1
     order by s.id`,
    [subject],
  );
  const pairs = claims.flatMap((claim) =>
    claims.flatMap((rival) => {
      const reason = contradictionBetween(claim, rival);
      return reason === null ? [] : [{ statementId: claim.id, withId: rival.id, reason }];
    }),
  );
  await manager.query('delete from contradiction where statement_id = any($1)', [claims.map(({ id }) => id)]);
  if (pairs.length > 0) await manager.insert(ContradictionEntity, pairs);
}
