import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import type { Context } from '../../../shared/graphql/context';
import { checkPerson, type PersonTable } from '../../../shared/persons/persons';
import { Refusals, refuse } from '../../../shared/writing/userError';
import { write, type Transaction, type Written } from '../../../shared/writing/write';
import { checkText } from '../startup/facts';
import { isMine, lockStartup, SELF_OR_OFFICER } from '../startup/startup.rights';
import type { RecordContactInput } from './contact.type';

export const contactTable: PersonTable = { table: 'contact', subject: 'startup', subjectColumn: 'startup_id' };

/** Keeps a person to speak to. @returns the contact's id */
export function recordContact(context: Context, input: RecordContactInput): Promise<Written> {
  return write(context, { mutation: 'recordContact', input, idempotencyKey: input.idempotencyKey }, async (tx) => {
    const { id: startup } = await lockStartup(tx, input.startup, SELF_OR_OFFICER, ['input', 'startup']);
    const refusals = new Refusals();
    const { role, person } = input;
    checkText(role, ['input', 'role'], refusals);
    checkPerson(person, ['input', 'person'], tx.now, refusals);
    refusals.throwIfAny();
    const id = uuid();
    await tx.rows(sql`
      insert into contact (id, startup_id, role, name, email, basis, purpose, erase_after)
      values (${id}, ${startup}, ${role.trim()}, ${person.name.trim()}, ${person.email ?? null}, ${person.basis}, ${person.purpose.trim()}, ${person.eraseAfter})`);
    await contactsChanged(tx, startup);
    return id;
  });
}

/** Removes a person. @returns the startup's id */
export function removeContact(context: Context, { id, idempotencyKey }: { id: string; idempotencyKey: string | null | undefined }): Promise<Written> {
  return write(context, { mutation: 'removeContact', input: { id }, idempotencyKey }, async (tx) => {
    const none = () => refuse('NOT_FOUND', ['id'], `No contact of the caller's has the id ${JSON.stringify(id)}.`);
    const [found] = await tx.rows<{ startup: string }>(sql`
      select s.id as startup from contact c join startup s on s.id = c.startup_id where c.id = ${id} and ${isMine(tx.caller)}`);
    if (!found) throw none();
    await lockStartup(tx, found.startup, SELF_OR_OFFICER, ['id']);
    const [gone] = await tx.rows(sql`delete from contact where id = ${id} and startup_id = ${found.startup} returning id`);
    if (!gone) throw none();
    await contactsChanged(tx, found.startup);
    return found.startup;
  });
}

/** That they changed, never who they are. */
async function contactsChanged(tx: Transaction, id: string): Promise<void> {
  const [changed] = await tx.rows<{ version: number }>(sql`update startup set version = version + 1 where id = ${id} returning version`);
  await tx.tell({ event: 'startup changed', subject: 'startup', id, version: changed!.version, data: { fields: ['contacts'] } });
}
