import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supergraphFile } from '../../../gateway/supergraph/compose';
import { subgraphNames, type SubgraphName } from '../../../shared/config';
import { root } from '../../../shared/root';
import { freePort } from '../../testkit/distributed';
import type { Running } from '../../testkit/processes';
import { start } from '../processes';
import { common, ofHub, type Contender } from './contender';

/** What the contenders stand on. */
interface Ground {
  databaseUrl: string;
  /** The subgraphs in processes of their own, the same for all who ask them; started when the first of these is. */
  subgraphs(): Promise<Subgraphs>;
}

interface Subgraphs {
  environment: Record<string, string>;
  processes: Running[];
  /** File of the supergraph with their addresses. */
  supergraph: string;
}

async function hub({ databaseUrl }: Ground): Promise<Contender> {
  const process = start('gateway/hub.js', { ...ofHub, DATABASE_URL: databaseUrl, PORT: '0' });
  const [, url] = await process.says(/GraphQL +(\S+)/);
  return { name: 'hub', about: 'the hub in one process', url: url!.replace('localhost', '127.0.0.1'), processes: [process] };
}

async function distributed({ subgraphs }: Ground): Promise<Contender> {
  const { environment, processes } = await subgraphs();
  const gateway = start('gateway/main.js', { ...environment, PORT: '0' });
  const [, url] = await gateway.says(/ready at (\S+)/);
  return { name: 'distributed', about: 'the hub in five processes', url: url!, processes: [...processes, gateway] };
}

async function stock({ subgraphs }: Ground): Promise<Contender> {
  const { environment, processes, supergraph } = await subgraphs();
  const gateway = start('test/bench/contenders/stock.js', { ...common, HUB_SECRET: environment.HUB_SECRET!, SUPERGRAPH: supergraph });
  const [, url] = await gateway.says(/ready at (\S+)/);
  return { name: 'stock', about: `@apollo/server ${versionOf('@apollo/server')} and @apollo/gateway ${versionOf('@apollo/gateway')} as they come, over the same subgraphs`, url: url!, processes: [...processes, gateway] };
}

async function hive({ subgraphs }: Ground): Promise<Contender> {
  const folder = join(root, 'test/bench/contenders');
  // npm writes this file last.
  if (!existsSync(join(folder, 'node_modules/.package-lock.json'))) {
    console.error('Installing Hive Gateway …');
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const { environment, processes, supergraph } = await subgraphs();
  const port = await freePort();
  const gateway = start(
    join('..', 'test/bench/contenders/node_modules/.bin/hive-gateway'),
    { ...common, HUB_SECRET: environment.HUB_SECRET! },
    ...['supergraph', supergraph, '--host', '127.0.0.1', '--port', String(port), '--config-path', join(__dirname, 'hive.config.js')],
  );
  await gateway.says(/[Ll]istening on/);
  return { name: 'hive', about: `Hive Gateway ${versionOf('@graphql-hive/gateway', folder)} as it comes, over the same subgraphs`, url: `http://127.0.0.1:${port}/graphql`, processes: [...processes, gateway] };
}

async function sql({ databaseUrl }: Ground): Promise<Contender> {
  const process = start('test/bench/contenders/sql.js', { ...common, DATABASE_URL: databaseUrl });
  const [, url] = await process.says(/ready at (\S+)/);
  return { name: 'sql', about: 'one statement by hand behind a bare HTTP server: the limit', url: url!, processes: [process] };
}

const versionOf = (name: string, folder = root): string => (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }).dependencies[name]!;

const starters = { hub, distributed, stock, hive, sql };
export type ContenderName = keyof typeof starters;
export const contenderNames = Object.keys(starters) as ContenderName[];

/** Starts those that are named, on one database. */
export async function startContenders(names: readonly ContenderName[], databaseUrl: string): Promise<Contender[]> {
  let started: Promise<Subgraphs> | undefined;
  const ground: Ground = { databaseUrl, subgraphs: () => (started ??= startSubgraphs(databaseUrl)) };
  const contenders: Contender[] = [];
  for (const name of names) contenders.push(await starters[name](ground));
  return contenders;
}

async function startSubgraphs(databaseUrl: string): Promise<Subgraphs> {
  const addresses = {} as Record<SubgraphName, string>;
  let supergraph = readFileSync(supergraphFile, 'utf8');
  for (const name of subgraphNames) {
    addresses[name] = `http://127.0.0.1:${await freePort()}/graphql`;
    supergraph = supergraph.replace(new RegExp(`(@join__graph\\(name: "${name}", url: )"[^"]*"`), `$1"${addresses[name]}"`);
  }
  const file = join(__dirname, 'supergraph.graphql');
  writeFileSync(file, supergraph);
  const environment = {
    ...ofHub,
    ...Object.fromEntries(subgraphNames.map((name) => [`${name.toUpperCase()}_URL`, addresses[name]])),
    DATABASE_URL: databaseUrl,
    HUB_SECRET: randomBytes(32).toString('hex'),
  };
  const processes = subgraphNames.map((name) => start('subgraphs/main.js', environment, name));
  for (const one of processes) await one.says(/ready at/);
  return { environment, processes, supergraph: file };
}
