import { startContenders } from './contenders/start';
import { openData } from './data';
import { startDriver } from './drive';
import { freeze, measure, medians, type Figures } from './measure';
import { quitAll } from './processes';
import type { Query } from './queries/query';
import { bars, figure, table } from './table';

const SIZES = [1000, 10_000, 100_000, 1_000_000];

export interface GrowthOptions {
  data: string;
  most: number;
  rounds: number;
  seconds: number;
  queries: readonly Query[];
}

/** The hub in one process over more and more data: what is asked a page at a time should not notice. */
export async function growth({ data: folder, most, rounds, seconds, queries }: GrowthOptions, say: (text: string) => void): Promise<void> {
  const sizes = SIZES.filter((size) => size <= most);
  const data = await openData(folder);
  const driver = startDriver();
  const measured = new Map<Query, Figures[]>(queries.map((query) => [query, []]));
  try {
    for (const size of sizes) {
      const contenders = await startContenders(['hub'], await data.filled(size));
      freeze(contenders);
      for (const query of queries) measured.get(query)!.push(...(await measure(contenders, query, { driver, postgres: data.pid, rounds, seconds })).map(medians));
      await quitAll();
    }
  } finally {
    driver.stop();
    await quitAll();
    await data.stop();
  }
  const titles = sizes.map((size) => `${size.toLocaleString('en')} offers, ${(size / 5).toLocaleString('en')} startups`);
  for (const [what, key] of [['CPU ms a request', 'cpu'], ['of it PostgreSQL', 'postgres'], ['p50 ms', 'p50']] as const) {
    say(`\n${table([what, ...titles], queries.map((query) => [query.name, ...measured.get(query)!.map((one) => figure(one[key]))]))}`);
  }
  for (const query of queries) say(`\n\`\`\`text\n${query.name}: ${query.about}, CPU ms a request\n${bars(titles, measured.get(query)!.map(({ cpu }) => cpu))}\n\`\`\``);
}
