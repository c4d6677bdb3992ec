import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

// What processes have used, as Linux tells it under /proc. Elsewhere nothing is known: NaN, which the tables show as such.

export const measurable = process.platform === 'linux';

/** Linux counts in hundredths of a second, on every architecture that Node runs on. */
const MILLISECONDS_PER_TICK = 10;

interface Stat {
  pid: number;
  parent: number;
  /** Of its own, and of its children that have ended. */
  ticks: number;
}

function statOf(pid: number): Stat[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
    return [{ pid, parent: fields[1]!, ticks: fields[11]! + fields[12]! + fields[13]! + fields[14]! }];
  } catch {
    return []; // It ended meanwhile.
  }
}

/** The processes and all that descend from them. */
function withDescendants(roots: readonly number[]): Stat[] {
  const all = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).flatMap((pid) => statOf(Number(pid)));
  const found = new Map(all.filter(({ pid }) => roots.includes(pid)).map((stat) => [stat.pid, stat]));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const stat of all) if (found.has(stat.parent)) found.set(stat.pid, stat);
  }
  return [...found.values()];
}

/** CPU milliseconds that the processes and their descendants have used since they began, ended ones included. */
export const cpuOf = (pids: readonly number[]): number =>
  measurable ? withDescendants(pids).reduce((sum, { ticks }) => sum + ticks, 0) * MILLISECONDS_PER_TICK : NaN;

/** Lets the peak of memory begin anew. */
export function forgetPeak(pids: readonly number[]): void {
  if (measurable) for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function kilobytes(file: string, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'));
  return Number(found?.[1] ?? NaN);
}

/** The most memory that each of the processes has held, in megabytes, summed. */
export const peakOf = (pids: readonly number[]): number =>
  measurable ? pids.reduce((sum, pid) => sum + kilobytes(`/proc/${pid}/status`, 'VmHWM'), 0) / 1024 : NaN;

/** Memory that the processes and their descendants hold now, in megabytes; what several share is counted once. */
export const memoryOf = (pids: readonly number[]): number =>
  measurable ? withDescendants(pids).reduce((sum, { pid }) => sum + kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss'), 0) / 1024 : NaN;
