import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';
import type { ErrorCode } from '../graphql/errorCodes';
import { unforeseen } from '../graphql/publicError';

/** Larger bodies are refused: a GraphQL request of people or programs stays far below. */
const LARGEST_BODY = 1_000_000;
const JSON_BODY = /^application\/json\s*(;|$)/i;
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** A request that is refused before it is looked into. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly headers: Record<string, string> = {},
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** What goes back: small enough to be held as a text. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An HTTP request whose body has been read. */
export interface ReadRequest {
  method: string;
  headers: IncomingHttpHeaders;
  /** From the question mark on, or empty. */
  search: string;
  /** The JSON of the body; undefined where there is none, or where it has another type. */
  body: unknown;
  /** Bytes of the body. */
  size: number;
}

/** Reads a request to its end; throws a Refusal where the body is too large or not JSON. */
export async function readRequest(request: IncomingMessage, largestBody = LARGEST_BODY): Promise<ReadRequest> {
  const { method = 'GET', headers } = request;
  const search = request.url?.includes('?') ? urlOf(request).search : '';
  if (method !== 'POST') return { method, headers, search, body: undefined, size: 0 };
  const bytes = await bytesOf(request, largestBody);
  return { method, headers, search, body: JSON_BODY.test(headers['content-type'] ?? '') ? jsonOf(bytes) : undefined, size: bytes.length };
}

/** Lets an Apollo Server answer: the protocol between Node's HTTP and it. */
export async function askApollo<TContext extends BaseContext>(server: ApolloServer<TContext>, { method, headers, search, body }: ReadRequest, context: TContext): Promise<Answer> {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  const answer = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest: { method, headers: map, search, body }, context: () => Promise.resolve(context) });
  let text = '';
  if (answer.body.kind === 'complete') text = answer.body.string;
  else for await (const chunk of answer.body.asyncIterator) text += chunk;
  return { status: answer.status ?? 200, headers: Object.fromEntries(answer.headers), body: text };
}

/** A refusal as GraphQL over HTTP has it. */
export function answerOf({ status, code, message, headers, extensions }: Refusal): Answer {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] }) };
}

/** What goes back after an error that the hub did not foresee. */
export function sorry(error: unknown): Answer {
  const { message, extensions } = unforeseen(error);
  return { status: 500, headers: JSON_TYPE, body: JSON.stringify({ errors: [{ message, extensions }] }) };
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, status === 304 ? headers : { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** How long, in milliseconds. */
const HEARD_OUT = 2000;

/** Lets whoever is still sending come to the answer: who never read while sending would see a broken connection instead. */
function hearOut(request: IncomingMessage): void {
  request.resume();
  const timer = setTimeout(() => request.destroy(), HEARD_OUT);
  request.once('close', () => clearTimeout(timer));
}

async function bytesOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLarge = (found: number) => {
    hearOut(request);
    return new Refusal(413, 'LIMIT_EXCEEDED', `A body of at most ${most} bytes is read.`, { connection: 'close' }, { limit: 'body', found, most });
  };
  const announced = Number(request.headers['content-length']);
  if (announced > most) throw tooLarge(announced);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      request.off('data', take);
      reject(tooLarge(size));
    };
    // Whoever sent it left, or what came was no HTTP any more: nothing of the hub's failed.
    const brokeOff = () => {
      if (!request.complete) reject(new Refusal(400, 'BAD_REQUEST', 'The body broke off.', { connection: 'close' }));
    };
    request.on('data', take).once('end', () => resolve(Buffer.concat(chunks))).once('error', brokeOff).once('close', brokeOff);
  });
}

/** As Apollo Server wants it; it refuses what is not an object itself. */
function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw new Refusal(400, 'BAD_REQUEST', `The body is not JSON: ${(error as Error).message}.`);
  }
}

/** The request's path and query, whatever its first line held. */
export const urlOf = ({ url = '/' }: IncomingMessage): URL => new URL(`http://localhost${url.startsWith('/') ? url : '/'}`);

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, { status, headers: JSON_TYPE, body: JSON.stringify(body) });
}
