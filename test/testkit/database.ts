import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { roleOf } from '../../shared/database/database';

/** The database that was filled once for all tests. None connects to it: PostgreSQL copies only what nobody uses. */
const seededDatabase = (): string => process.env.HUB_TEST_DATABASE_URL!;

/** Another database of the tests' server, whether or not it exists. */
export function databaseNamed(name: string, user = 'hub'): string {
  const url = new URL(seededDatabase());
  url.pathname = `/${name}`;
  url.username = user;
  return url.href;
}

/** A copy of the seeded database for one file of tests, so that what one writes no other reads; and how to drop it. */
export async function copyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const seeded = seededDatabase();
  const template = new URL(seeded).pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = databaseNamed(name);
  const server = databaseNamed('postgres');
  await execute(server, (client) => client.query(`create database ${name} template ${template}`));
  await execute(url, async (client) => {
    // Roles bear the database's name; what they own follows.
    const prefix = roleOf(seeded, '');
    const { rows } = await client.query<{ role: string }>('select rolname as role from pg_roles where starts_with(rolname, $1)', [prefix]);
    for (const { role } of rows) {
      const own = roleOf(url, role.slice(prefix.length));
      await client.query(`create role ${own} nologin; reassign owned by ${role} to ${own}`);
    }
  });
  return { url, drop: () => execute(server, (client) => client.query(`drop database ${name} with (force)`)) };
}

async function execute(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
