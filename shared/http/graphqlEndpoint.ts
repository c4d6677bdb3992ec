import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';

/** Larger bodies are refused: a GraphQL request of people or programs stays far below. */
const LARGEST_BODY = 1_000_000;

/** A request that is refused before it is looked into. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** Answers one HTTP request with an Apollo Server: the protocol between Node's HTTP and it. */
export async function serveGraphQL<TContext extends BaseContext>(
  server: ApolloServer<TContext>,
  contextOf: (request: IncomingMessage) => Promise<TContext>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const context = await contextOf(request);
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers,
        search: urlOf(request).search,
        body: request.method === 'POST' ? await bodyOf(request) : undefined,
      },
      context: () => Promise.resolve(context),
    });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    if (answer.body.kind === 'complete') {
      response.end(answer.body.string);
      return;
    }
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendRefusal(response, error);
  }
}

/** The parsed JSON body, as Apollo Server wants it; it refuses what is not an object itself. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Refusal(413, 'BODY_TOO_LARGE', `The body is larger than ${LARGEST_BODY} bytes.`);
    chunks.push(chunk);
  }
  if (!request.headers['content-type']?.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new Refusal(400, 'BAD_REQUEST', `The body is not JSON: ${(error as Error).message}.`);
  }
}

/** The request's path and query, whatever its first line held. */
export const urlOf = ({ url = '/' }: IncomingMessage): URL => new URL(`http://localhost${url.startsWith('/') ? url : '/'}`);

/** How long requests under way may take once the server closes, in milliseconds. */
const GRACE = 2000;

/** Takes no more requests, lets those under way end, and after a while hangs up on whatever is still connected. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection that never sent a byte does not count as idle.
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(timer);
}

export function sendRefusal(response: ServerResponse, { status, code, message, headers }: Refusal): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
