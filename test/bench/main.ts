import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { root } from '../../shared/root';
import { compare } from './compare';
import { contenderNames } from './contenders/start';
import { measurable } from './cpu';
import { growth } from './growth';
import { importing } from './import';
import { queries } from './queries/all';

// The hub measured against what a user would pick instead: `npm run bench`.

const number = (text: string): number => {
  if (!(Number(text) > 0)) throw new InvalidArgumentError('A number above 0.');
  return Number(text);
};
const oneOf = <Item>(items: readonly Item[], nameOf: (item: Item) => string) => (text: string): Item[] =>
  text.split(',').map((name) => {
    const found = items.find((item) => nameOf(item) === name);
    if (!found) throw new InvalidArgumentError(`One or more, separated by commas, of ${items.map(nameOf).join(', ')}.`);
    return found;
  });

const results = join(root, 'test/bench/results.md');

/** What is told goes to the terminal, and, if that is asked for, to the file of results in place of what the same part told before. */
async function tell(title: string, write: boolean, work: (say: (text: string) => void) => Promise<void>): Promise<void> {
  const told: string[] = [];
  const say = (text: string) => {
    console.log(text);
    told.push(text);
  };
  say(`## ${title}\n\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.versions.node}.${measurable ? '' : ' CPU and memory are measured on Linux alone.'}\n`);
  await work(say);
  if (!write) return;
  const others = (existsSync(results) ? readFileSync(results, 'utf8') : '').split(/^(?=## )/m).filter((part) => part.trim() && !part.startsWith(`## ${title}\n`));
  writeFileSync(results, [...others.map((part) => part.trim()), told.join('\n')].join('\n\n') + '\n');
}

const program = new Command('npm run bench --').description('The hub measured against what a user would pick instead');
const command = (name: string, description: string) =>
  program
    .command(name, { isDefault: name === 'compare' })
    .description(description)
    .addOption(new Option('--data <folder>', "folder of the benchmark's PostgreSQL").env('HUB_DATA_DIR').default(join(tmpdir(), 'sillon-lorrain-bench')))
    .option('--write', 'write test/bench/results.md too', false);
const measured = (name: string, description: string) =>
  command(name, description)
    .option('--rounds <number>', 'rounds, of which the median counts', number, 5)
    .option('--seconds <number>', 'how long a turn lasts', number, 2)
    .option('--queries <names>', `which queries: ${queries.map(({ name }) => name).join(', ')}`, oneOf(queries, ({ name }) => name), [...queries]);

measured('compare', 'the contenders side by side, query by query')
  .option('--offers <number>', 'how many offers', number, 100_000)
  .option('--only <names>', `which contenders: ${contenderNames.join(', ')}`, oneOf(contenderNames, (name) => name), [...contenderNames])
  .action(({ only, write, ...options }) => tell('Side by side', write, (say) => compare({ ...options, contenders: only }, say)));

measured('growth', 'the hub in one process over more and more data')
  .option('--most <number>', 'the most offers', number, 1_000_000)
  .action(({ write, ...options }) => tell('Growth', write, (say) => growth(options, say)));

command('import', 'how fast offers come in, and what a start takes')
  .option('--offers <number>', 'how many offers', number, 100_000)
  .action(({ write, ...options }) => tell('Import', write, (say) => importing(options, say)));

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
