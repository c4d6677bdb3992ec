import sql, { empty } from 'sql-template-tag';
import type { Database } from '../../shared/database/database';

export interface AuditLine {
  at: Date;
  where: string;
  partner: string | null;
  via: string | null;
  action: string;
  subjects: string[];
  result: string[];
}

/** The latest entries of one schema's audit. */
export const readAudit = (db: Database, where: string, { partner, since, first }: { partner?: string; since?: Date; first: number }): Promise<AuditLine[]> =>
  db.rows<AuditLine>(sql`
    select at, ${where}::text as "where", partner_id as partner, via, action, subjects, result from audit
    where true ${partner === undefined ? empty : sql`and partner_id = ${partner}`} ${since === undefined ? empty : sql`and at >= ${since}`}
    order by id desc limit ${first}`);
