import { explainFailure } from '../shared/failure';
import { readConfig, requireSecret, type SubgraphName } from '../shared/config';
import { log } from '../shared/log';
import { remoteFeeds } from '../shared/feed/http';
import { fetchTokens } from '../shared/rights/fetchToken';
import { startTraces, stopTraces } from '../shared/traces/trace';
import { identifier } from './access/identify';
import { AccessStore, noteIn } from './access/store';
import { listen, startGateway } from './server';
import { overHttp } from './transport/http';

/** The gateway alone, over subgraphs in processes of their own: those of the hub, or foreign ones. */
async function main(): Promise<void> {
  const config = readConfig();
  log.level = config.logLevel;
  startTraces(config.traces, 'gateway');
  const foreign = config.supergraph.path !== null;
  const secret = foreign ? null : requireSecret(config);
  const door = await listen(config.host, config.port);
  // Without a database there are no keys: everybody is the public.
  const access = config.databaseUrl && !foreign ? await AccessStore.open(config.databaseUrl) : null;
  const gateway = await startGateway(config, {
    // The supergraph has been checked: it names subgraphs of the hub alone, unless it is foreign.
    transport: (name, address) =>
      secret === null ? overHttp(name, address, null) : overHttp(name, config.subgraphUrls[name as SubgraphName], fetchTokens(secret, name as SubgraphName)),
    identify: identifier(access, config.openId),
    noteRefusal: noteIn(access),
    checkDatabase: access && ((signal) => access.check(signal)),
    pools: () => Object.fromEntries(access ? [['access', access.pools]] : []),
    stopping: () => door.drain.stopping,
    feeds: secret === null ? null : (name) => remoteFeeds(name, config.subgraphUrls[name], fetchTokens(secret, `feeds of ${name}`)),
  });
  door.serve(gateway);
  const stop = async () => {
    await door.drain.close(config.shutdownGraceSeconds);
    await gateway.stop();
    await access?.close();
    await stopTraces();
    // A connection whose server is gone without a word would keep the process alive.
    process.exit();
  };
  process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());
  // Whoever reads this may ask it to stop at once.
  console.log(`gateway ready at http://${config.host}:${door.port}/graphql`);
}

main().catch((error: unknown) => {
  explainFailure(error);
  // What was opened before the failure would keep the process alive.
  process.exit();
});
