import { checkSame } from './check';
import type { Contender } from './contenders/contender';
import { startContenders, type ContenderName } from './contenders/start';
import { openData } from './data';
import { startDriver } from './drive';
import { freeze, idle, measure, medians, ratioOf, type Figures, type Setting } from './measure';
import { quitAll } from './processes';
import type { Query } from './queries/query';
import { figure, table } from './table';

export interface CompareOptions {
  data: string;
  offers: number;
  rounds: number;
  seconds: number;
  contenders: readonly ContenderName[];
  queries: readonly Query[];
}

/** The ratios that are shown: to what a user would pick instead, and to the limit. */
const BESIDE: readonly ContenderName[] = ['hive', 'sql'];

/** What the hub sets out to reach: CPU of one to that of another, at most. */
const TARGETS: readonly [one: ContenderName, other: ContenderName, most: number][] = [
  ['hub', 'hive', 1 / 4],
  ['distributed', 'hive', 1 / 1.6],
  ['hub', 'sql', 2.5],
];

/** The contenders side by side over the same data, query by query. */
export async function compare({ data: folder, offers, rounds, seconds, contenders: names, queries }: CompareOptions, say: (text: string) => void): Promise<void> {
  const data = await openData(folder);
  const driver = startDriver();
  try {
    const url = await data.filled(offers);
    const contenders = await startContenders(names, url);
    say(`${offers} offers, a startup for every five; ${rounds} rounds of ${seconds} s for each query and contender, 8 requests under way. Medians of the rounds; ratios are medians of those within a round.\n`);
    say(contenders.map(({ name, about }) => `- ${name}: ${about}`).join('\n'));
    // Whoever is compared says the same first.
    const answers = new Map<Query, string>();
    for (const query of queries) answers.set(query, await checkSame(contenders, query));
    freeze(contenders);
    const setting: Setting = { driver, postgres: data.pid, rounds, seconds };
    const reached: string[][] = [];
    for (const query of queries) {
      const measured = await measure(contenders, query, setting);
      reached.push([query.name, ...ratios(contenders, measured)]);
      say(`\n**${query.name}**: ${query.about} (${answers.get(query)})\n\n${compared(contenders, measured)}`);
    }
    say(`\n**Targets**\n\n${table(['CPU a request', ...TARGETS.map(([one, other, most]) => `${one} / ${other}, at most ${figure(most)}`)], reached)}`);
    const rest = [];
    for (const contender of contenders) rest.push(`${contender.name} ${figure(await idle(contender, { ...setting, seconds: 10 }))}`);
    say(`\nCPU milliseconds a second that each uses when nobody asks, with PostgreSQL's: ${rest.join(', ')}.`);
  } finally {
    driver.stop();
    await quitAll();
    await data.stop();
  }
}

function compared(contenders: readonly Contender[], measured: readonly Figures[][]): string {
  const beside = BESIDE.flatMap((name) => {
    const at = contenders.findIndex((one) => one.name === name);
    return at < 0 ? [] : [{ name, rounds: measured[at]! }];
  });
  return table(
    ['', 'CPU ms a request', 'of it PostgreSQL', 'requests/s', 'p50 ms', 'p99 ms', 'peak MB', ...beside.map(({ name }) => `CPU / ${name}`)],
    contenders.map(({ name }, at) => {
      const { cpu, postgres, requestsPerSecond, p50, p99, memory } = medians(measured[at]!);
      return [name, ...[cpu, postgres, requestsPerSecond, p50, p99, memory, ...beside.map(({ rounds }) => ratioOf(measured[at]!, rounds))].map(figure)];
    }),
  );
}

/** How each target is met; a mark where it is missed. */
function ratios(contenders: readonly Contender[], measured: readonly Figures[][]): string[] {
  const of = (name: ContenderName) => measured[contenders.findIndex((one) => one.name === name)];
  return TARGETS.map(([one, other, most]) => {
    const [its, others] = [of(one), of(other)];
    const ratio = its && others ? ratioOf(its, others) : NaN;
    return `${ratio > most ? 'missed: ' : ''}${figure(ratio)}`;
  });
}
