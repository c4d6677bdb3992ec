import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type DatabaseError } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Explained } from '../failure';
import { root } from '../root';
import { roleOf } from './database';

/** A database that the hub cannot use; the message says why and what to do, and never holds the password. */
export class DatabaseUnusable extends Explained {}

/** Brings one subgraph's schema to the newest migration: extensions, role, schema, then the numbered SQL files. */
export async function prepareSchema(url: string, schema: string, migrationFolder: string): Promise<void> {
  await bootstrap(url, schema);
  await migrate(url, schema, migrationFolder);
}

async function bootstrap(url: string, schema: string): Promise<void> {
  const role = roleOf(url, schema);
  const client = new Client({ connectionString: url, application_name: `hub ${schema} migrations`, connectionTimeoutMillis: 10_000 });
  await client.connect().catch((error: DatabaseError) => {
    throw unusable(url, error);
  });
  try {
    const version = Number((await client.query<{ server_version_num: string }>('show server_version_num')).rows[0]!.server_version_num);
    if (version < 150_000) {
      throw new DatabaseUnusable(`${place(url)} is PostgreSQL ${Math.floor(version / 10_000)}; the hub needs 15 or newer.`);
    }
    // Two processes that start at once wait for each other here.
    await client.query(`select pg_advisory_lock(hashtext('sillon-lorrain hub'))`);
    await client.query(readFileSync(join(root, 'shared/database/bootstrap.sql'), 'utf8'));
    await client.query(`do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`);
    // Since PostgreSQL 16 the maker of a role is a member that may not SET it. Who may not grant it was granted it by its maker.
    await client.query(`do $$ begin execute format('grant ${role} to %I', current_user); exception when insufficient_privilege then null; end $$`);
    await client.query(`create schema if not exists ${schema} authorization ${role}`);
    await client.query(`set role ${role}; set search_path = ${schema}, public`);
    await client.query(readFileSync(join(root, 'shared/database/schema.sql'), 'utf8'));
  } catch (error) {
    throw error instanceof DatabaseUnusable ? error : unusable(url, error as DatabaseError);
  } finally {
    await client.end();
  }
}

async function migrate(url: string, schema: string, folder: string): Promise<void> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql')).sort();
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    schema,
    migrations: files.map((file) => migrationOf(join(folder, file), file)),
    migrationsTransactionMode: 'each',
    poolSize: 1,
    extra: { options: `-c role=${roleOf(url, schema)} -c search_path=${schema},public` },
  });
  try {
    await dataSource.initialize();
    await dataSource.query('select pg_advisory_lock(hashtext($1))', [schema]);
    await dataSource.runMigrations();
  } catch (error) {
    const { message } = error as Error;
    throw new DatabaseUnusable(`The schema "${schema}" at ${place(url)} cannot be migrated: ${message}. Nothing of the failed migration was kept.`);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** TypeORM orders migrations by the 13 digits at the end of their name, and wants a class for each. */
function migrationOf(path: string, file: string): new () => MigrationInterface {
  const [number = '', ...words] = file.replace(/\.sql$/, '').split('-');
  return class implements MigrationInterface {
    name = `${words.join('-')}-${number.padStart(13, '0')}`;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(readFileSync(path, 'utf8'));
    }
    down(): Promise<void> {
      return Promise.reject(new Error('Migrations of the hub go forward only.'));
    }
  };
}

/** What a reader may see of a database's address. */
function place(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host || 'the local socket'}${pathname}`;
}

function unusable(url: string, error: DatabaseError & { code?: string }): DatabaseUnusable {
  const hint: Record<string, string> = {
    ECONNREFUSED: 'nothing answers there: start PostgreSQL, or correct host and port',
    ENOTFOUND: 'no host of that name is known: correct the host',
    ENOENT: 'there is no such socket: correct the host',
    ETIMEDOUT: 'the host did not answer: correct the host, or open its firewall',
    '28P01': 'the password was refused: correct user and password',
    '28000': 'the login was refused: correct the user, or allow it in pg_hba.conf',
    '3D000': 'there is no such database: create it, or correct its name',
    '42501': 'the user lacks a right: it must own the database and have CREATEROLE',
  };
  if (error.message === 'timeout expired') error.message = 'it did not answer in 10 seconds';
  const why = (error.code && hint[error.code]) || error.message || error.code;
  return new DatabaseUnusable(`The database at ${place(url)} cannot be used: ${why}. Check DATABASE_URL, or unset it to use the embedded PostgreSQL.`);
}
