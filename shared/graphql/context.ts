import { setTimeout as pause } from 'node:timers/promises';
import DataLoader from 'dataloader';
import type { Sql } from 'sql-template-tag';
import type { Database } from '../database/database';
import { MOST_TOGETHER, rowsOfEach } from '../database/together';
import type { Signal } from '../ending';
import type { Caller } from '../rights/caller';
import { badInput, coded } from './errors';
import type { Lang } from './text';

/** Header of a fetch over the network: how many milliseconds are left of the operation. An instant would need equal clocks. */
export const TIME_LEFT = 'x-hub-time-left';

/** How often, and milliseconds apart, a record is looked for that may be about to arrive. */
const LOOKS = 20;
const PAUSE = 100;

/**
 * Values for keys, dense and in the order asked, from one SQL statement.
 * Made by `one`, `many` or `byKey`; a module's constant, so that a request has one DataLoader of it.
 */
export type Batch<Key, Value> = (keys: readonly Key[], context: Context) => Promise<ArrayLike<Value | Error>>;

export interface ContextParts {
  db: Database;
  langs: readonly Lang[];
  caller: Caller;
  /** Aborts when nobody waits for the answer any more: its reading ends. */
  signal?: Signal;
  now?: Date;
  /** Fetches now what other subgraphs have changed; whether there is more, held back by an older transaction. */
  refreshCopies?: () => Promise<boolean>;
}

/** What a request carries through a subgraph. */
export class Context {
  private readonly loaders = new Map<unknown, unknown>();
  readonly db: Database;
  /** The reader's languages by preference. */
  readonly langs: readonly Lang[];
  readonly caller: Caller;
  private instant: Date;
  private readonly refreshCopies: () => Promise<boolean>;

  constructor({ db, langs, caller, signal, now = new Date(), refreshCopies = () => Promise.resolve(false) }: ContextParts) {
    this.db = signal ? db.until(signal) : db;
    this.langs = langs;
    this.caller = caller;
    this.instant = now;
    this.refreshCopies = refreshCopies;
  }

  /** The instant that the whole request calls "now", up to a write: what is read after it is read at a new one. */
  get now(): Date {
    return this.instant;
  }

  /** Loads one value; keys asked in the same tick share a batch. */
  load<Value>(batch: Batch<string, Value>, key: string): Promise<Value> {
    let loader = this.loaders.get(batch) as DataLoader<string, Value> | undefined;
    if (!loader) this.loaders.set(batch, (loader = new DataLoader((keys) => batch(keys, this))));
    return loader.load(key);
  }

  /**
   * As `load`, for a field with arguments: keys that come with equal arguments share a batch.
   * @param args plain data; its JSON tells whether two are equal
   */
  loadWith<Args, Value>(make: (args: Args) => Batch<string, Value>, args: Args, key: string): Promise<Value> {
    return this.load(this.batchWith(make, args), key);
  }

  /** The batch of `loadWith`, for whoever is to share it. */
  batchWith<Args, Value>(make: (args: Args) => Batch<string, Value>, args: Args): Batch<string, Value> {
    let known = this.loaders.get(make) as Map<unknown, Batch<string, Value>> | undefined;
    if (!known) this.loaders.set(make, (known = new Map()));
    // Columns that an operation asks for are the same list for each of its objects.
    const same = Array.isArray(args) ? known.get(args) : undefined;
    if (same) return same;
    const signature = JSON.stringify(args);
    let batch = known.get(signature);
    if (!batch) known.set(signature, (batch = make(args)));
    if (Array.isArray(args)) known.set(args, batch);
    return batch;
  }

  /** Rows of a statement that never takes long; those of a tick that differ in their values alone go together. */
  rowsTogether<Row>(statement: Sql): Promise<Row[]> {
    const { text } = statement;
    let loader = this.loaders.get(text) as DataLoader<Sql, Row[]> | undefined;
    if (!loader) this.loaders.set(text, (loader = new DataLoader((statements) => rowsOfEach<Row>(statements, this.db), { cache: false, maxBatchSize: MOST_TOGETHER })));
    return loader.load(statement);
  }

  /**
   * Loads a record of another subgraph from its copy here; where it is not there, looks whether it is new.
   * What its owner has just written may wait for an older transaction, for which this waits a little.
   */
  async loadCopy<Value>(batch: Batch<string, Value>, key: string): Promise<Value> {
    const found = await this.load(batch, key);
    if (found !== null) return found;
    for (let looks = 1; ; looks++) {
      const held = await this.refreshCopies().catch(() => {
        // Not "there is none": its owner may know it.
        throw coded('SUBGRAPH_UNAVAILABLE', 'Whether this exists cannot be found out at the moment: the subgraph that would know does not answer.');
      });
      (this.loaders.get(batch) as DataLoader<string, Value> | undefined)?.clear(key);
      const fetched = await this.load(batch, key);
      if (fetched !== null || !held) return fetched;
      if (looks === LOOKS) throw coded('SUBGRAPH_UNAVAILABLE', 'Whether this exists cannot be found out at the moment: something that is being written holds the news back. Try again.');
      await pause(PAUSE);
    }
  }

  /** Forgets what was loaded: a write may have changed it, and another one that it waited for may be later than the request. */
  forget(): void {
    this.loaders.clear();
    this.instant = new Date();
  }
}

/** One row a key, null where none has it. */
export function one<Row>(read: (keys: readonly string[], context: Context) => Promise<Row[]>, keyOf: (row: Row) => string): Batch<string, Row | null> {
  return async (keys, context) => {
    const found = new Map((await read(keys, context)).map((row) => [keyOf(row), row]));
    return keys.map((key) => found.get(key) ?? null);
  };
}

/**
 * A check that refuses ids which nothing has, by the name of their argument.
 * @param what completes the sentence "expected …"
 */
export const requireEach =
  (batch: Batch<string, unknown>, what: string) =>
  async (argument: string, ids: readonly string[], context: Context): Promise<void> => {
    const found = await Promise.all(ids.map((id) => context.load(batch, id)));
    const missing = ids.find((_, at) => !found[at]);
    if (missing !== undefined) throw badInput(argument, missing, what);
  };

/** All rows of a key in the order in which they were read, an empty list where there are none. */
export function many<Row>(read: (keys: readonly string[], context: Context) => Promise<Row[]>, keyOf: (row: Row) => string): Batch<string, Row[]> {
  return async (keys, context) => {
    const found = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of await read(keys, context)) found.get(keyOf(row))?.push(row);
    return keys.map((key) => found.get(key) ?? []);
  };
}
