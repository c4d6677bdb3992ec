import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgresError, startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embeddedPostgres';

jest.setTimeout(60_000);

let folder: string;
let running: EmbeddedPostgres[];
let hub: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-test-'));
  await chmod(folder, 0o755); // root's PostgreSQL is run by another user, who has to enter
  running = [];
});

afterEach(async () => {
  hub?.kill('SIGKILL');
  hub = undefined;
  await Promise.all(running.map((postgres) => postgres.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ folder, durable: false, ...options });
  running.push(postgres);
  return postgres;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** A process of its own that starts the server, prints its socket folder and stays. */
function startHub(): ChildProcess {
  const script = `
    const { transformFileSync } = require('@swc/core');
    const options = { swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } };
    require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, options).code, file);
    const { startEmbeddedPostgres } = require(${JSON.stringify(join(__dirname, 'embeddedPostgres.ts'))});
    startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, durable: false }).then(({ connection }) => console.log(connection.host));
    setInterval(() => undefined, 1000);`;
  hub = spawn(process.execPath, ['-e', script], { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  return hub;
}

const postmaster = async () => parseInt(await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function within(milliseconds: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; Date.now() < deadline; await sleep(20)) if (await condition()) return true;
  return false;
}

test('keeps the data from one start to the next', async () => {
  const first = await start();
  expect(first.firstStart).toBe(true);
  expect(first.dataFolder).toBe(join(folder, 'postgres'));
  await query(first.url, `create table town as select 'Épinal' as name`);
  const pid = await postmaster();
  await first.stop();
  await first.stop();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(first.connection.host)).toBe(false);

  const second = await start();
  expect(second.firstStart).toBe(false);
  expect(await query(second.url, 'select lower(name) from town')).toEqual(['épinal']);
});

test('listens on a socket alone, in a folder that is closed to others', async () => {
  const { url, connection } = await start({ database: 'other' });
  expect(await query(url, `select current_setting('listen_addresses'), current_database(), current_user, inet_server_addr()`)).toEqual(['', 'other', 'hub', null]);
  expect(connection).toEqual({ host: expect.stringMatching(/^\//), port: 5432, user: 'hub', database: 'other' });
  expect(Buffer.byteLength(`${connection.host}/.s.PGSQL.5432`)).toBeLessThan(100);
});

test('leaves no process when the hub is killed', async () => {
  const [sockets] = (await once(startHub().stdout!, 'data')) as [Buffer];
  const pid = await postmaster();
  expect(isAlive(pid)).toBe(true);
  hub!.kill('SIGKILL');
  // At once: the other server is still shutting down.
  const next = await start();
  expect(next.firstStart).toBe(false);
  expect(isAlive(pid)).toBe(false);
  expect(await within(3000, () => !existsSync(sockets.toString().trim()))).toBe(true);
});

test('starts afresh when the first start was killed half-way', async () => {
  startHub();
  expect(await within(10_000, async () => (await readdir(folder)).some((name) => name.includes('.new-')))).toBe(true);
  await sleep(100);
  hub!.kill('SIGKILL');
  await once(hub!, 'exit');
  expect((await start()).firstStart).toBe(true);
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.log']);
});

test('recovers when the server was killed, and tells so', async () => {
  const note = jest.fn();
  const first = await start({ note, durable: true });
  await query(first.url, 'create table kept as select 1 as n');
  process.kill(await postmaster(), 'SIGKILL');
  expect(await within(3000, () => note.mock.calls.length > 0)).toBe(true);
  expect(note).toHaveBeenCalledWith(expect.stringContaining('ended unexpectedly'));
  expect(await query((await start({ durable: true })).url, 'select n from kept')).toEqual([1]);
});

test('removes the lock that names another program', async () => {
  await (await start()).stop();
  await writeFile(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}/postgres\n1700000000\n5432\n/tmp\n\n0 0\nready\n`);
  expect((await start()).firstStart).toBe(false);
});

test('says who uses the data', async () => {
  await start();
  const second = start({ busyTimeout: 300 });
  await expect(second).rejects.toThrow(EmbeddedPostgresError);
  await expect(second).rejects.toThrow(`${folder}/postgres is in use by another PostgreSQL server (PID ${await postmaster()})`);
});

test('starts two at once on a new folder, one after the other', async () => {
  const first = start().then((postgres) => postgres.stop());
  const second = start().then((postgres) => postgres.stop());
  await Promise.all([first, second]);
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.log']);
});

test.each([
  ['a file in place of the folder', 'hub', 'a note', '/hub is not a folder'],
  ['a file in place of the data', 'hub/postgres', 'a note', '/hub/postgres is not a folder'],
  ['data of another major version', 'hub/postgres/PG_VERSION', '16\n', 'made by PostgreSQL 16, which version 17 cannot read'],
  ['something else than data', 'hub/postgres/letter.txt', 'a note', 'holds something else than a PostgreSQL database'],
])('names the folder when it finds %s', async (_, file, content, message) => {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), content);
  const failed = start({ folder: join(folder, 'hub') });
  await expect(failed).rejects.toThrow(EmbeddedPostgresError);
  await expect(failed).rejects.toThrow(message);
});

test("repeats the server's own words when it does not start", async () => {
  await (await start()).stop();
  await writeFile(join(folder, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n');
  await expect(start()).rejects.toThrow('unrecognized configuration parameter "no_such_setting"');
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('keeps the data elsewhere when their user cannot enter the folder', async () => {
  await chmod(folder, 0o700);
  const note = jest.fn();
  const first = await start({ note });
  try {
    expect(first.dataFolder).toMatch(/^\/var\/lib\/sillon-lorrain-hub-\w+\/postgres$/);
    expect(note).toHaveBeenCalledWith(expect.stringContaining(dirname(first.dataFolder)));
    await first.stop();
    const second = await start();
    expect(second).toMatchObject({ firstStart: false, dataFolder: first.dataFolder });
    await second.stop();
  } finally {
    await rm(dirname(first.dataFolder), { recursive: true });
  }
});
