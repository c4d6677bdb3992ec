import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { ApolloGateway } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import { executor, handOver } from './execution/executor';
import { prepared } from './execution/prepared';
import { subgraphNames, type Config, type SubgraphName } from '../shared/config';
import { Explained } from '../shared/failure';
import type { Pools } from '../shared/database/database';
import type { FeedSource } from '../shared/feed/feed';
import type { Check } from '../shared/health';
import { log } from '../shared/log';
import { formatPublicError } from '../shared/graphql/publicError';
import { drainable, type Drain } from '../shared/http/drain';
import { answerOf, askApollo, readRequest, Refusal, send, sendJson, sorry, urlOf, type Answer, type ReadRequest } from '../shared/http/graphqlEndpoint';
import { createPatientServer } from '../shared/http/patience';
import { PUBLIC } from '../shared/rights/caller';
import type { Identify } from './access/identify';
import { watchOutboxes } from './cache/outboxes';
import { openStore } from './cache/openStore';
import { gatewayContext, type GatewayContext } from './request/context';
import { addressOf, paramsOf, walk, type Exchange, type Params, type Step } from './request/exchange';
import { Operations } from './request/operation';
import { serveExplorer, stories } from './explorer/explorer';
import { hold, type NoteExcess } from './limits/limits';
import { readiness } from './health';
import { openBuckets } from './cost/openBuckets';
import { deadline } from './plugins/deadline';
import { deduplicate } from './plugins/deduplicate';
import { demand } from './plugins/demand';
import { identity } from './plugins/identity';
import { inputErrors, ownScalars } from './plugins/inputErrors';
import { limits } from './plugins/limits';
import { persistedQueries } from './plugins/persistedQueries';
import { noting, responseCache } from './plugins/responseCache';
import { listedByName, readSafelist, safelist, type Safelist } from './plugins/safelist';
import { shedding } from './plugins/shedding';
import { counted } from './observe/fetches';
import { Metrics } from './observe/metrics';
import { observe } from './observe/observe';
import { joined } from './transport/joined';
import { dataSource, reach, type Source, type Transport } from './transport/reach';
import { supergraphFile } from './supergraph/compose';
import { followSupergraph } from './supergraph/follow';
import { readFacts, type Facts } from './supergraph/facts';
import { sdlOf } from './supergraph/sdlOf';
import { withRights, type NoteRefusal } from './rights/enforceRights';

/** What Apollo tells, by its weight; its small talk is left out. */
const QUIET = { debug() {}, info() {}, warn: (said: string) => log.warn({ said }, 'Apollo warns'), error: (said: string) => log.error({ said }, 'Apollo fails') };

export interface Gateway {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewayParts {
  /** How a fetch reaches a subgraph; `address` is where the supergraph says that it is. */
  transport(name: string, address: string): Transport;
  identify: Identify;
  noteRefusal: NoteRefusal;
  /** The feeds of a subgraph: its outbox tells when kept answers are old. Null for a foreign supergraph: nothing tells, nothing is kept. */
  feeds: ((name: SubgraphName) => FeedSource) | null;
  /** Whether the database of partners and keys answers; null where there is none. */
  checkDatabase: Check | null;
  /** SQL connections of this process, by schema. */
  pools(): Record<string, Pools>;
  stopping(): boolean;
}

/** Where the size of bodies is told of only: more than this is refused all the same, in bytes. */
const LARGEST_MEASURED = 20_000_000;
/** How long fetches under way may still need a transport that was replaced, in milliseconds. */
const LAST_FETCHES = 60_000;

/** The gateway over the supergraph of the hub, or over a foreign one. */
export async function startGateway(config: Config, { transport, identify, noteRefusal, feeds, checkDatabase, pools, stopping }: GatewayParts): Promise<Gateway> {
  const { mode, safelistFile, introspection } = config.operations;
  const { path, ...following } = config.supergraph;
  const store = feeds && openStore(config.cache);
  /** Of each supergraph, and the present one: a request that began on another goes on with its. */
  const factsOf = new WeakMap<GraphQLSchema, Facts>();
  let facts: Facts | undefined;
  const current = () => facts!;
  const readFor = (schema: GraphQLSchema) => factsOf.get(schema)!;
  const kept = responseCache(store, current);
  // Apollo's gateway keeps the way to a subgraph that another supergraph no longer has: it may come back.
  const transports = new Map<string, Transport>();
  const sources = new Map<string, Source>();
  let inUse: readonly string[] = [];
  const ofStories = new Set(stories().flatMap(({ query }) => /^query (\w+)/m.exec(query)?.[1] ?? []));
  let list: Safelist = new Map();
  const metrics =
    config.metrics === 'false'
      ? null
      : new Metrics((operation) => ofStories.has(operation) || list.has(operation), { subgraphs: () => inUse.map((name) => [name, transports.get(name)!]), pools });
  const noteExcess: NoteExcess = (limit, found, mode) => {
    metrics?.limitExceeded(limit, mode);
    // Of what is refused whoever asked is told, and the metrics tell: a line for each would be a way to fill a disk.
    log[mode === 'measure' ? 'warn' : 'debug']({ limit, found, mode }, 'a limit was exceeded');
  };
  const { buckets, close: closeBuckets } = openBuckets(config.cache.redisUrl);
  const spending = demand(config.demand, buckets, current, noteExcess);
  const listIn = (api: GraphQLSchema): Safelist => (safelistFile === null ? new Map() : readSafelist(safelistFile, api));
  const gateway = new ApolloGateway({
    supergraphSdl: followSupergraph({
      ...following,
      file: path ?? supergraphFile,
      check({ subgraphs, api }) {
        const lost = subgraphs.find(({ name, url }) => (path === null ? !subgraphNames.includes(name as SubgraphName) : !URL.canParse(url)));
        if (lost) throw new Error(`There is no way to its subgraph "${lost.name}".`);
        // At the start the list says itself what is wrong with it, see below.
        if (facts) listIn(api);
      },
      taken({ subgraphs }) {
        inUse = subgraphs.map(({ name }) => name);
      },
      sdlOf: (name) => sdlOf(transports.get(name)!, facts!.schema),
      note: (said, fields) => log.warn(fields, said),
    }),
    // Of each subgraph, and again where it has moved.
    buildService({ name, url = '' }) {
      const moved = transports.get(name);
      if (moved) setTimeout(() => void moved.close(), LAST_FETCHES).unref();
      const one = transport(name, url);
      transports.set(name, one);
      const fetched = counted(name, reach(name, feeds ? joined(one) : (fetch) => one.fetch(fetch)), metrics);
      const source = feeds ? noting(name as SubgraphName, fetched) : fetched;
      sources.set(name, source);
      return dataSource(source);
    },
    experimental_didResolveQueryPlan: handOver,
    logger: QUIET,
  });
  const apollo = new ApolloServer<GatewayContext>({
    gateway: withRights(gateway, config.executor === 'hub' ? (apollos) => executor(apollos, sources, readFor) : (apollos) => apollos, (schema) => readFor(schema).needs, noteRefusal),
    introspection,
    // A name that is nearly right says as much as the schema.
    hideSchemaDetailsFromClientErrors: !introspection,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: QUIET,
    formatError: formatPublicError,
    plugins: [
      // Apollo Sandbox for whoever opens the endpoint in a browser; it loads from Apollo's network.
      ApolloServerPluginLandingPageLocalDefault({ footer: false }),
      inputErrors(introspection),
      ...(path === null ? [ownScalars] : []),
      kept.plugin,
      spending.plugin,
    ],
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    facts = readFacts(apiSchema, coreSupergraphSdl);
    factsOf.set(apiSchema, facts);
  });
  await apollo.start();
  list = listIn(current().schema);
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (list = listIn(apiSchema)));
  const stopWatching = feeds && store && watchOutboxes(feeds, (name) => store.renew([name]));
  const load = shedding(config.maxConcurrentRequests);
  /** The way of each request. */
  const steps: Step[] = [
    deadline(config.requestDeadlineSeconds),
    load.step,
    identity(identify),
    persistedQueries(),
    listedByName(() => list),
    limits(config.limits, new Operations(), noteExcess),
    safelist(() => list, mode, (operation) => log.warn({ operation }, 'an operation is not on the safelist')),
    spending.step,
    deduplicate(),
    kept.step,
    ...(config.executor === 'hub' ? [prepared(current)] : []),
  ];
  const ready = readiness(() => Object.fromEntries(inUse.map((name) => [name, (signal: AbortSignal) => transports.get(name)!.check(signal)])), checkDatabase, stopping);
  const answer = (request: IncomingMessage): Promise<Answer> =>
    observe(request, metrics, async (seen) => {
      const { body } = config.limits;
      const read = await readRequest(request, body.mode === 'enforce' ? body.most : LARGEST_MEASURED);
      hold(config.limits, 'body', read.size, noteExcess);
      const exchange: Exchange = { incoming: request, read, address: addressOf(request, config.trustedProxies), params: paramsOf(read), operation: null, context: gatewayContext(request, PUBLIC) };
      seen.exchange = exchange;
      return walk(steps, exchange, ({ params, context }) => askApollo(apollo, params ? asSent(read, params) : read, context));
    });
  return {
    async handle(request, response) {
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('referrer-policy', 'no-referrer');
      response.setHeader('x-frame-options', 'DENY');
      const path = request.url === '/graphql' ? '/graphql' : urlOf(request).pathname;
      if (path === '/graphql') {
        allowOrigins(config.corsOrigins, request, response);
        if (request.method === 'OPTIONS') response.writeHead(204).end();
        else send(response, await answer(request));
      } else if (path === '/') response.writeHead(302, { location: '/explorer' }).end();
      else if (path === '/health/live') sendJson(response, 200, { status: 'live' });
      else if (path === '/health/ready') {
        const { status, body } = await ready();
        sendJson(response, status, body);
      } else if (path === '/metrics' && metrics && (config.metrics === 'public' || isLocal(request))) {
        const { type, body } = await metrics.text();
        send(response, { status: 200, headers: { 'content-type': type }, body });
      } else if (path === '/explorer' || path.startsWith('/explorer/')) serveExplorer(path, response);
      else send(response, answerOf(new Refusal(404, 'NOT_FOUND', `There is nothing at ${path}. The endpoint is /graphql, the explorer /explorer.`)));
    },
    async stop() {
      stopWatching?.();
      load.stop();
      await apollo.stop();
      store?.close();
      closeBuckets();
      await Promise.all([...transports.values()].map((one) => one.close()));
    },
  };
}

/** Whether it comes from this machine, and no proxy says that it passes it on. */
const isLocal = ({ socket, headers }: IncomingMessage): boolean => /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') && !headers.forwarded && !headers['x-forwarded-for'];

/** A request with the parameters that the steps have left in it. */
function asSent(read: ReadRequest, { query, operationName, variables }: Params): ReadRequest {
  const params = { ...(query === undefined ? {} : { query }), ...(operationName == null ? {} : { operationName }), ...(variables == null ? {} : { variables }) };
  if (read.method === 'POST') return { ...read, body: params };
  const search = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as [string, string]));
  return { ...read, search: `?${search}` };
}

/** Pages of these origins may ask, without credentials that a browser adds on its own. Apollo Sandbox is one of them. */
function allowOrigins(allowed: readonly string[], { headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'origin, access-control-request-headers');
  const { origin } = headers;
  if (allowed.includes('*')) response.setHeader('access-control-allow-origin', '*');
  else if (origin !== undefined && allowed.includes(origin)) response.setHeader('access-control-allow-origin', origin);
  else return;
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? 'content-type, authorization');
  response.setHeader('access-control-expose-headers', 'etag, retry-after, ratelimit, ratelimit-policy, x-request-id');
  response.setHeader('access-control-max-age', '86400');
}

/** A port that cannot be listened on; the message says what to do. */
export class PortUnusable extends Explained {}

/** Listens before the gateway is ready: a busy port is known at once, and an early caller is told to wait. */
export async function listen(host: string, port: number): Promise<{ server: Server; port: number; drain: Drain; serve(gateway: Pick<Gateway, 'handle'>): void }> {
  let ready: Pick<Gateway, 'handle'> | undefined;
  const server = createPatientServer((request, response) => {
    if (!ready) {
      return send(response, answerOf(new Refusal(503, 'STARTING', 'The hub is starting.', { 'retry-after': '5' })));
    }
    ready.handle(request, response).catch((error: unknown) => {
      const answer = sorry(error);
      if (!response.headersSent) send(response, answer);
    });
  });
  const drain = drainable(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: 'another program listens there (is the hub already running?)',
        EACCES: 'this user may not listen there; ports below 1024 need more rights',
        EADDRNOTAVAIL: 'this machine does not have that address',
        ENOTFOUND: 'no host of that name is known',
      };
      reject(new PortUnusable(`Cannot listen on ${host}:${port}: ${why[error.code ?? ''] ?? error.message}. Stop it, or set HOST or PORT to another.`));
    });
    server.listen(port, host, resolve);
  });
  return {
    server,
    port: (server.address() as { port: number }).port,
    drain,
    serve(gateway) {
      ready = gateway;
    },
  };
}
