import sql from 'sql-template-tag';
import type { Context } from '../../../shared/graphql/context';
import { requireMove } from '../../../shared/writing/life';
import { refuse } from '../../../shared/writing/userError';
import { write, type Written } from '../../../shared/writing/write';
import { duplicateLife } from './duplicate.life';
import { DuplicateStatus } from './duplicate.type';
import { merge } from './merge';

/** Decides whether two records are the same company. Answers with the record that goes on: of two companies, the older one's. */
export function resolveDuplicate(context: Context, { id, same, idempotencyKey }: { id: string; same: boolean; idempotencyKey: string | null | undefined }): Promise<Written> {
  return write(context, { mutation: 'resolveDuplicate', input: { id, same }, idempotencyKey }, async (tx) => {
    // One decision after the other: each may change which records the next one is about.
    await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('startup duplicates', 0))`);
    // Of a record that was merged meanwhile, the one that goes on. Ids of records that are younger in the hub are greater.
    const [pair] = await tx.rows<{ older: string; younger: string }>(sql`
      select least(a, b) as older, greatest(a, b) as younger
      from duplicate_candidate d join startup s on s.id = d.startup_id join startup o on o.id = d.other_id
      cross join lateral (select coalesce(s.merged_into, s.id) as a, coalesce(o.merged_into, o.id) as b) goes_on
      where d.id = ${id}`);
    const none = () => refuse('NOT_FOUND', ['id'], `No pair has the id ${JSON.stringify(id)}, or it is one no more since its records changed.`);
    if (!pair) throw none();
    const { older, younger } = pair;
    // Records before pairs, as every writer locks them.
    await tx.rows(sql`select from startup where id in (${older}, ${younger}) order by id for no key update`);
    const [decided] = await tx.rows<{ status: DuplicateStatus }>(sql`select status from duplicate_candidate where id = ${id} for update`);
    if (!decided) throw none();
    const to = same ? DuplicateStatus.CONFIRMED : DuplicateStatus.REJECTED;
    requireMove(duplicateLife, decided.status, to, ['STEWARD'], null, ['same'], older);
    await tx.rows(sql`update duplicate_candidate set status = ${to} where id = ${id}`);
    // Open at 1, decided at 2: a pair has no further step.
    await tx.step({ subject: duplicateLife.subject, id, version: 2, from: decided.status, to });
    if (same && older !== younger) await merge(tx, older, younger);
    return older;
  });
}
