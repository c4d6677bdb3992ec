import sql, { type Sql } from 'sql-template-tag';
import type { Batch, Context } from '../../../shared/graphql/context';
import { auditRead } from '../../../shared/audit/audit';
import { isMine } from '../startup/startup.rights';
import type { Contact } from './contact.type';

type ContactOf = Contact & { startupId: string };

/** A row for each contact, and one without for a startup of the caller's that has none; those whose day is over are erased soon, and not shown. */
const read = ({ db, caller, now }: Context, where: Sql): Promise<(ContactOf | { startupId: string; id: null })[]> =>
  db.rows(sql`
    select s.id as "startupId", c.id, c.name, c.role, c.email, c.basis, c.purpose, c.erase_after as "eraseAfter"
    from startup s left join contact c on c.startup_id = s.id and c.erase_after >= ${now}::timestamptz::date
    where ${where} and ${isMine(caller)} order by c.id`);

const isContact = (row: ContactOf | { id: null }): row is ContactOf => row.id !== null;

const note = (context: Context, contacts: readonly ContactOf[]): Promise<void> => auditRead(context, 'contacts', contacts.map(({ startupId }) => startupId));

/** Contacts of a startup, oldest first; null where they are not the caller's to read. */
export const contactsOf: Batch<string, Contact[] | null> = async (ids, context) => {
  const rows = await read(context, sql`s.id = any(${ids}::text[])`);
  const contacts = rows.filter(isContact);
  await note(context, contacts);
  const mine = new Set(rows.map(({ startupId }) => startupId));
  return ids.map((id) => (mine.has(id) ? contacts.filter(({ startupId }) => startupId === id) : null));
};

/** A contact by id, null where it is not the caller's to read. */
export const contactById: Batch<string, Contact | null> = async (ids, context) => {
  const contacts = (await read(context, sql`c.id = any(${ids}::text[])`)).filter(isContact);
  await note(context, contacts);
  return ids.map((id) => contacts.find((contact) => contact.id === id) ?? null);
};
