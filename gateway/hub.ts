import { relative } from 'node:path';
import { explainFailure } from '../shared/failure';
import { ConfigError, readConfig, type Config, type SubgraphName } from '../shared/config';
import { log } from '../shared/log';
import { startEmbeddedPostgres } from '../shared/database/embeddedPostgres';
import { runSubgraph, type RunningSubgraph } from '../shared/running';
import { startTraces, stopTraces } from '../shared/traces/trace';
import { subgraphs } from '../subgraphs/all';
import { identifier } from './access/identify';
import { AccessStore, noteIn } from './access/store';
import { listen, startGateway } from './server';
import { inProcess } from './transport/inProcess';

/** The whole hub in one process: database, four subgraphs, gateway. */
export interface Hub {
  url: string;
  running: ReadonlyMap<SubgraphName, RunningSubgraph>;
  access: AccessStore;
  stop(): Promise<void>;
}

/** Told what the hub did and how long it took, in milliseconds. */
export type Progress = (what: string, milliseconds: number) => void;

export interface HubOptions {
  progress?: Progress;
  warn?: (message: string) => void;
  /** Ends a start between two steps; what was opened is closed again. */
  signal?: AbortSignal;
  /** Called when the embedded database ends by itself. */
  lost?: () => void;
}

export async function startHub(config: Config, { progress = () => {}, warn = (message) => log.warn({ said: message }, 'the embedded database'), signal, lost }: HubOptions = {}): Promise<Hub> {
  if (config.supergraph.path !== null) throw new ConfigError('SUPERGRAPH_PATH is for the gateway alone, `npm run start:gateway`: this hub has its subgraphs in it.');
  // What is open, to be closed in the opposite order: on a stop, and when a later step fails. No request comes in meanwhile.
  const open: (() => Promise<void>)[] = [];
  let closeDoor = () => Promise.resolve();
  const stop = async () => {
    await closeDoor();
    for (let close = open.pop(); close; close = open.pop()) await close();
  };
  try {
    let last = Date.now();
    const done = (what: string) => {
      const now = Date.now();
      progress(what, now - last);
      last = now;
      signal?.throwIfAborted();
    };
    const door = await listen(config.host, config.port);
    closeDoor = () => door.drain.close(config.shutdownGraceSeconds);

    let databaseUrl = config.databaseUrl;
    if (!databaseUrl) {
      const postgres = await startEmbeddedPostgres({ folder: config.dataFolder, note: warn, ...(lost ? { lost } : {}) });
      open.push(() => postgres.stop());
      databaseUrl = postgres.url;
      done(`PostgreSQL ${postgres.firstStart ? 'made' : 'started'} in ${relative(process.cwd(), postgres.dataFolder) || '.'}`);
    }

    const running = new Map<SubgraphName, RunningSubgraph>();
    for (const subgraph of subgraphs) {
      const one = await runSubgraph(subgraph, {
        databaseUrl,
        demoOffers: config.demoOffers,
        today: new Date(),
        feedIntervalSeconds: config.feedIntervalSeconds,
        patienceSeconds: 30,
        ...(signal ? { signal } : {}),
        sourceOf: (owner) => running.get(owner)!.feeds,
      });
      open.push(() => one.stop());
      running.set(one.name, one);
      done(`${one.name} ${one.seeded ? 'migrated and filled' : 'ready'}`);
    }

    const access = await AccessStore.open(databaseUrl);
    open.push(() => access.close());
    const gateway = await startGateway(config, {
      transport: (name) => inProcess(running.get(name as SubgraphName)!, config.executor === 'hub'),
      identify: identifier(access, config.openId),
      noteRefusal: noteIn(access),
      checkDatabase: (signal) => access.check(signal),
      pools: () => ({ ...Object.fromEntries([...running].map(([name, { db }]) => [name, db.pools])), access: access.pools }),
      stopping: () => door.drain.stopping,
      feeds: (name) => running.get(name)!.feeds,
    });
    open.push(() => gateway.stop());
    door.serve(gateway);
    done('gateway ready');
    const host = config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host;
    return { url: `http://${host}:${door.port}`, running, access, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function main(): Promise<void> {
  console.log('Sillon Lorrain hub\n');
  const config = readConfig();
  log.level = config.logLevel;
  startTraces(config.traces, 'hub');
  const aborted = new AbortController();
  const stop = (why: string, code: number) => {
    // Whoever asks twice does not want to wait.
    if (aborted.signal.aborted) process.exit(code || 1);
    console.log(`\n${why}: stopping …`);
    process.exitCode = code;
    aborted.abort();
    // A connection whose server is gone without a word would keep the process alive.
    void starting.then((hub) => hub.stop()).then(stopTraces).then(() => {
      console.log('stopped');
      process.exit();
    }, () => {});
  };
  process.on('SIGINT', (signal) => stop(signal, 0)).on('SIGTERM', (signal) => stop(signal, 0));
  const starting = startHub(config, {
    progress: (what, milliseconds) => console.log(`  ${what.padEnd(44)}${(milliseconds / 1000).toFixed(1).padStart(6)} s`),
    signal: aborted.signal,
    lost: () => stop('the database is gone', 1),
  });
  const hub = await starting.catch((error: unknown) => {
    if (!aborted.signal.aborted) throw error;
    console.log('stopped');
  });
  if (!hub || aborted.signal.aborted) return;
  const { url } = hub;
  console.log(`
  GraphQL    ${url}/graphql    (a browser shows Apollo Sandbox there)
  Explorer   ${url}/explorer   (works offline, the stories are in its tabs)

Try a first query:

  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -d '{"query":"{ territory(id: \\"sillon-lorrain\\") { name population { value period } } }"}'
${config.demoOffers > 0 ? '\nJob offers, and startups without an open register, are a generated demonstration (source "synthetic");\nHUB_DEMO_OFFERS=0 on an empty data folder leaves them out.\n' : ''}
Ctrl-C stops everything.`);
}

if (require.main === module) main().catch(explainFailure);
