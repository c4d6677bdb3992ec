import { createHash } from 'node:crypto';
import type { DatabaseError } from 'pg';
import type { EntityManager } from 'typeorm';
import sql, { type Sql } from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import { statementError } from '../database/database';
import type { Context } from '../graphql/context';
import type { Caller } from '../rights/caller';
import { auditEntry } from './audit';
import { refuse, Refused, type UserError } from './userError';

export interface Write {
  /** The mutation's name. */
  mutation: string;
  /** Its arguments: what the same idempotency key must come with again. */
  input: object;
  /** The caller's own key for this write; remembered for 30 days. */
  idempotencyKey?: string | null | undefined;
}

/** What a mutation answers with. */
export interface Written {
  /** Id of the record, null where there is none to show. */
  id: string | null;
  userErrors: UserError[];
}

/** Takes part in one write: what it does is kept as a whole or not at all. */
export interface Transaction {
  /** For entities, see TypeORM. */
  manager: EntityManager;
  caller: Caller;
  /** The instant that the whole write calls "now": when it began. */
  now: Date;
  rows<Row>(statement: Sql): Promise<Row[]>;
  /** Notes a step in a record's life, in its history and for those who follow. */
  step(step: Step): Promise<void>;
  /** Tells those who follow of a change that is no step. Never a person's data. */
  tell(event: Event): Promise<void>;
}

export interface Step {
  subject: string;
  id: string;
  version: number;
  from: string | null;
  to: string;
  reason?: string | null | undefined;
  /** When it took place, where that is not now. */
  at?: Date | undefined;
}

export interface Event {
  /** Past tense: `startup changed`. */
  event: string;
  subject: string;
  id: string;
  version?: number | null;
  data?: object;
}

/**
 * Does one write in one transaction, once for its idempotency key, with its audit.
 * @param work returns the id of the record; throws `Refused` to end it without a trace in the records. It reads and
 *   writes through the transaction alone: a connection more, asked for by many at once, could wait for ever.
 */
export async function write(context: Context, { mutation, input, idempotencyKey }: Write, work: (transaction: Transaction) => Promise<string>): Promise<Written> {
  const { db, caller } = context;
  try {
    const id = await db.dataSource.transaction(async (manager) => {
      const transaction = transactionOf(manager, caller, new Date());
      if (idempotencyKey != null) {
        const earlier = await claim(transaction, mutation, idempotencyKey, input);
        if (earlier) {
          await transaction.rows(auditEntry(caller, { action: mutation, subjects: [earlier], result: ['REPEATED'] }));
          return earlier;
        }
      }
      const subject = await work(transaction);
      if (idempotencyKey != null) {
        await transaction.rows(sql`update idempotency set subject_id = ${subject} where (partner_id, mutation, key) = (${partnerOf(caller)}, ${mutation}, ${idempotencyKey})`);
      }
      await transaction.rows(auditEntry(caller, { action: mutation, subjects: [subject], result: ['OK'] }));
      return subject;
    });
    return { id, userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const subjects = [error.subject ?? (input as { id?: unknown }).id].filter((id) => typeof id === 'string');
    await db.rows(auditEntry(caller, { action: mutation, subjects, result: error.userErrors.map(({ code }) => code) }));
    return { id: error.subject, userErrors: error.userErrors };
  } finally {
    // What the request had read before may be another now.
    context.forget();
  }
}

const partnerOf = ({ partner }: Caller): string => partner?.id ?? '';

/** The record that the key's first write answered with; undefined for a first write. Waits for one that is under way. */
async function claim({ rows, caller, now }: Transaction, mutation: string, key: string, input: object): Promise<string | undefined> {
  if (key.length < 1 || key.length > 200) throw refuse('INVALID_VALUE', ['idempotencyKey'], `A key of ${key.length} characters was given, expected 1 to 200.`);
  const hash = createHash('sha256').update(JSON.stringify(sorted(input))).digest('hex');
  const [claimed] = await rows(sql`
    insert into idempotency (partner_id, mutation, key, input_hash, at) values (${partnerOf(caller)}, ${mutation}, ${key}, ${hash}, ${now})
    on conflict do nothing returning key`);
  if (claimed) return undefined;
  const [first] = await rows<{ input_hash: string; subject_id: string }>(sql`
    select input_hash, subject_id from idempotency where (partner_id, mutation, key) = (${partnerOf(caller)}, ${mutation}, ${key})`);
  if (first!.input_hash !== hash) throw refuse('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], 'The key came before with another input: use a new one for another write.');
  return first!.subject_id;
}

/** Equal data, whatever the order of their fields, and with or without those that are absent. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one != null).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]));
}

/** Who moves records when nobody does: their dates. */
export const THE_HUB: Caller = { partner: null, via: null, scopes: [], grants: [] };

export function transactionOf(manager: EntityManager, caller: Caller, now: Date): Transaction {
  const transaction: Transaction = {
    manager,
    caller,
    now,
    async rows(statement) {
      const { records } = await manager.queryRunner!.query(statement.text, statement.values, true).catch((error: DatabaseError) => {
        throw statementError(error);
      });
      return records as never;
    },
    async step({ subject, id, version, from, to, reason, at }) {
      const { partner } = caller;
      await transaction.rows(sql`
        insert into history (subject, id, version, at, from_state, to_state, by_id, by_name, reason)
        values (${subject}, ${id}, ${version}, coalesce(${at ?? null}::timestamptz, clock_timestamp()), ${from}, ${to}, ${partner?.id ?? null}, ${partner?.name ?? 'the hub'}, ${reason ?? null})`);
      await transaction.tell({ event: from === null ? `${subject} begun` : `${subject} moved`, subject, id, version, data: { from, to } });
    },
    async tell({ event, subject, id, version, data }) {
      await transaction.rows(sql`
        insert into outbox (id, at, event, subject, subject_id, version, data)
        values (${uuid()}, ${now}, ${event}, ${subject}, ${id}, ${version ?? null}, ${JSON.stringify(data ?? {})})`);
    },
  };
  return transaction;
}
