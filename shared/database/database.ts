import 'reflect-metadata';
import { connect } from 'node:net';
import { DatabaseError, Pool, types } from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import type { Signal } from '../ending';
import { badInput, coded } from '../graphql/errors';
import { TracedClient } from './tracedClient';

// A date is a day on the calendar: no zone may move it.
types.setTypeParser(types.builtins.DATE, (value) => value);

/** Connections of one process to a subgraph's schema. */
const READERS = 8;
const WRITERS = 4;
/** How long a statement waits for a connection, and how long one of a reader or of a write may run, in milliseconds. */
const CONNECTION_WAIT = 5000;
export const LONGEST_STATEMENT = 30_000;
/** How long a server may take to end a statement that was cancelled, before its connection counts as lost, in milliseconds. */
const LOST = 3000;

/** Values that GraphQL lets through and PostgreSQL cannot hold, by its SQLSTATE. */
const cannotHold: Record<string, string> = {
  '22021': 'a text without the character NUL',
  '22P05': 'a text without the character NUL',
  '22003': 'a number of a size that PostgreSQL can hold',
  '22007': 'a day or an instant that exists',
  '22008': 'a day or an instant that PostgreSQL can hold',
};

/** PostgreSQL is not there, shuts down, starts, or takes no more connections: SQLSTATE, error of the network, or pg's own words. */
const UNAVAILABLE = /^(08...|57P0[1-3]|53300|ECONN\w+|EPIPE|ENOENT|ENOTFOUND|ETIMEDOUT)$|^(Connection terminated|timeout exceeded|Client has encountered a connection error|terminating connection)/;
/** SQLSTATE of a statement that was cancelled or ran into `statement_timeout`. */
const CANCELED = '57014';

/** Throws a failed statement's error with a code of the hub: as the caller's mistake where a value cannot be held. */
export function asMistake(error: Partial<DatabaseError>): never {
  const { code = '', message = '' } = error;
  const expected = cannotHold[code];
  if (expected) throw badInput('a value', null, expected);
  if (code === CANCELED) throw overdue();
  if (UNAVAILABLE.test(code) || UNAVAILABLE.test(message)) throw coded('DATABASE_UNAVAILABLE', 'The database does not answer at the moment.');
  throw error;
}

const overdue = () => coded('DEADLINE_EXCEEDED', 'This was not read in time.');

/** What a pool of connections tells of itself: how many it has, how many of them are idle, and how many statements wait for one. */
export type PoolState = Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>;
export type Pools = Readonly<Record<'reads' | 'writes', PoolState>>;

/** A subgraph's schema in PostgreSQL: entities for writing, plain rows for reading. */
export class Database {
  /** Statement texts by prepared name, shared by all connections; bounded, since filters combine. */
  private readonly prepared = new Map<string, string>();

  private constructor(
    /** For writes and their transactions. It has connections of its own: writes that wait for each other do not keep reads waiting. */
    readonly dataSource: DataSource,
    private readonly reads: Pool,
  ) {}

  static async open(url: string, schema: string, entities: Function[]): Promise<Database> {
    // The role can read and write this schema alone: the wall between subgraphs stands in the database too. To compile
    // statements costs more than most of them.
    const options = `-c role=${roleOf(url, schema)} -c search_path=${schema},public -c timezone=UTC -c jit=off`;
    const applicationName = `hub ${schema}`;
    const dataSource = new DataSource({ type: 'postgres', url, schema, entities, synchronize: false, poolSize: WRITERS, applicationName, connectTimeoutMS: CONNECTION_WAIT, extra: { options, Client: TracedClient } });
    await dataSource.initialize();
    // A statement of a reader is planned once, not for each of its values: planning costs more than most of them.
    const reads = new Pool({ Client: TracedClient, connectionString: url, max: READERS, application_name: applicationName, options: `${options} -c plan_cache_mode=force_generic_plan`, statement_timeout: LONGEST_STATEMENT, connectionTimeoutMillis: CONNECTION_WAIT });
    // A connection that is lost while nobody uses it is made again for the next statement.
    reads.on('error', ignore);
    // One that breaks while it is out of the pool says so by an event, and to the statement on it.
    reads.on('connect', (client) => client.on('error', ignore));
    return new Database(dataSource, reads);
  }

  /** Rows of one statement, prepared by its text. Timestamps are `Date`, dates are `YYYY-MM-DD`. */
  async rows<Row>(statement: Sql, signal?: Signal): Promise<Row[]> {
    const text = statement.text;
    let name = this.prepared.get(text);
    if (name === undefined && this.prepared.size < 1000) this.prepared.set(text, (name = `hub${this.prepared.size}`));
    const client = (await this.reads.connect().catch(asMistake)) as unknown as CancellableClient;
    if (signal?.aborted) {
      client.release();
      throw overdue();
    }
    let cancelled: Promise<void> | undefined;
    let lost: NodeJS.Timeout | undefined;
    const cancel = () => {
      if (cancelled) return;
      cancelled = cancelStatement(client);
      // A server that is gone without a word would keep the connection out of the pool for as long as the network believes in it.
      lost = setTimeout(() => client.connection.stream.destroy(), LOST);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    // A signal says no more once its request is answered, though something of it may still read.
    const longest = setTimeout(cancel, LONGEST_STATEMENT);
    let broken: Error | undefined;
    try {
      return await client.read<Row>(name, text, statement.values);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.severity === 'FATAL') broken = error as Error;
      // Its own stack tells how the answer came in, and not who asked.
      if (error instanceof Error) Error.captureStackTrace(error);
      return asMistake(error as DatabaseError);
    } finally {
      signal?.removeEventListener('abort', cancel);
      clearTimeout(longest);
      clearTimeout(lost);
      // The next statement on this connection must not be the one that is cancelled.
      await cancelled;
      client.release(broken);
    }
  }

  /** The same database for one request: what it reads is cancelled in PostgreSQL when the signal aborts. Writes go on: they are done whole, or not. */
  until(signal: Signal): Database {
    const rows: Database['rows'] = (statement) => this.rows(statement, signal);
    return Object.assign(Object.create(this) as Database, { rows });
  }

  /** Inserts entities in batches that stay below PostgreSQL's limit of 65,535 parameters. */
  async insert<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>, records: Partial<Entity>[]): Promise<void> {
    const columns = this.dataSource.getMetadata(entity).columns.length;
    const size = Math.floor(60_000 / columns);
    for (let at = 0; at < records.length; at += size) {
      await this.dataSource.createQueryBuilder().insert().into(entity).values(records.slice(at, at + size) as never).updateEntity(false).execute();
    }
  }

  get pools(): Pools {
    return { reads: this.reads, writes: (this.dataSource.driver as PostgresDriver).master as Pool };
  }

  /** Resolves where the database answers. */
  check(signal: Signal): Promise<unknown> {
    return this.rows(sql`select 1`, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.reads.end(), this.dataSource.destroy()]);
  }
}

/** What pg knows of a connection and does not declare. */
interface CancellableClient extends TracedClient {
  release(error?: Error): void;
  host: string;
  port: number;
  processID: number;
  secretKey: number;
}

const ignore = () => undefined;

/**
 * Has PostgreSQL end the statement that a connection runs, by the protocol's request for it: it needs no connection of the
 * pool, which may be exhausted just then. Resolves when the server has taken it, or cannot.
 */
function cancelStatement({ host, port, processID, secretKey }: CancellableClient): Promise<void> {
  const request = Buffer.alloc(16);
  [16, 80_877_102, processID, secretKey].forEach((word, at) => request.writeInt32BE(word, at * 4));
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('error', ignore).on('close', () => resolve()).resume().end(request);
  });
}

/** The database role that owns a subgraph's schema. Roles are the cluster's: the name of the database keeps two hubs apart. */
export const roleOf = (url: string, schema: string): string => `hub_${new URL(url).pathname.slice(1).replaceAll(/[^a-z0-9]/gi, '_')}_${schema}`.toLowerCase();
