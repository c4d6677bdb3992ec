/**
 * PostgreSQL 17 for whoever starts the hub without a database of their own: the programs come from npm, the data
 * lie in the project, and clients reach it through a UNIX socket in a folder of mode 0700, never through TCP.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, statSync, unlinkSync } from 'node:fs';
import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { asUser, chooseHome, EmbeddedPostgresError, ENVIRONMENT, findPrograms, freshSibling, ignore, moveUnlessTaken, OTHERWISE, run, temporaryFolder, type Account, type Note } from './embeddedPlaces';

export { EmbeddedPostgresError };

export interface EmbeddedPostgres {
  /** For `pg`, TypeORM and psql. */
  url: string;
  connection: { host: string; port: number; user: string; database: string };
  /** This start created the database: it has no table yet. */
  firstStart: boolean;
  dataFolder: string;
  /** Fast shutdown: open transactions are rolled back. Resolves when no process is left. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Holds the data (`postgres/`) and the server's log (`postgres.log`), e.g. `<project>/.hub`. */
  folder: string;
  /** false for tests: faster, but a crash loses the last transactions, and a power cut all data. Default true. */
  durable?: boolean;
  /** Lower-case letters, digits and underscores. Default `hub`. */
  database?: string;
  /** How long to wait for another server that still uses the data, in milliseconds. Default 10,000. */
  busyTimeout?: number;
  /** Told what the operator should know, e.g. that the data lie elsewhere. */
  note?: Note;
  /** Called when the server ends without having been stopped. */
  lost?: () => void;
}

const USER = 'hub';
const PORT = 5432; // no TCP port, the end of the socket's name
/** Crash recovery replays about one gigabyte at most. Milliseconds. */
const RECOVERY_LIMIT = 180_000;

/**
 * Runs a command until it ends, or until stdin, a pipe from the hub, closes because the hub has gone for any reason.
 * SIGINT is a fast shutdown; SIGTERM precedes it because a background command ignores SIGINT until it has a handler.
 */
const SUPERVISOR = `
exec 3<&0 </dev/null
sockets=$1; shift
"$@" 3<&- &
server=$!
{ read -r line <&3; kill -TERM $server; kill -INT $server; } 2>/dev/null &
watcher=$!
trap 'kill -INT $server' HUP INT TERM
exec 3<&-
wait $server; code=$?
while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
kill -KILL $watcher 2>/dev/null; wait $watcher 2>/dev/null
[ -z "$sockets" ] || rm -rf "$sockets"
exit $code`;

/** Starts the server, on new data if the folder has none. Rejects with EmbeddedPostgresError. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { durable = true, database = 'hub', busyTimeout = 10_000, note = () => undefined, lost = () => undefined } = options;
  const folder = resolve(options.folder);
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(database)) throw new EmbeddedPostgresError(`"${database}" is not usable as a database's name: use a-z, 0-9 and _.`);
  try {
    const { home, account } = await chooseHome(folder, note);
    const temporary = await temporaryFolder(account);
    const { bin, major } = await findPrograms(account, temporary, note);
    const data = join(home, 'postgres');
    const log = join(home, 'postgres.log');
    if (((await stat(log).catch(ignore('ENOENT')))?.size ?? 0) > 10_000_000) await rename(log, `${log}.1`);
    if (!(await isInitialised(data, major, account))) await initialise(data, bin, account, durable, log);

    for (const deadline = Date.now() + busyTimeout; ; await sleep(100)) {
      const holder = lockHolder(data);
      const server = holder ? undefined : await launch(data, bin, account, durable, temporary, log, note, lost);
      if (server) return { ...(await openDatabase(server, database)), dataFolder: data, stop: server.stop };
      if (Date.now() < deadline) continue;
      throw new EmbeddedPostgresError(`${data} is in use by another PostgreSQL server${holder ? ` (PID ${holder})` : ''}: stop the hub that runs on it, or use another folder.`);
    }
  } catch (error) {
    throw explained(error, folder);
  }
}

/** For a command beside a hub: the server that runs on the data already, else one for as long as the command takes. */
export async function joinEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<Pick<EmbeddedPostgres, 'url' | 'stop'>> {
  const { home } = await chooseHome(resolve(options.folder), options.note ?? (() => undefined));
  const data = join(home, 'postgres');
  if (!(await stat(data).catch(ignore('ENOENT')))) throw new EmbeddedPostgresError(`There is no database of a hub in ${options.folder}: start the hub once, or set HUB_DATA_DIR or DATABASE_URL as for the hub.`);
  if (!lockHolder(data)) return startEmbeddedPostgres(options);
  const [, , , port, host] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  return { url: addressOf({ host: host!, port: Number(port) }, options.database ?? 'hub'), stop: () => Promise.resolve() };
}

const addressOf = ({ host, port }: { host: string; port: number }, database: string): string => `postgresql://${USER}@localhost:${port}/${database}?host=${host}&sslmode=disable`;

function explained(error: unknown, folder: string): unknown {
  const { code, path = folder, message, syscall } = error as NodeJS.ErrnoException;
  const because = (what: string) => new EmbeddedPostgresError(`${what}, or use another folder than ${folder} (${message}).`);
  if (code === 'ENOTDIR' || code === 'EEXIST') return because(`${path} is not a folder: move that file away`);
  if (code === 'ENOSPC' || code === 'EDQUOT') return because(`The disk of ${path} is full: free some space`);
  return syscall ? because(`${path} cannot be used: change its owner or mode`) : error;
}

async function isInitialised(data: string, major: string, account: Account): Promise<boolean> {
  const found = await stat(data).catch(ignore('ENOENT'));
  if (!found) return false;
  if (!found.isDirectory()) throw new EmbeddedPostgresError(`${data} is not a folder: move that file away, or use another folder.`);
  if (account && found.uid === 0) await run(['chown', '-R', `${account.uid}:${account.gid}`, data]);
  if (!account && found.uid !== process.getuid?.()) throw new EmbeddedPostgresError(`${data} belongs to another user (UID ${found.uid}): start the hub as that user, or use another folder.`);
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(ignore('ENOENT')))?.trim();
  if (version === major) return true;
  if (version === undefined && (await readdir(data)).length === 0) return false;
  throw new EmbeddedPostgresError(
    version === undefined
      ? `${data} holds something else than a PostgreSQL database: move it away, or use another folder.`
      : `${data} was made by PostgreSQL ${version}, which version ${major} cannot read: dump it with ${version}, or remove it to start afresh.`,
  );
}

async function initialise(data: string, bin: string, account: Account, durable: boolean, log: string): Promise<void> {
  const unfinished = await freshSibling(data, account);
  if (account) await chown(unfinished, account.uid, account.gid);
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--auth=trust', '--no-instructions'];
  const initdb = await supervise([join(bin, 'initdb'), '-D', unfinished, '-U', USER, ...flags, ...(durable ? [] : ['--no-sync'])], account, log);
  if ((await initdb.ended) === 0) return moveUnlessTaken(unfinished, data);
  await rm(unfinished, { recursive: true, force: true });
  throw failure(`PostgreSQL's data cannot be created in ${data}`, await initdb.output(), log);
}

/**
 * The PID of the server that holds the data's lock file. PostgreSQL overrides the lock of a process that is gone, but
 * neither an empty one nor one whose PID is another program's by now, after a power cut or in a new container.
 */
function lockHolder(data: string): number | undefined {
  const lock = join(data, 'postmaster.pid');
  const content = attempt(() => readFileSync(lock, 'utf8'));
  if (content === undefined) return undefined;
  const pid = content.split('\n', 1)[0] ?? '';
  const program = attempt(() => (process.platform === 'linux' ? readFileSync(`/proc/${pid}/comm`, 'utf8') : execFileSync('ps', ['-o', 'comm=', '-p', pid], { encoding: 'utf8', stdio: 'pipe' })));
  if (program?.includes('postgres')) return Number(pid);
  if (program || (!pid && Date.now() - statSync(lock).mtimeMs > 5000)) unlinkSync(lock);
  return undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

interface Server {
  connection: { host: string; port: number; user: string };
  client: Client;
  stop(): Promise<void>;
}

/** The running server with a first connection to it; undefined when another one uses the data. */
async function launch(data: string, bin: string, account: Account, durable: boolean, temporary: string, log: string, note: Note, lost: () => void): Promise<Server | undefined> {
  const sockets = await mkdtemp(join(temporary, 'sillon-pg-'));
  if (account) await chown(sockets, account.uid, account.gid);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    port: PORT,
    shared_buffers: '128MB',
    max_connections: 200, // a hub opens 60 at most, tests run several
    work_mem: '8MB',
    random_page_cost: 1.1, // flash storage
    jit: 'off', // compiling costs more than the hub's short statements
    wal_level: 'minimal', // there is no replica
    max_wal_senders: 0,
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { child, ended, output } = await supervise([join(bin, 'postgres'), '-D', data, ...flags], account, log, sockets).catch(async (error) => {
    await rm(sockets, { recursive: true });
    throw error;
  });
  const stdin = child.stdin as Socket;
  let code: number | undefined;
  let stopping = false;
  void ended.then((ending) => (code = ending));
  const stop = async () => {
    stopping = true;
    child.ref();
    stdin.end();
    await ended;
  };

  const connection = { host: sockets, port: PORT, user: USER };
  for (const deadline = Date.now() + RECOVERY_LIMIT; code === undefined; await Promise.race([sleep(20), ended])) {
    const client = new Client({ ...connection, database: 'postgres', ssl: false });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      const starting = !(error instanceof DatabaseError) || error.code === '57P03';
      if (starting && Date.now() < deadline) continue;
      await stop();
      throw new EmbeddedPostgresError(`PostgreSQL runs on ${data} but cannot be used: ${(error as Error).message}. See ${log}, or use another folder.`);
    }
    void ended.then((ending) => {
      if (stopping) return;
      note(`PostgreSQL ended unexpectedly (exit code ${ending}): see ${log}.`);
      lost();
    });
    // The server must not keep alive a hub that is otherwise done.
    child.unref();
    stdin.unref();
    return { connection, client, stop };
  }
  const text = await output();
  if (/lock file "postmaster\.pid"|pre-existing shared memory block/.test(text)) return undefined;
  throw failure(`PostgreSQL cannot be started on ${data}`, text, log);
}

async function openDatabase({ connection, client, stop }: Server, database: string): Promise<Pick<EmbeddedPostgres, 'url' | 'connection' | 'firstStart'>> {
  try {
    const firstStart = (await client.query('select from pg_database where datname = $1', [database])).rowCount === 0;
    if (firstStart) await client.query(`create database ${client.escapeIdentifier(database)}`);
    await client.end();
    return { url: addressOf(connection, database), connection: { ...connection, database }, firstStart };
  } catch (error) {
    await stop();
    throw new EmbeddedPostgresError(`The database "${database}" cannot be created: ${(error as Error).message}.`);
  }
}

/** Starts a command that ends when the hub does, in its own session: Ctrl-C in the hub's terminal is not for it. */
async function supervise(command: string[], account: Account, logFile: string, sockets = '') {
  const log = await open(logFile, 'a', 0o600);
  try {
    const { size } = await log.stat();
    const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', sockets, ...command], { ...asUser(account), cwd: '/', env: ENVIRONMENT, detached: true, stdio: ['pipe', log.fd, log.fd] });
    let refusal = ''; // e.g. no more processes allowed
    const ended = new Promise<number>((done) => {
      child.once('exit', (code) => done(code ?? -1));
      child.once('error', ({ message }) => done(((refusal = message), -1)));
    });
    return { child, ended, output: async () => refusal + (await readFile(logFile)).subarray(size).toString() };
  } finally {
    await log.close();
  }
}

function failure(what: string, output: string, log: string): EmbeddedPostgresError {
  const noise = /LOG: {2}(starting PostgreSQL|listening on|database system is shut down)|\.\.\. ok$|^$/;
  const said = output.split('\n').filter((line) => !noise.test(line)).slice(-6).map((line) => line.replace(/^[\d-]+ [\d:.]+ \w+ \[\d+\] /, ''));
  const full = /No space left on device|Check free disk space/.test(output) ? ': the disk is full, free some space' : '';
  const nameless = /could not look up effective user ID/.test(output) ? `: start the hub as a user with a name, or ${OTHERWISE}` : '';
  return new EmbeddedPostgresError([`${what}${full}${nameless}. PostgreSQL says:`, ...said, `More is in ${log}.`].join('\n'));
}
