import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuOf, memoryOf, peakOf } from './cpu';
import { fill, openData, query } from './data';
import { quit, quitAll, start } from './processes';
import { figure, table } from './table';

/** How long a hub is left alone before it counts as at rest, and looked at then, in seconds. */
const REST = 10;

/** How fast offers come in, against PostgreSQL's own COPY of the rows that come of it; and what a start takes. */
export async function importing({ data: folder, offers }: { data: string; offers: number }, say: (text: string) => void): Promise<void> {
  const data = await openData(folder);
  try {
    const url = await data.empty('bench_import');
    const hub = await fill(url, offers);
    await quit(hub);
    // Of the subgraph's whole first start: it migrates, copies areas and startups, makes the rows and writes them.
    const filled = Number(/jobs migrated and filled +([\d.]+) s/.exec(hub.output)![1]);
    const file = join(data.folder, 'bench.copy');
    await query(url, `copy (select * from jobs.job_offer) to '${file}'`);
    await query(url, 'create table public.bare as select * from jobs.job_offer with no data');
    await query(url, 'create table public.indexed (like jobs.job_offer including indexes)');
    const bare = await seconds(() => query(url, `copy public.bare from '${file}'`));
    const indexed = await seconds(() => query(url, `copy public.indexed from '${file}'`));
    rmSync(file);
    const row = (what: string, took: number) => [what, figure(took), figure(offers / took), figure(took / bare)];
    say(
      table(
        [`${offers} offers`, 'seconds', 'rows/s', '/ bare COPY'],
        [row('first start of `jobs`, which makes and writes them', filled), row('COPY of the same rows, with the same indexes', indexed), row('bare COPY of the same rows', bare)],
      ),
    );
    await query(url, 'drop table public.bare, public.indexed');
  } finally {
    await data.stop();
  }
  await starting(say);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/** The first and the second start of a hub as it comes, with its own PostgreSQL, and what it holds and does when nobody asks. */
async function starting(say: (text: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-start-'));
  // Where this runs as root, PostgreSQL runs as another user, who must get in.
  chmodSync(folder, 0o755);
  const startHub = async () => {
    const begun = performance.now();
    const hub = start('gateway/hub.js', { HUB_DATA_DIR: folder, PORT: '0' });
    await hub.says(/Ctrl-C stops/);
    return { hub, took: (performance.now() - begun) / 1000 };
  };
  try {
    const first = await startHub();
    await quit(first.hub);
    const second = await startHub();
    await pause(REST * 1000);
    const pids = [second.hub.child.pid!];
    const before = cpuOf(pids);
    await pause(REST * 1000);
    const cpu = (cpuOf(pids) - before) / REST;
    say(`\nFirst start ${figure(first.took)} s, second ${figure(second.took)} s. At rest ${figure(memoryOf(pids))} MB with PostgreSQL (the hub's own process at its most ${figure(peakOf(pids))}) and ${figure(cpu)} CPU ms a second.`);
  } finally {
    await quitAll();
    rmSync(folder, { recursive: true });
  }
}
