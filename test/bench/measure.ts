import { setTimeout as pause } from 'node:timers/promises';
import { bodyOf } from './check';
import { pidsOf, type Contender } from './contenders/contender';
import { cpuOf, forgetPeak, peakOf } from './cpu';
import type { Driver } from './drive';
import type { Query } from './queries/query';

export interface Figures {
  /** CPU milliseconds a request: of all processes, and of those PostgreSQL's. */
  cpu: number;
  postgres: number;
  requestsPerSecond: number;
  /** Milliseconds within which half of the answers came, and 99 of 100. */
  p50: number;
  p99: number;
  /** The most memory that the contender's own processes held, in megabytes. */
  memory: number;
}

export interface Setting {
  driver: Driver;
  /** PostgreSQL's process. */
  postgres: number;
  rounds: number;
  seconds: number;
}

/** Before what is counted, in seconds: timers that fell due in the pause, and connections that were closed in it. */
const WARM_UP = 0.5;
/** Before the first round, in seconds: what is compiled while it runs is compiled by then. Node's servers grow faster for eight seconds and more. */
const FIRST_WARM_UP = 10;

/** One who is not asked does nothing at all: neither its timers nor its feeds use the machine that another is measured on. */
export function freeze(contenders: readonly Contender[]): void {
  for (const pid of contenders.flatMap(pidsOf)) process.kill(pid, 'SIGSTOP');
}

export function wake(contender: Contender): void {
  for (const pid of pidsOf(contender)) process.kill(pid, 'SIGCONT');
}

/** Drives each contender in turn, round by round, with one query; the rounds of each contender. All are frozen before and after. */
export async function measure(contenders: readonly Contender[], query: Query, setting: Setting): Promise<Figures[][]> {
  const bodies = query.variables.map((variables) => bodyOf(query, variables));
  for (const contender of contenders) await turn(contender, bodies, { ...setting, seconds: FIRST_WARM_UP });
  const rounds: Figures[][] = contenders.map(() => []);
  for (let round = 0; round < setting.rounds; round++) {
    for (const [at, contender] of contenders.entries()) rounds[at]!.push(await turn(contender, bodies, setting));
  }
  return rounds;
}

async function turn(contender: Contender, bodies: string[], { driver, postgres, seconds }: Setting): Promise<Figures> {
  const { url } = contender;
  const pids = pidsOf(contender);
  wake(contender);
  await driver.drive({ url, bodies, milliseconds: WARM_UP * 1000 });
  forgetPeak(pids);
  const [own, ofPostgres] = [cpuOf(pids), cpuOf([postgres])];
  const { took, seconds: lasted, failure } = await driver.drive({ url, bodies, milliseconds: seconds * 1000 });
  const [ownCpu, postgresCpu] = [cpuOf(pids) - own, cpuOf([postgres]) - ofPostgres];
  const memory = peakOf(pids);
  freeze([contender]);
  if (failure) throw new Error(`${contender.name} did not answer: ${failure}`);
  const percentile = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
  return { cpu: (ownCpu + postgresCpu) / took.length, postgres: postgresCpu / took.length, requestsPerSecond: took.length / lasted, p50: percentile(0.5), p99: percentile(0.99), memory };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((values.length - 1) / 2)]! + sorted[Math.floor(values.length / 2)]!) / 2;
}

export function medians(rounds: readonly Figures[]): Figures {
  const of = (key: keyof Figures) => median(rounds.map((one) => one[key]));
  return { cpu: of('cpu'), postgres: of('postgres'), requestsPerSecond: of('requestsPerSecond'), p50: of('p50'), p99: of('p99'), memory: of('memory') };
}

/** CPU of one to that of another: the median over the rounds, in each of which both had the same machine. */
export const ratioOf = (one: readonly Figures[], other: readonly Figures[]): number => median(one.map(({ cpu }, round) => cpu / other[round]!.cpu));

/** CPU milliseconds that a contender uses in a second in which nobody asks it, with PostgreSQL's for it. */
export async function idle(contender: Contender, { postgres, seconds }: Setting): Promise<number> {
  const pids = [...pidsOf(contender), postgres];
  wake(contender);
  // What fell due while it was frozen is done first.
  await pause(WARM_UP * 1000);
  const before = cpuOf(pids);
  await pause(seconds * 1000);
  const used = cpuOf(pids) - before;
  freeze([contender]);
  return used / seconds;
}
