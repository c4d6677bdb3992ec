import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../shared/database/embeddedPostgres';
import { root } from '../../shared/root';
import type { Running } from '../testkit/processes';
import { quit, start } from './processes';

/** Offers run out: data older than this, in days, are made anew. */
const FRESH = 7;

/** The benchmark's own PostgreSQL, with a database a size. */
export interface Data {
  /** The server's process, whose descendants are its connections. */
  pid: number;
  /** Where it keeps its data; it may write there. */
  folder: string;
  /** Address of the database with so many offers, which is filled if there is none. */
  filled(offers: number): Promise<string>;
  /** Address of an empty database. */
  empty(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function openData(folder: string): Promise<Data> {
  // Not `mkdtemp`: the next run finds it, and a server that runs as another user gets in.
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { url, dataFolder, stop } = await startEmbeddedPostgres({ folder, database: 'bench' });
  const addressOf = (name: string) => {
    const address = new URL(url);
    address.pathname = `/${name}`;
    return address.href;
  };
  const empty = async (name: string) => {
    await query(url, `drop database if exists ${name} with (force)`);
    await query(url, `create database ${name}`);
    return addressOf(name);
  };
  return {
    pid: Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n', 1)[0]),
    folder: dataFolder,
    empty,
    stop,
    async filled(offers) {
      const name = `bench_${offers}`;
      // The comment is written last.
      const [made] = await query<{ day: string }>(url, `select shobj_description(oid, 'pg_database') as day from pg_database where datname = '${name}'`);
      if (made?.day && Date.now() - Date.parse(made.day) < FRESH * 86_400_000) return addressOf(name);
      console.error(`Filling a database with ${offers} offers …`);
      const address = await empty(name);
      await quit(await fill(address, offers));
      await query(address, readFileSync(join(root, 'test/bench/applications.sql'), 'utf8'));
      // All that is asked later finds the same statistics.
      await query(address, 'vacuum (analyze)');
      await query(address, `comment on database ${name} is '${new Date().toISOString()}'`);
      return address;
    },
  };
}

/** A hub that fills an empty database; resolves when it is ready. */
export async function fill(databaseUrl: string, offers: number): Promise<Running> {
  const hub = start('gateway/hub.js', { DATABASE_URL: databaseUrl, HUB_DEMO_OFFERS: String(offers), PORT: '0' });
  await hub.says(/Ctrl-C stops/);
  return hub;
}

export async function query<Row>(url: string, statement: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
