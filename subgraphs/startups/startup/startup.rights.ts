import sql, { type Sql } from 'sql-template-tag';
import { inside } from '../../../shared/areas/areas';
import { aboutOf, type Caller } from '../../../shared/rights/caller';
import type { Role } from '../../../shared/rights/rights';
import { refuse } from '../../../shared/writing/userError';
import type { Transaction } from '../../../shared/writing/write';
import { startupColumns } from './startup.columns';
import type { Startup } from './startup.type';

/** SQL: whether the caller is the startup `s`; a role about a record that was merged is one about the record that goes on. */
function actsFor(caller: Caller): Sql {
  const own = aboutOf(caller, 'STARTUP');
  return sql`(s.id = any(${own}::text[]) or exists (select from startup m where m.merged_into = s.id and m.id = any(${own}::text[])))`;
}

/** SQL: whether the startup `s` has its seat in a territory of which the caller is an officer. */
const oversees = (caller: Caller): Sql => inside(sql`s.territory_id`, sql`${aboutOf(caller, 'TERRITORY_OFFICER')}::text[]`);

/** SQL condition: the caller may read and write what the startup `s` keeps to itself. */
export const isMine = (caller: Caller): Sql => sql`(${actsFor(caller)} or ${oversees(caller)})`;

export interface LockedStartup extends Startup {
  /** The roles that the caller has about it, of those that may write. */
  roles: Role[];
}

/**
 * A startup that is about to be written, locked until the end of the transaction. Refuses one that is not there, not the
 * caller's, or merged.
 * @param writers roles that may do it
 * @param path where its id stands in the arguments
 */
export async function lockStartup(tx: Transaction, id: string, writers: readonly Role[], path: readonly string[]): Promise<LockedStartup> {
  const [found] = await tx.rows<LockedStartup>(sql`
    select ${startupColumns.select(startupColumns.all)},
      array_remove(array[case when ${actsFor(tx.caller)} then 'STARTUP' end, case when ${oversees(tx.caller)} then 'TERRITORY_OFFICER' end], null) as roles
    from startup s where s.id = ${id} for no key update of s`);
  if (!found) throw refuse('NOT_FOUND', path, `No startup has the id ${JSON.stringify(id)}.`);
  const roles = found.roles.filter((role) => writers.includes(role));
  if (roles.length === 0) throw refuse('FORBIDDEN', path, 'The startup is not one that this caller may write so.', id);
  if (found.mergedIntoId) throw refuse('INVALID_VALUE', path, `The record was merged into ${found.mergedIntoId}: expected that id.`, id);
  return { ...found, roles };
}

/** Those whose word counts for what a startup says of itself. */
export const SELF_OR_OFFICER = ['STARTUP', 'TERRITORY_OFFICER'] as const satisfies Role[];
