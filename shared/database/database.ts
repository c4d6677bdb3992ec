import 'reflect-metadata';
import { Pool, types, type DatabaseError } from 'pg';
import type { Sql } from 'sql-template-tag';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { badInput } from '../graphql/errors';

// A date is a day on the calendar: no zone may move it.
types.setTypeParser(types.builtins.DATE, (value) => value);

/** Connections of one process to a subgraph's schema. */
const READERS = 8;
const WRITERS = 4;

/** Values that GraphQL lets through and PostgreSQL cannot hold, by its SQLSTATE. */
const cannotHold: Record<string, string> = {
  '22021': 'a text without the character NUL',
  '22P05': 'a text without the character NUL',
  '22003': 'a number of a size that PostgreSQL can hold',
  '22007': 'a day or an instant that exists',
  '22008': 'a day or an instant that PostgreSQL can hold',
};

/** The error of a statement, as the caller's mistake where it is one. */
export const statementError = (error: DatabaseError): Error => (cannotHold[error.code ?? ''] ? badInput('a value', null, cannotHold[error.code!]!) : error);

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
    // The role can read and write this schema alone: the wall between subgraphs stands in the database too.
    const options = `-c role=${roleOf(url, schema)} -c search_path=${schema},public -c timezone=UTC`;
    const applicationName = `hub ${schema}`;
    const dataSource = new DataSource({ type: 'postgres', url, schema, entities, synchronize: false, poolSize: WRITERS, applicationName, extra: { options } });
    await dataSource.initialize();
    const reads = new Pool({ connectionString: url, max: READERS, application_name: applicationName, options });
    // A connection that is lost while nobody uses it is made again for the next statement.
    reads.on('error', () => undefined);
    return new Database(dataSource, reads);
  }

  /** Rows of one statement, prepared by its text. Timestamps are `Date`, dates are `YYYY-MM-DD`. */
  async rows<Row>(statement: Sql): Promise<Row[]> {
    const text = statement.text;
    let name = this.prepared.get(text);
    if (name === undefined && this.prepared.size < 1000) this.prepared.set(text, (name = `hub${this.prepared.size}`));
    const { rows } = await this.reads.query({ name, text, values: statement.values }).catch((error: DatabaseError) => {
      throw statementError(error);
    });
    return rows as Row[];
  }

  /** Inserts entities in batches that stay below PostgreSQL's limit of 65,535 parameters. */
  async insert<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>, records: Partial<Entity>[]): Promise<void> {
    const columns = this.dataSource.getMetadata(entity).columns.length;
    const size = Math.floor(60_000 / columns);
    for (let at = 0; at < records.length; at += size) {
      await this.dataSource.createQueryBuilder().insert().into(entity).values(records.slice(at, at + size) as never).updateEntity(false).execute();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.reads.end(), this.dataSource.destroy()]);
  }
}

/** The database role that owns a subgraph's schema. Roles are the cluster's: the name of the database keeps two hubs apart. */
export const roleOf = (url: string, schema: string): string => `hub_${new URL(url).pathname.slice(1).replaceAll(/[^a-z0-9]/gi, '_')}_${schema}`.toLowerCase();
