import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Config, SubgraphName } from '../shared/config';
import { Explained } from '../shared/failure';
import type { FeedSource } from '../shared/feed/feed';
import { formatPublicError } from '../shared/graphql/publicError';
import { answerOf, askApollo, closeServer, readRequest, Refusal, send, sendJson, urlOf, type Answer } from '../shared/http/graphqlEndpoint';
import { root } from '../shared/root';
import { PUBLIC } from '../shared/rights/caller';
import type { Identify } from './access/identify';
import { watchOutboxes } from './cache/outboxes';
import { openStore } from './cache/openStore';
import { gatewayContext, type GatewayContext } from './request/context';
import { paramsOf, walk, type Exchange, type Step } from './request/exchange';
import { serveExplorer } from './explorer/explorer';
import { identity } from './plugins/identity';
import { inputErrors } from './plugins/inputErrors';
import { noting, responseCache } from './plugins/responseCache';
import { withRights, type NoteRefusal } from './rights/enforceRights';

const QUIET = { debug() {}, info() {}, warn: (message: string) => console.error(message), error: (message: string) => console.error(message) };

export interface Gateway {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewayParts {
  /** How a fetch reaches a subgraph. */
  transport(name: SubgraphName): GraphQLDataSource<GatewayContext>;
  identify: Identify;
  noteRefusal: NoteRefusal;
  cache: Config['cache'];
  /** The feeds of a subgraph: its outbox tells when kept answers are old. */
  feeds(name: SubgraphName): FeedSource;
}

/** The gateway over the committed supergraph. */
export async function startGateway({ transport, identify, noteRefusal, cache, feeds }: GatewayParts): Promise<Gateway> {
  const store = openStore(cache);
  const kept = responseCache(store);
  const gateway = new ApolloGateway({
    supergraphSdl: withoutSecurityPurpose(readFileSync(join(root, 'gateway/supergraph/supergraph.graphql'), 'utf8')),
    buildService: ({ name }) => noting(name as SubgraphName, transport(name as SubgraphName)) as GraphQLDataSource,
    logger: QUIET,
  });
  const apollo = new ApolloServer<GatewayContext>({
    gateway: withRights(gateway, noteRefusal),
    introspection: true,
    // Nobody is known by a cookie: a page can ask for no more than its reader could. A plain GET is what browsers and proxies keep.
    csrfPrevention: false,
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
  await apollo.start();
  const stopWatching = store && watchOutboxes(feeds, (name) => store.renew([name]));
  /** The way of each request. */
  const steps: Step[] = [identity(identify), kept.step];
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    try {
      const read = await readRequest(request);
      const exchange: Exchange = { incoming: request, read, params: paramsOf(read), context: gatewayContext(request, PUBLIC) };
      return await walk(steps, exchange, ({ context }) => askApollo(apollo, read, context));
    } catch (error) {
      if (error instanceof Refusal) return answerOf(error);
      throw error;
    }
  };
  return {
    async handle(request, response) {
      const path = urlOf(request).pathname;
      if (path === '/graphql') {
        allowOrigins(request, response);
        if (request.method === 'OPTIONS') response.writeHead(204).end();
        else send(response, await answer(request));
      } else if (path === '/') response.writeHead(302, { location: '/explorer' }).end();
      else if (path === '/health/live') sendJson(response, 200, { status: 'live' });
      else if (path === '/explorer' || path.startsWith('/explorer/')) serveExplorer(path, response);
      else sendJson(response, 404, { errors: [{ message: `There is nothing at ${path}. The endpoint is /graphql, the explorer /explorer.` }] });
    },
    async stop() {
      stopWatching?.();
      await apollo.stop();
      store?.close();
    },
  };
}

/**
 * The supergraph as the Apollo gateway takes it. It refuses one whose links are "for: SECURITY", since it does not enforce
 * them itself: the hub does, see `rights/`. The published file keeps them, for other routers.
 */
const withoutSecurityPurpose = (sdl: string): string => sdl.replaceAll(/(@link\(url: "https:\/\/specs\.apollo\.dev\/(?:authenticated|requiresScopes)\/[^)]*), for: SECURITY\)/g, '$1)');

/** The data are public: any page may ask, without credentials. Apollo Sandbox is one of them. */
function allowOrigins({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? 'content-type');
  response.setHeader('access-control-max-age', '86400');
  response.setHeader('vary', 'access-control-request-headers');
}

/** A port that cannot be listened on; the message says what to do. */
export class PortUnusable extends Explained {}

/** Listens before the gateway is ready: a busy port is known at once, and an early caller is told to wait. */
export async function listen(host: string, port: number): Promise<{ server: Server; port: number; serve(gateway: Pick<Gateway, 'handle'>): void; close(): Promise<void> }> {
  let ready: Pick<Gateway, 'handle'> | undefined;
  const server = createServer((request, response) => {
    if (!ready) {
      response.setHeader('retry-after', '5');
      return sendJson(response, 503, { errors: [{ message: 'The hub is starting.', extensions: { code: 'STARTING' } }] });
    }
    ready.handle(request, response).catch((error: Error) => {
      console.error(error);
      if (!response.headersSent) sendJson(response, 500, { errors: [{ message: 'Something went wrong in the hub.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    });
  });
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
    serve(gateway) {
      ready = gateway;
    },
    close: () => closeServer(server),
  };
}
