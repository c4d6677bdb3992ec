import { AsyncResource } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { BrokenCircuitError, bulkhead, BulkheadRejectedError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Pool } from 'undici';
import type { Signal } from '../../shared/ending';
import { eachIn } from '../../shared/http/batch';
import { log, REQUEST_ID, currentRequest } from '../../shared/log';
import { traceHeaders } from '../../shared/traces/trace';
import { TIME_LEFT } from '../../shared/graphql/context';
import type { Caller } from '../../shared/rights/caller';
import type { GatewayContext } from '../request/context';
import { post } from './post';
import { FetchFailed, type Fetch, type Fetched, type Transport } from './reach';
import { shapeOf } from './shape';

/** Connections to a subgraph, and fetches that wait for one. Together fewer than the operations that the gateway takes: one that stalls does not hold them all. */
const CONNECTIONS = 32;
const WAITING = 64;
const LARGEST_ANSWER = 20_000_000;
/** A fetch of more entities is made alone, and so are those that are longer together, in characters: neither question nor answer would stay small. */
const MOST_JOINED = 100;
const LONGEST_JOINED = 200_000;
/** Failures in a row after which a subgraph is left alone, and how often it is asked then whether it lives, in milliseconds. */
const FAILURES = 5;
const REST = 1000;
/** Tries of a query after the first. */
const RETRIES = 2;
/** Share of the fetches that may be tried again: a subgraph that is down is not asked three times as often. */
const RETRY_SHARE = 0.2;
const MOST_SAVED_RETRIES = 10;
/** A fetch that had less time than this, in milliseconds, says nothing of its subgraph when it runs out. */
const FAIR = 1000;

/** No answer, or none that can be believed. */
class NoAnswer extends Error {
  constructor(
    /** Whether another try may do better. */
    readonly passing: boolean,
    readonly subgraphFailed = true,
  ) {
    super();
  }
}

/**
 * Fetches from a subgraph in a process of its own, over a pool of kept connections.
 * @param tokenFor null for a subgraph that is not the hub's: it gets no token, and its answers are taken as they are
 */
export function overHttp(name: string, address: string, tokenFor: ((caller: Caller) => Promise<string>) | null): Transport {
  const { origin, pathname, search } = new URL(address);
  const path = pathname + search;
  const foreign = tokenFor === null;
  const pool = new Pool(origin, { connections: CONNECTIONS, headersTimeout: 30_000, bodyTimeout: 30_000, connect: { timeout: 2000 }, maxResponseSize: LARGEST_ANSWER });
  const room = bulkhead(CONNECTIONS, WAITING);
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof NoAnswer && error.subgraphFailed),
    { halfOpenAfter: 0, breaker: new ConsecutiveBreaker(FAILURES) },
  );
  // No reader waits for a look at a subgraph that may be down still, and none fails because nobody has looked.
  breaker.onBreak(() => void setTimeout(look, REST).unref());
  const shapes = new WeakMap<GraphQLSchema, LRUCache<string, ReturnType<typeof shapeOf>>>();
  let retriesSaved = MOST_SAVED_RETRIES;
  let closed = false;

  const fits = ({ query, schema, variables }: Fetch, data: Record<string, unknown>): boolean => {
    let known = shapes.get(schema);
    if (!known) shapes.set(schema, (known = new LRUCache({ max: 2000 })));
    let shape = known.get(query);
    if (!shape) known.set(query, (shape = shapeOf(query, schema)));
    return shape(data, representationsOf({ variables }).length);
  };

  /** Posts a body for a request; `take` gets what comes back. Resolves to the status at its end. */
  async function send({ caller, acceptLanguage }: GatewayContext, deadline: number, signal: Signal | undefined, body: string, take: Take): Promise<number> {
    const left = deadline - Date.now();
    const headers = ['content-type', 'application/json', 'accept', 'application/json'];
    if (tokenFor) headers.push('authorization', `Bearer ${await tokenFor(caller)}`);
    if (acceptLanguage) headers.push('accept-language', acceptLanguage);
    headers.push(...Object.entries(traceHeaders()).flat());
    const request = currentRequest();
    if (request) headers.push(REQUEST_ID, request);
    if (signal) headers.push(TIME_LEFT, String(Math.max(1, Math.ceil(left))));
    let status: number;
    try {
      status = await post(pool, path, headers, body, signal, take);
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      // A client that left, or a fetch that had hardly any time.
      if (signal?.aborted) throw new NoAnswer(false, left >= FAIR && Date.now() >= deadline);
      const { name: kind } = error as Error;
      // The subgraph may be at work on it, or its answer is too large or no JSON: asking again would make it worse.
      throw new NoAnswer(!['HeadersTimeoutError', 'BodyTimeoutError', 'ResponseExceededMaxSizeError', 'SyntaxError'].includes(kind));
    }
    if (status === 401 && !foreign) {
      log.error({ subgraph: name }, 'a subgraph refuses this gateway: HUB_SECRET must be the same in both, and their clocks too');
      throw new NoAnswer(false);
    }
    if (status >= 502 && status <= 504) throw new NoAnswer(true);
    return status;
  }

  function checked(fetch: Fetch, read: unknown): Fetched {
    if (!isAnswer(read, foreign) || (!foreign && read.data && !fits(fetch, read.data))) throw new NoAnswer(false);
    return read;
  }

  async function ask(fetch: Fetch): Promise<Fetched> {
    let text = '';
    await send(fetch.context, fetch.context.deadline, fetch.signal, JSON.stringify(questionOf(fetch)), (more) => (text += more));
    return checked(fetch, parsed(text));
  }

  /** Asks for all in one request; each answer is told of when it comes. Throws NoAnswer where one does not. */
  async function askEach(fetches: readonly Fetch[], signal: Signal, body: string, tell: (at: number, answer: Fetched) => void): Promise<void> {
    const missing = new Set(fetches.keys());
    const take = eachIn((at, answer) => {
      if (!missing.delete(at)) throw new NoAnswer(false);
      tell(at, checked(fetches[at]!, answer));
    });
    const deadline = Math.max(...fetches.map(({ context }) => context.deadline));
    const status = await send(fetches[0]!.context, deadline, signal, body, (text, status) => status === 200 && take(text));
    // A subgraph of an older version takes no batch: nothing is wrong with it.
    if (missing.size > 0) throw new NoAnswer(false, status === 200);
  }

  /** Takes a subgraph that was left alone into use again if it lives. */
  function look(): void {
    if (closed) return;
    const alive = async () => {
      const status = await statusOf('/health/live', AbortSignal.timeout(REST)).catch(() => 503);
      if (status >= 500) throw new NoAnswer(false);
    };
    breaker.execute(alive).catch(() => undefined);
  }

  async function statusOf(path: string, signal: Signal): Promise<number> {
    const { statusCode, body } = await pool.request({ path, method: 'GET', signal });
    await body.dump();
    return statusCode;
  }

  function throughBreaker<Result>(work: () => Promise<Result>): Promise<Result> {
    if (breaker.state !== CircuitState.Closed) throw new BrokenCircuitError();
    return breaker.execute(work);
  }

  async function tryAgain(fetch: Fetch): Promise<Fetched> {
    retriesSaved = Math.min(MOST_SAVED_RETRIES, retriesSaved + RETRY_SHARE);
    for (let tries = 0; ; tries++) {
      try {
        return await throughBreaker(() => ask(fetch));
      } catch (error) {
        // Never a mutation: where the connection broke nobody knows whether it was done, and twice is worse than an error.
        if (!(error instanceof NoAnswer) || !error.passing || fetch.mutation || tries === RETRIES || retriesSaved < 1) throw error;
        retriesSaved--;
        await pause(Math.random() * 50 * 2 ** tries);
        if (fetch.signal?.aborted) throw error;
      }
    }
  }

  async function inRoom<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      // One that waits for room is let in by another's end: it goes on as part of its own request all the same.
      return await room.execute(room.executionSlots > 0 ? work : AsyncResource.bind(work));
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError)) throw error;
      throw new FetchFailed('SUBGRAPH_UNAVAILABLE', `The subgraph "${name}" did not answer.`);
    }
  }

  const alone = (fetch: Fetch) => inRoom(() => tryAgain(fetch));

  return {
    fetch: alone,
    kinOf: (fetch) => (representationsOf(fetch).length > MOST_JOINED ? null : fetch.query),
    /** One request for all: there they share loaders. */
    together(fetches, signal) {
      const body = JSON.stringify(fetches.map(questionOf));
      if (body.length > LONGEST_JOINED) return fetches.map((fetch) => alone({ ...fetch, signal }));
      const told: ((answer: Fetched) => void)[] = [];
      const answers = fetches.map(() => new Promise<Fetched>((tell) => told.push(tell)));
      const over = inRoom(() => throughBreaker(() => askEach(fetches, signal, body, (at, answer) => told[at]!(answer))));
      // What has been told of stands, whatever becomes of the rest; that is asked for again by those whose it is.
      return answers.map((answer) => Promise.race([answer, over.then(() => answer)]));
    },
    async check(signal) {
      // Of a subgraph that is not the hub's nothing is known but GraphQL.
      if (foreign) return (await pool.request({ path, method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}', signal })).body.dump();
      const status = await statusOf('/health/ready', signal);
      if (status !== 200) throw new Error(`it answered ${status}`);
    },
    leftAlone: () => breaker.state !== CircuitState.Closed,
    close() {
      closed = true;
      return pool.destroy();
    },
  };
}

type Take = Parameters<typeof post>[5];

const questionOf = ({ query, operationName, variables }: Fetch) => ({ query, operationName, variables });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Asking again would make it worse.
    throw new NoAnswer(false);
  }
}

const representationsOf = ({ variables }: Pick<Fetch, 'variables'>): readonly unknown[] => (variables.representations as unknown[] | undefined) ?? [];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it is data, or errors: such as a subgraph of the hub makes them, unless it is foreign. */
function isAnswer(value: unknown, foreign: boolean): value is Fetched {
  if (!isObject(value)) return false;
  const { data, errors } = value;
  if (data !== undefined && data !== null && !isObject(data)) return false;
  if (foreign) return errors == null ? isObject(data) : Array.isArray(errors) && errors.every(isError);
  return errors === undefined ? isObject(data) : Array.isArray(errors) && errors.length > 0 && errors.every(isPublicError);
}

const isError = (error: unknown): error is Record<string, unknown> => isObject(error) && typeof error.message === 'string';

/** One that was not foreseen has an id in place of its own words: without it, nobody has looked at these. */
function isPublicError(error: unknown): boolean {
  if (!isError(error) || !isObject(error.extensions)) return false;
  const { code, id } = error.extensions;
  return typeof code === 'string' && (code !== 'INTERNAL_SERVER_ERROR' || typeof id === 'string') && (error.path === undefined || Array.isArray(error.path));
}
