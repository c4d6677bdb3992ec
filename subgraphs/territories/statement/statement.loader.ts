import sql, { type Sql } from 'sql-template-tag';
import { many, one } from '../../../shared/graphql/context';
import type { Listing, Page } from '../../../shared/graphql/connection';
import { observationColumns, type Observation } from '../observation/observation';
import type { ContradictionReason } from './contradiction';
import type { Statement, StatementFilter, StatementKind } from './statement.type';

export const statementColumns: Sql = sql`
  s.id, s.kind, s.indicator_id as "indicatorId", s.territory_id as "territoryId", s.operator, s.value, s.unit,
  s.stated_target as "statedTarget", s.horizon_years as "horizonYears",
  (s.stated_on + make_interval(years => s.horizon_years))::date as "dueOn",
  s.stated_by as "statedBy", s.condition, s.perimeter, s.year, i.subject, s.supersedes_id as "supersedesId", s.provenance`;

export const statementTables: Sql = sql`statement s join indicator i on i.id = s.indicator_id`;

/** The day on which a statement counts as said: the end of its year where only the year is known. */
const saidOn = sql`coalesce(s.stated_on, make_date(s.year, 12, 31))`;

export const statementById = one<Statement>(
  (ids, { db }) => db.rows(sql`select ${statementColumns} from ${statementTables} where s.id = any(${ids}::text[])`),
  ({ id }) => id,
);

export interface StatementsArgs {
  indicator?: string | undefined;
  kind?: StatementKind | undefined;
  asOf?: string | undefined;
}

export const statementsOf = ({ indicator, kind, asOf }: StatementsArgs) =>
  many<Statement>(
    (ids, { db }) =>
      db.rows(sql`
        select ${statementColumns} from ${statementTables}
        where s.territory_id = any(${ids}::text[])
          and (${indicator ?? null}::text is null or s.indicator_id = ${indicator ?? null})
          and (${kind ?? null}::text is null or s.kind = ${kind ?? null})
          and (${asOf ?? null}::date is null or ${saidOn} <= ${asOf ?? null}::date)
        order by ${saidOn}, s.id`),
    ({ territoryId }) => territoryId,
  );

export interface StatementSearch extends Page {
  filter?: StatementFilter | null | undefined;
}

export function statementsListing({ filter }: StatementSearch): Listing {
  const where: Sql[] = [];
  if (filter?.indicators) where.push(sql`s.indicator_id = any(${filter.indicators}::text[])`);
  if (filter?.territories) where.push(sql`s.territory_id = any(${filter.territories}::text[])`);
  if (filter?.kinds) where.push(sql`s.kind = any(${filter.kinds}::text[])`);
  if (filter?.sources) where.push(sql`s.source_id = any(${filter.sources}::text[])`);
  if (filter?.asOf) where.push(sql`${saidOn} <= ${filter.asOf}::date`);
  if (filter?.contradictedOnly) where.push(sql`exists (select from contradiction c where c.statement_id = s.id)`);
  return { columns: statementColumns, from: statementTables, id: sql`s.id`, where, order: { name: 'said', value: saidOn, type: 'date' } };
}

export interface ContradictionRow {
  statementId: string;
  reason: ContradictionReason;
  with: Statement;
}

/** What contradicts each statement, with the other statement whole: nothing more is read for it. */
export const contradictionsOf = many<ContradictionRow>(
  async (ids, { db }) => {
    const rows = await db.rows<Statement & { statementId: string; reason: ContradictionReason }>(sql`
      select c.statement_id as "statementId", c.reason, ${statementColumns}
      from contradiction c join ${statementTables} on s.id = c.with_id
      where c.statement_id = any(${ids}::text[]) order by s.id`);
    return rows.map(({ statementId, reason, ...rival }) => ({ statementId, reason, with: rival }));
  },
  ({ statementId }) => statementId,
);

/** Values known on a subject of objectives, of any of its indicators, where objectives were set. */
export const knownOf = many<Observation & { subject: string }>(
  (subjects, { db }) =>
    db.rows(sql`
      select i.subject, ${observationColumns}
      from indicator i join known_value o on o.indicator_id = i.id
      where i.subject = any(${subjects}::text[])
        and o.territory_id in (select s.territory_id from statement s where s.kind = 'OBJECTIVE')
      order by o.period, o.id`),
  ({ subject }) => subject,
);
