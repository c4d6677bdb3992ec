import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { ApolloGateway } from '@apollo/gateway';
import { subgraphNames, type Config, type SubgraphName } from '../shared/config';
import { Explained } from '../shared/failure';
import type { Check } from '../shared/health';
import { formatPublicError } from '../shared/graphql/publicError';
import { drainable, type Drain } from '../shared/http/drain';
import { answerOf, askApollo, readRequest, Refusal, send, sendJson, urlOf, type Answer } from '../shared/http/graphqlEndpoint';
import { root } from '../shared/root';
import { PUBLIC } from '../shared/rights/caller';
import type { Identify } from './access/identify';
import { gatewayContext, type GatewayContext } from './request/context';
import { paramsOf, walk, type Exchange, type Step } from './request/exchange';
import { serveExplorer } from './explorer/explorer';
import { readiness } from './health';
import { deadline } from './plugins/deadline';
import { identity } from './plugins/identity';
import { inputErrors } from './plugins/inputErrors';
import { shedding } from './plugins/shedding';
import { reach, type Transport } from './transport/reach';
import { withRights, type NoteRefusal } from './rights/enforceRights';

const QUIET = { debug() {}, info() {}, warn: (message: string) => console.error(message), error: (message: string) => console.error(message) };

export interface Gateway {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewayParts {
  /** How a fetch reaches a subgraph. */
  transport(name: SubgraphName): Transport;
  identify: Identify;
  noteRefusal: NoteRefusal;
  /** Whether the database of partners and keys answers; null where there is none. */
  checkDatabase: Check | null;
  stopping(): boolean;
  limits: Pick<Config, 'requestDeadlineSeconds' | 'maxConcurrentRequests'>;
}

/** The gateway over the committed supergraph. */
export async function startGateway({ transport, identify, noteRefusal, checkDatabase, stopping, limits }: GatewayParts): Promise<Gateway> {
  const transports = new Map(subgraphNames.map((name) => [name, transport(name)]));
  const gateway = new ApolloGateway({
    supergraphSdl: withoutSecurityPurpose(readFileSync(join(root, 'gateway/supergraph/supergraph.graphql'), 'utf8')),
    buildService: ({ name }) => reach(name, transports.get(name as SubgraphName)!),
    logger: QUIET,
  });
  const apollo = new ApolloServer<GatewayContext>({
    gateway: withRights(gateway, noteRefusal),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: QUIET,
    formatError: formatPublicError,
    plugins: [
      // Apollo Sandbox for whoever opens the endpoint in a browser; it loads from Apollo's network.
      ApolloServerPluginLandingPageLocalDefault({ footer: false }),
      inputErrors,
    ],
  });
  await apollo.start();
  /** The way of each request. */
  const load = shedding(limits.maxConcurrentRequests);
  const steps: Step[] = [deadline(limits.requestDeadlineSeconds), load.step, identity(identify)];
  const ready = readiness(Object.fromEntries([...transports].map(([name, one]) => [name, (signal: AbortSignal) => one.check(signal)])), checkDatabase, stopping);
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
      else if (path === '/health/ready') {
        const { status, body } = await ready();
        sendJson(response, status, body);
      } else if (path === '/explorer' || path.startsWith('/explorer/')) serveExplorer(path, response);
      else sendJson(response, 404, { errors: [{ message: `There is nothing at ${path}. The endpoint is /graphql, the explorer /explorer.` }] });
    },
    async stop() {
      load.stop();
      await apollo.stop();
      await Promise.all([...transports.values()].map((one) => one.close()));
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
export async function listen(host: string, port: number): Promise<{ server: Server; port: number; drain: Drain; serve(gateway: Pick<Gateway, 'handle'>): void }> {
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
