import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { ApolloGateway } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import { subgraphNames, type Config, type SubgraphName } from '../shared/config';
import { Explained } from '../shared/failure';
import type { FeedSource } from '../shared/feed/feed';
import type { Check } from '../shared/health';
import { log } from '../shared/log';
import { formatPublicError } from '../shared/graphql/publicError';
import { drainable, type Drain } from '../shared/http/drain';
import { answerOf, askApollo, readRequest, Refusal, send, sendJson, sorry, urlOf, type Answer, type ReadRequest } from '../shared/http/graphqlEndpoint';
import { root } from '../shared/root';
import { PUBLIC } from '../shared/rights/caller';
import type { Identify } from './access/identify';
import { watchOutboxes } from './cache/outboxes';
import { openStore } from './cache/openStore';
import { gatewayContext, type GatewayContext } from './request/context';
import { paramsOf, walk, type Exchange, type Params, type Step } from './request/exchange';
import { Operations } from './request/operation';
import { serveExplorer } from './explorer/explorer';
import type { NoteExcess } from './limits/limits';
import { readiness } from './health';
import { deadline } from './plugins/deadline';
import { identity } from './plugins/identity';
import { inputErrors } from './plugins/inputErrors';
import { limits } from './plugins/limits';
import { persistedQueries } from './plugins/persistedQueries';
import { noting, responseCache } from './plugins/responseCache';
import { listedByName, readSafelist, safelist, type Safelist } from './plugins/safelist';
import { shedding } from './plugins/shedding';
import { counted } from './observe/fetches';
import { Metrics } from './observe/metrics';
import { observe } from './observe/observe';
import { reach, type Transport } from './transport/reach';
import { withRights, type NoteRefusal } from './rights/enforceRights';

/** What Apollo tells, by its weight; its small talk is left out. */
const QUIET = { debug() {}, info() {}, warn: (said: string) => log.warn({ said }, 'Apollo warns'), error: (said: string) => log.error({ said }, 'Apollo fails') };

export interface Gateway {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewayParts {
  /** How a fetch reaches a subgraph. */
  transport(name: SubgraphName): Transport;
  identify: Identify;
  noteRefusal: NoteRefusal;
  /** The feeds of a subgraph: its outbox tells when kept answers are old. */
  feeds(name: SubgraphName): FeedSource;
  /** Whether the database of partners and keys answers; null where there is none. */
  checkDatabase: Check | null;
  stopping(): boolean;
}

/** The gateway over the committed supergraph. */
export async function startGateway(config: Config, { transport, identify, noteRefusal, feeds, checkDatabase, stopping }: GatewayParts): Promise<Gateway> {
  const { mode, safelistFile, introspection } = config.operations;
  const store = openStore(config.cache);
  const kept = responseCache(store);
  const transports = new Map(subgraphNames.map((name) => [name, transport(name)]));
  const metrics = config.metrics === 'false' ? null : new Metrics(new Map([...transports].map(([name, one]) => [name, () => one.leftAlone()])));
  const gateway = new ApolloGateway({
    supergraphSdl: withoutSecurityPurpose(readFileSync(join(root, 'gateway/supergraph/supergraph.graphql'), 'utf8')),
    buildService: ({ name }) => noting(name as SubgraphName, counted(name as SubgraphName, reach(name, transports.get(name as SubgraphName)!), metrics)),
    logger: QUIET,
  });
  const apollo = new ApolloServer<GatewayContext>({
    gateway: withRights(gateway, noteRefusal),
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
      inputErrors,
      kept.plugin,
    ],
  });
  let schema!: GraphQLSchema;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  await apollo.start();
  const list: Safelist = safelistFile === null ? new Map() : readSafelist(safelistFile, schema);
  const stopWatching = store && watchOutboxes(feeds, (name) => store.renew([name]));
  const load = shedding(config.maxConcurrentRequests);
  const noteExcess: NoteExcess = (limit, found, mode) => {
    metrics?.limitExceeded(limit, mode);
    log.warn({ limit, found, mode }, 'a limit was exceeded');
  };
  /** The way of each request. */
  const steps: Step[] = [
    deadline(config.requestDeadlineSeconds),
    load.step,
    identity(identify),
    persistedQueries(),
    listedByName(list),
    limits(config.limits, new Operations(), noteExcess),
    safelist(list, mode, (operation) => log.warn({ operation }, 'an operation is not on the safelist')),
    kept.step,
  ];
  const ready = readiness(Object.fromEntries([...transports].map(([name, one]) => [name, (signal: AbortSignal) => one.check(signal)])), checkDatabase, stopping);
  const answer = (request: IncomingMessage): Promise<Answer> =>
    observe(request, metrics, async (seen) => {
      const read = await readRequest(request, config.limits.body.most);
      const exchange: Exchange = { incoming: request, read, params: paramsOf(read), operation: null, context: gatewayContext(request, PUBLIC) };
      seen.exchange = exchange;
      return walk(steps, exchange, ({ params, context }) => askApollo(apollo, params ? asSent(read, params) : read, context));
    });
  return {
    async handle(request, response) {
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('referrer-policy', 'no-referrer');
      response.setHeader('x-frame-options', 'DENY');
      const path = urlOf(request).pathname;
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
      await Promise.all([...transports.values()].map((one) => one.close()));
    },
  };
}

/**
 * The supergraph as the Apollo gateway takes it. It refuses one whose links are "for: SECURITY", since it does not enforce
 * them itself: the hub does, see `rights/`. The published file keeps them, for other routers.
 */
const withoutSecurityPurpose = (sdl: string): string => sdl.replaceAll(/(@link\(url: "https:\/\/specs\.apollo\.dev\/(?:authenticated|requiresScopes)\/[^)]*), for: SECURITY\)/g, '$1)');

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
  const server = createServer((request, response) => {
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
