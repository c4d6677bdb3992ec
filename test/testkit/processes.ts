import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../shared/root';

/** A process of the hub's build, with what it wrote so far. */
export interface Running {
  child: ChildProcess;
  output: string;
  /** Resolves when the output matches; rejects when the process ends before. */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Resolves with the exit code, or the signal's name. */
  ended: Promise<number | string>;
}

/** Runs a script of `dist` with an environment of its own. */
export function run(script: string, environment: Record<string, string>, ...args: string[]): Running {
  const child = spawn(process.execPath, [join(root, 'dist', script), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running: Running = {
    child,
    output: '',
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal!))),
    async says(pattern) {
      let over = false;
      void running.ended.then(() => (over = true));
      for (;;) {
        const found = running.output.match(pattern);
        if (found) return found;
        if (over) throw new Error(`The process ended and never said ${pattern}:\n${running.output}`);
        await pause(50);
      }
    },
  };
  child.stdout.on('data', (chunk: Buffer) => (running.output += chunk));
  child.stderr.on('data', (chunk: Buffer) => (running.output += chunk));
  return running;
}

/** Command lines of the processes that mention a text; Linux only. */
export function processesOf(text: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(text) ? [line] : [];
      } catch {
        return []; // It ended meanwhile.
      }
    });
}
