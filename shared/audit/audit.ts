import sql, { type Sql } from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import type { Caller } from '../rights/caller';
import type { Context } from '../graphql/context';

export interface AuditRecord {
  /** The mutation, or what was read. */
  action: string;
  /** Ids of the records. */
  subjects: readonly string[];
  /** `OK`, or the codes of the refusal. */
  result: readonly string[];
}

/** Statement that adds an entry to the audit. */
export const auditEntry = ({ partner, via }: Pick<Caller, 'partner' | 'via'>, { action, subjects, result }: AuditRecord): Sql => sql`
  insert into audit (id, at, partner_id, partner_name, via, action, subjects, result)
  values (${uuid()}, now(), ${partner?.id ?? null}, ${partner?.name ?? null}, ${via}, ${action}, ${subjects}::text[], ${result}::text[])`;

/** Notes that persons' data are about to be shown; to be awaited before they are. Nothing is noted where nothing was found. */
export async function auditRead({ db, caller }: Context, what: string, subjects: readonly string[]): Promise<void> {
  if (subjects.length > 0) await db.rows(auditEntry(caller, { action: `read ${what}`, subjects: [...new Set(subjects)], result: ['OK'] }));
}

/** Notes a mutation that a known caller tried without the scope for it; the public's tries are not kept. */
export async function auditRefusal({ db, caller }: Context, mutation: string): Promise<void> {
  if (caller.partner) await db.rows(auditEntry(caller, { action: mutation, subjects: [], result: ['FORBIDDEN'] }));
}
