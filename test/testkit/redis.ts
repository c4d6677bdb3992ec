import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const BINARY = '/usr/bin/redis-server';

/** Installs Debian's Redis where it is missing and may be installed; otherwise says what to do. */
function requireBinary(): void {
  if (existsSync(BINARY)) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(`${BINARY} is missing: install Redis (apt-get install redis-server) to run these tests.`);
  for (const args of [['update', '-q'], ['install', '-qy', '--no-install-recommends', 'redis-server']]) {
    execFileSync('/usr/bin/apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
}

/** A Redis of the tests, that keeps nothing on disk; ready when it listens. */
export async function startRedis(port: number): Promise<ChildProcess> {
  requireBinary();
  const child = spawn(BINARY, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Redis ended with ${child.exitCode}.`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return child;
    await pause(50);
  }
}

/** Ends it without warning, if it has not ended. */
export async function killRedis(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
