import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ConfigError, readConfig, requireSecret, subgraphNames, type SubgraphName } from '../shared/config';
import { Ending, type Signal } from '../shared/ending';
import { explainFailure } from '../shared/failure';
import { asRequest, log } from '../shared/log';
import { continued, startTraces, stopTraces } from '../shared/traces/trace';
import { answers } from '../shared/health';
import { remoteFeeds, serveFeed } from '../shared/feed/http';
import { Context, TIME_LEFT } from '../shared/graphql/context';
import { fetchTokenReader, fetchTokens, FetchRefused } from '../shared/rights/fetchToken';
import { acceptedLangs } from '../shared/graphql/text';
import { drainable } from '../shared/http/drain';
import { sendEach } from '../shared/http/batch';
import { fetchEndpoint } from '../shared/http/fetchEndpoint';
import { answerOf, readRequest, Refusal, send, sendJson, sorry, urlOf } from '../shared/http/graphqlEndpoint';
import { runSubgraph } from '../shared/running';
import { subgraphs } from './all';

/** One subgraph in a process of its own: `npm run start:subgraph -- territories`. */
async function main(): Promise<void> {
  const name = process.argv[2] as SubgraphName;
  const subgraph = subgraphs.find((one) => one.name === name);
  if (!subgraph) throw new ConfigError(`Which subgraph? Read ${JSON.stringify(name ?? null)}, expected one of ${subgraphNames.join(', ')}.`);
  const config = readConfig();
  if (!config.databaseUrl) throw new ConfigError('DATABASE_URL is not set: a subgraph on its own needs a PostgreSQL 15 or newer.');
  log.level = config.logLevel;
  startTraces(config.traces, name);
  const address = new URL(config.subgraphUrls[name]);

  const readToken = fetchTokenReader(requireSecret(config), name);
  const readFeedToken = fetchTokenReader(requireSecret(config), `feeds of ${name}`);
  const { databaseUrl, demoOffers, feedIntervalSeconds } = config;
  const running = await runSubgraph(subgraph, {
    databaseUrl,
    demoOffers,
    feedIntervalSeconds,
    today: new Date(),
    // The owner of a feed may start later than its followers.
    patienceSeconds: 60,
    sourceOf: (owner) => remoteFeeds(owner, config.subgraphUrls[owner], fetchTokens(requireSecret(config), `feeds of ${owner}`)),
  });
  const endpoint = await fetchEndpoint(running.schema, config.executor === 'hub');
  const callerOf = ({ headers }: IncomingMessage, read = readToken) =>
    read(headers.authorization).catch((error: unknown) => {
      throw error instanceof FetchRefused ? new Refusal(401, 'UNAUTHENTICATED', error.why, { 'www-authenticate': 'Bearer realm="subgraph"' }) : error;
    });
  const contextOf = async (request: IncomingMessage, response: ServerResponse) =>
    new Context({ db: running.db, langs: acceptedLangs(request.headers['accept-language']), caller: await callerOf(request), refreshCopies: running.refreshCopies, ...patienceOf(request, response) });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      const context = await contextOf(request, response);
      const read = await readRequest(request);
      const answerTo = (body: unknown) => endpoint.answer({ ...read, body }, context);
      if (Array.isArray(read.body) && read.body.length > 0) await sendEach(response, read.body.map((one) => answerTo(one).catch(sorry)));
      else send(response, await answerTo(read.body));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, answerOf(error));
    }
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const answered =
      pathname === address.pathname
        ? asRequest(request.headers, () => continued(request.headers, () => answer(request, response)))
        : pathname.startsWith('/feeds/')
          ? serveFeed(running.feeds, pathname.slice('/feeds/'.length), searchParams, response, () => callerOf(request, readFeedToken))
          : pathname === '/health/ready'
          ? ready().then((ready) => sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : drain.stopping ? 'stopping' : 'not ready' }))
          : Promise.resolve(sendJson(response, pathname === '/health/live' ? 200 : 404, { status: pathname === '/health/live' ? 'live' : 'nothing here' }));
    answered.catch((error: unknown) => {
      const answer = sorry(error);
      if (!response.headersSent) send(response, answer);
    });
  });
  const drain = drainable(server);
  const ready = async () => !drain.stopping && (await answers((signal) => running.db.check(signal)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ConfigError(`Cannot listen on ${config.host}:${address.port}: ${error.message}. Set ${name.toUpperCase()}_URL to another port.`)));
    server.listen(Number(address.port || 80), config.host, resolve);
  });
  const stop = async () => {
    await drain.close(config.shutdownGraceSeconds);
    await endpoint.stop();
    await running.stop();
    await stopTraces();
    // A connection whose server is gone without a word would keep the process alive.
    process.exit();
  };
  process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());
  // Whoever reads this may ask it to stop at once.
  console.log(`${name} ready at ${address.href}`);
}

/** Until when a fetch is waited for. One that names no time is a mutation's: it goes on though the gateway hangs up. */
function patienceOf({ headers }: IncomingMessage, response: ServerResponse): { signal?: Signal } {
  const left = Number(headers[TIME_LEFT]);
  if (!(left > 0)) return {};
  const over = new Ending();
  const timer = setTimeout(() => over.abort(), Math.min(left, 300_000));
  response.once('close', () => {
    clearTimeout(timer);
    // An abort makes an error with its stack: not for each fetch that was answered.
    if (!response.writableFinished) over.abort();
  });
  return { signal: over };
}

main().catch((error: unknown) => {
  explainFailure(error);
  // What was opened before the failure would keep the process alive.
  process.exit();
});
