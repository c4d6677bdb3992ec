import { run, type Running } from '../testkit/processes';

// Processes that are frozen do not hear a Ctrl-C: none outlives the benchmark.

const alive = new Set<Running>();
process.once('exit', () => alive.forEach(({ child }) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Runs a script of the build, see `run`. */
export const start: typeof run = (...given) => {
  const one = run(...given);
  alive.add(one);
  void one.ended.then(() => alive.delete(one));
  return one;
};

/** Ends a process, frozen or not, and waits until it has. */
export async function quit({ child, ended }: Running): Promise<void> {
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  await ended;
}

export const quitAll = () => Promise.all([...alive].map(quit));
