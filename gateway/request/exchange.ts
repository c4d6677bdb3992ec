import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { Refusal, type Answer, type ReadRequest } from '../../shared/http/graphqlEndpoint';
import type { GatewayContext } from './context';
import type { Operation } from './operation';

// A request's way through the gateway: one step after the other, each in a file of its own, listed in `server.ts`. A step may
// answer itself, refuse, or let the next one answer and look at what it says.

/** One GraphQL request on its way. */
export interface Exchange {
  /** As it came; its body has been read. */
  readonly incoming: IncomingMessage;
  readonly read: ReadRequest;
  /** Of the client, seen through the proxies that are trusted. */
  readonly address: string;
  /** What it asks; null for a page of the explorer, and for what is no GraphQL request: Apollo Server says why. */
  params: Params | null;
  /** The operation in it, once `limits` has read it; null where there is none to be read. */
  operation: Operation | null;
  /** For the fetches; the caller in it is the public until `identity` has found out. */
  context: GatewayContext;
}

/**
 * The client's address. Each trusted proxy has added whom it was asked by to `x-forwarded-for`; what stands before these could be anybody's word.
 * @param proxies how many stand before the hub
 */
export function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  return networkOf((proxies > 0 ? forwarded[Math.max(0, forwarded.length - proxies)] : undefined) ?? socket.remoteAddress ?? '');
}

/** An IPv6 client has all the addresses of its network of 64 bits: they are one. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) groups.push(...Array<string>(8 - groups.length - tail.split(':').filter(Boolean).length).fill('0'));
  return groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':');
}

/** The parameters of GraphQL over HTTP. */
export interface Params {
  query?: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  extensions?: Record<string, unknown> | null;
}

/** `next` goes on with the same exchange, or with another one in its place. */
export type Step = (exchange: Exchange, next: (instead?: Exchange) => Promise<Answer>) => Promise<Answer>;

/** Goes through the steps, then to the end. */
export function walk(steps: readonly Step[], exchange: Exchange, end: (exchange: Exchange) => Promise<Answer>): Promise<Answer> {
  const from = (at: number, one: Exchange): Promise<Answer> => steps[at]?.(one, (instead = one) => from(at + 1, instead)) ?? end(one);
  return from(0, exchange);
}

/** Reads the parameters of one GraphQL request; null where it is none. Throws a Refusal for what cannot be read. */
export function paramsOf({ method, search, body }: ReadRequest): Params | null {
  if (method === 'POST') return isObject(body) ? checked(body) : null;
  if (method !== 'GET') return null;
  const query = new URLSearchParams(search);
  if (!query.has('query') && !query.has('extensions')) return null;
  return checked({
    ...(query.has('query') ? { query: query.get('query') } : {}),
    operationName: query.get('operationName'),
    variables: jsonOf('variables', query.get('variables')),
    extensions: jsonOf('extensions', query.get('extensions')),
  });
}

function jsonOf(name: string, text: string | null): unknown {
  if (text === null || text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal(400, 'BAD_REQUEST', `${name} is not JSON: ${(error as Error).message}.`);
  }
}

function checked(given: Record<string, unknown>): Params {
  const { query, operationName, variables, extensions } = given;
  const wrong = (name: string, expected: string) => new Refusal(400, 'BAD_REQUEST', `${name}: expected ${expected}.`);
  if (query != null && typeof query !== 'string') throw wrong('query', 'a text');
  if (operationName != null && typeof operationName !== 'string') throw wrong('operationName', 'a text');
  if (variables != null && !isObject(variables)) throw wrong('variables', 'an object');
  if (extensions != null && !isObject(extensions)) throw wrong('extensions', 'an object');
  return given as Params;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
