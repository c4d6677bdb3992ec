import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import sql, { type Sql } from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import { asMistake, LONGEST_STATEMENT } from '../database/database';
import type { Context } from '../graphql/context';
import type { Caller } from '../rights/caller';
import { auditEntry } from '../audit/audit';
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
  /** As `step`, for many at once. */
  steps(steps: readonly Step[]): Promise<void>;
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
      // A write that waits for another must not keep its connection for ever; chores and seeds on the same pool may take long.
      await manager.query(`set local statement_timeout = ${LONGEST_STATEMENT}`);
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
    const subjects = error instanceof Refused && error.subject !== null ? [error.subject] : idsIn(input);
    const result = error instanceof Refused ? error.userErrors.map(({ code }) => code) : ['ERROR'];
    const noted = db.rows(auditEntry(caller, { action: mutation, subjects, result }));
    // What went wrong goes before that it could not be noted.
    if (!(error instanceof Refused)) return noted.then(() => asMistake(error as { code?: string }), () => asMistake(error as { code?: string }));
    await noted;
    return { id: error.subject, userErrors: error.userErrors };
  } finally {
    // What the request had read before may be another now.
    context.forget();
  }
}

/** Ids of the records that a refused input names. The audit is kept for ever: what does not look like an id stays out of it. */
const idsIn = (input: object): string[] =>
  ['id', 'application', 'startup', 'challenge', 'edition', 'employer'].flatMap((name) => {
    const id = (input as Record<string, unknown>)[name];
    return typeof id === 'string' && /^[\w.:-]{1,80}$/.test(id) ? [id] : [];
  });

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

/** Equal data, whatever the order of their fields; null is another input than an absent field: it may clear a value. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]));
}

/** Who moves records when nobody does: their dates. */
export const THE_HUB: Caller = { partner: null, via: null, scopes: [], grants: [] };

export function transactionOf(manager: EntityManager, caller: Caller, now: Date): Transaction {
  const tellAll = async (events: readonly Event[]): Promise<void> => {
    await transaction.rows(sql`
      insert into outbox (id, at, event, subject, subject_id, version, data)
      select "eventId", ${now}::timestamptz, event, subject, id, version, data
      from jsonb_to_recordset(${JSON.stringify(events.map((event) => ({ data: {}, ...event, eventId: uuid() })))}::jsonb)
        as r("eventId" text, event text, subject text, id text, version int, data jsonb)`);
  };
  const transaction: Transaction = {
    manager,
    caller,
    now,
    rows: async (statement) => (await manager.queryRunner!.query(statement.text, statement.values, true)).records as never,
    step: (step) => transaction.steps([step]),
    async steps(steps) {
      const { partner } = caller;
      await transaction.rows(sql`
        insert into history (subject, id, version, at, from_state, to_state, by_id, by_name, reason)
        select subject, id, version, coalesce(at, clock_timestamp()), "from", "to", ${partner?.id ?? null}, ${partner?.name ?? 'the hub'}, reason
        from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as r(subject text, id text, version int, at timestamptz, "from" text, "to" text, reason text)`);
      await tellAll(steps.map(({ subject, id, version, from, to }) => ({ event: from === null ? `${subject} begun` : `${subject} moved`, subject, id, version, data: { from, to } })));
    },
    tell: (event) => tellAll([event]),
  };
  return transaction;
}
