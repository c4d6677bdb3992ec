import sql, { raw, type Sql } from 'sql-template-tag';
import { Field, InputType, registerEnumType } from 'type-graphql';
import type { Database } from '../database/database';
import { DateScalar } from '../graphql/scalars';
import { auditEntry } from '../audit/audit';
import type { Refusals } from '../writing/userError';
import { THE_HUB, transactionOf, type Transaction } from '../writing/write';

// Persons stand in tables of their own, each row with why it may be kept and until when: leaving them out of a record, of its
// history and of what others follow is then a matter of deleting rows.

/** Why a person's data may be kept: article 6(1) of the GDPR, points a, b, f and e. */
export enum LawfulBasis {
  CONSENT = 'CONSENT',
  CONTRACT = 'CONTRACT',
  LEGITIMATE_INTEREST = 'LEGITIMATE_INTEREST',
  PUBLIC_TASK = 'PUBLIC_TASK',
}
registerEnumType(LawfulBasis, {
  name: 'LawfulBasis',
  description: 'Why a person’s data may be kept: article 6(1) of the General Data Protection Regulation.',
  valuesConfig: {
    CONSENT: { description: 'The person agreed: point a.' },
    CONTRACT: { description: 'Needed for a contract with the person: point b.' },
    LEGITIMATE_INTEREST: { description: 'A legitimate interest of the partner: point f.' },
    PUBLIC_TASK: { description: 'A task in the public interest: point e.' },
  },
});

/** A table of persons. Its columns `id`, `name`, `email`, `basis`, `purpose` and `erase_after` are those of every such table. */
export interface PersonTable {
  table: string;
  /** What the person is known for: `startup`, `application`. */
  subject: string;
  /** Column with the id of that. */
  subjectColumn: string;
}

/** A person as a partner gives it. */
@InputType({ description: 'A person, with why the data may be kept and until when.' })
export class PersonInput {
  @Field(() => String, { description: 'First and last name.' }) name: string;
  @Field(() => String, { nullable: true, description: 'Address for e-mail.' }) email?: string | null;
  @Field(() => LawfulBasis, { description: 'Why the data may be kept.' }) basis: LawfulBasis;
  @Field(() => String, { description: 'What the data are kept for, in the words that the person was told.' }) purpose: string;
  @Field(() => DateScalar, { description: 'Day after which the hub erases them by itself; within ten years.' }) eraseAfter: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MOST_YEARS = 10;

/** Checks a person's data; says all that is wrong with them. */
export function checkPerson(person: PersonInput, path: readonly string[], now: Date, refusals: Refusals): void {
  const wrong = (field: string, message: string) => refusals.add('INVALID_VALUE', [...path, field], message);
  if (!person.name.trim() || person.name.length > 200) wrong('name', `A name of ${person.name.trim().length} characters was given, expected 1 to 200.`);
  if (person.email != null && (person.email.length > 320 || !EMAIL.test(person.email))) wrong('email', 'Expected an address such as "name@example.org", at most 320 characters.');
  if (!person.purpose.trim() || person.purpose.length > 1000) wrong('purpose', 'Expected what the data are kept for, as the person was told, in at most 1000 characters.');
  const today = now.toISOString().slice(0, 10);
  const latest = `${Number(today.slice(0, 4)) + MOST_YEARS}${today.slice(4)}`;
  if (person.eraseAfter < today || person.eraseAfter > latest) wrong('eraseAfter', `${person.eraseAfter} was given, expected a day from ${today} to ${latest}.`);
}

/** A person as it names itself: not everybody gave an address. Case does not matter. */
export type WhichPerson = { email: string } | { name: string };

const isPerson = (which: WhichPerson): Sql => ('email' in which ? sql`lower(email) = lower(${which.email})` : sql`lower(name) = lower(${which.name})`);

/** All that the tables keep of a person, by table; noted in the audit. */
export async function exportPersons(db: Database, tables: readonly PersonTable[], which: WhichPerson): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {};
  for (const { table, subjectColumn } of tables) {
    const records = await db.rows<Record<string, unknown>>(sql`select * from ${raw(table)} where ${isPerson(which)} order by id`);
    if (records.length === 0) continue;
    found[table] = records;
    await db.rows(auditEntry({ partner: null, via: 'operator' }, { action: 'export persons', subjects: records.map((record) => String(record[subjectColumn])), result: ['OK'] }));
  }
  return found;
}

/**
 * Erases persons, also where the reason of a step names them, and notes that it was done without saying who they were.
 * @param which those of a name or with an e-mail address, or those whose day is over
 * @returns how many rows went
 */
export async function erasePersons(db: Database, tables: readonly PersonTable[], which: WhichPerson | { before: Date }, by: 'operator' | 'schedule'): Promise<number> {
  return db.dataSource.transaction(async (manager) => {
    const transaction = transactionOf(manager, THE_HUB, new Date());
    const condition = 'before' in which ? sql`erase_after < ${which.before}::timestamptz::date` : isPerson(which);
    const subjects: string[] = [];
    for (const { table, subject, subjectColumn } of tables) {
      const gone = await transaction.rows<{ id: string; subject: string; name: string; email: string | null }>(sql`delete from ${raw(table)} where ${condition} returning id, ${raw(subjectColumn)} as subject, name, email`);
      // A name of one word could be any word.
      const words = gone.flatMap(({ name, email }) => [...(/\S\s+\S/.test(name.trim()) ? [name.trim()] : []), ...(email === null ? [] : [email])]);
      await eraseWords(transaction, 'history', 'reason', words);
      // The hash of an input that held the person could be found again by whoever knows it.
      await transaction.rows(sql`delete from idempotency where subject_id = any(${gone.flatMap((one) => [one.id, one.subject])}::text[])`);
      for (const one of gone) await transaction.tell({ event: `${table} erased`, subject, id: one.subject });
      subjects.push(...gone.map((one) => one.subject));
    }
    if (subjects.length > 0) await transaction.rows(auditEntry({ partner: null, via: by }, { action: 'erase persons', subjects, result: ['OK'] }));
    return subjects.length;
  });
}

/** Blanks the texts that hold one of the words, as whole words. */
async function eraseWords({ rows }: Transaction, table: string, column: string, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  const patterns = words.map((word) => `(^|\\W)${word.replaceAll(/[^\p{L}\p{N}]/gu, (sign) => `\\${sign}`)}(\\W|$)`);
  await rows(sql`update ${raw(table)} set ${raw(column)} = '[erased]' where ${raw(column)} ~* any(${patterns}::text[])`);
}
