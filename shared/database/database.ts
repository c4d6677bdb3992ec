import 'reflect-metadata';
import { types, type DatabaseError, type Pool } from 'pg';
import type { Sql } from 'sql-template-tag';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { badInput } from '../graphql/errors';

// A date is a day on the calendar: no zone may move it.
types.setTypeParser(types.builtins.DATE, (value) => value);

/** Values that GraphQL lets through and PostgreSQL cannot hold, by its SQLSTATE. */
const cannotHold: Record<string, string> = {
  '22021': 'a text without the character NUL',
  '22003': 'a number of a size that PostgreSQL can hold',
  '22007': 'a day or an instant that exists',
  '22008': 'a day or an instant that PostgreSQL can hold',
};

/** A subgraph's schema in PostgreSQL: entities for writing, plain rows for reading. */
export class Database {
  /** Statement texts by prepared name, shared by all connections; bounded, since filters combine. */
  private readonly prepared = new Map<string, string>();

  private constructor(readonly dataSource: DataSource) {}

  static async open(url: string, schema: string, entities: Function[], connections = 10): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      url,
      schema,
      entities,
      synchronize: false,
      poolSize: connections,
      applicationName: `hub ${schema}`,
      // The role can read and write this schema alone: the wall between subgraphs stands in the database too.
      extra: { options: `-c role=${roleOf(url, schema)} -c search_path=${schema},public -c timezone=UTC` },
    });
    return new Database(await dataSource.initialize());
  }

  /** Rows of one statement, prepared by its text. Timestamps are `Date`, dates are `YYYY-MM-DD`. */
  async rows<Row>(statement: Sql): Promise<Row[]> {
    const text = statement.text;
    let name = this.prepared.get(text);
    if (name === undefined && this.prepared.size < 1000) this.prepared.set(text, (name = `hub${this.prepared.size}`));
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    const { rows } = await pool.query({ name, text, values: statement.values }).catch((error: DatabaseError) => {
      throw cannotHold[error.code ?? ''] ? badInput('a value', null, cannotHold[error.code!]!) : error;
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

  close(): Promise<void> {
    return this.dataSource.destroy();
  }
}

/** The database role that owns a subgraph's schema. Roles are the cluster's: the name of the database keeps two hubs apart. */
export const roleOf = (url: string, schema: string): string => `hub_${new URL(url).pathname.slice(1).replaceAll(/[^a-z0-9]/gi, '_')}_${schema}`.toLowerCase();
