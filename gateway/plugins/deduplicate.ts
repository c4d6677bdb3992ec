import { setMaxListeners } from 'node:events';
import type { GatewayExecutionResult, GatewayExecutor } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../request/context';

interface UnderWay<Result> {
  result: Promise<Result>;
  /** Clients that wait for it. */
  waiting: number;
  /** When it was begun, and when its answer is due. */
  since: number;
  deadline: number;
  over: AbortController;
}

/** Work that is done once for all who ask for the same at the same time: for a page that many open at once. */
export class Shared<Result> {
  private readonly underWay = new Map<string, UnderWay<Result>>();

  /**
   * @param key tells whether two ask for the same; the caller and the languages belong to it
   * @param work is given a context of its own: it ends when all who wait for it have left
   */
  once(key: string, context: GatewayContext, work: (own: GatewayContext) => Promise<Result>): Promise<Result> {
    const { underWay } = this;
    let shared = underWay.get(key);
    // Whoever comes late in the time of another would share its deadline too: it begins anew.
    if (!shared || shared.over.signal.aborted || Date.now() > (shared.since + shared.deadline) / 2) {
      const over = new AbortController();
      setMaxListeners(0, over.signal);
      const own = { ...context, signal: over.signal, subgraphs: new Map() };
      const begun: UnderWay<Result> = { waiting: 0, since: Date.now(), deadline: context.deadline, over, result: work(own).finally(() => underWay.get(key) === begun && underWay.delete(key)) };
      underWay.set(key, (shared = begun));
    }
    return join(shared, context.signal);
  }
}

/** Waits for shared work; the last who leaves ends it, and so does its deadline. */
async function join<Result>(shared: UnderWay<Result>, signal: AbortSignal): Promise<Result> {
  const leave = () => {
    shared.waiting--;
    if (shared.waiting === 0 || Date.now() >= shared.deadline) shared.over.abort();
  };
  shared.waiting++;
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  try {
    return await shared.result;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/**
 * An executor that fetches once for identical queries of the same caller. Never for mutations: two that are alike are two
 * wishes, and only an idempotency key says otherwise.
 */
export function deduplicate(execute: GatewayExecutor): GatewayExecutor {
  /** By schema: what began on one is no answer on the next. */
  const ofSchemas = new WeakMap<GraphQLSchema, Shared<GatewayExecutionResult>>();
  return async (request) => {
    if (request.operation.operation !== 'query') return execute(request);
    const context = request.context as GatewayContext;
    const { caller, langs, acceptLanguage } = context;
    const key = JSON.stringify([request.queryHash, request.operationName, request.request.variables, langs, acceptLanguage, caller]);
    let shared = ofSchemas.get(request.schema);
    if (!shared) ofSchemas.set(request.schema, (shared = new Shared()));
    // Each answer is finished for itself: what is written into one must not show in another.
    const { errors, extensions, ...result } = await shared.once(key, context, (own) => execute({ ...request, context: own }));
    return { ...result, ...(errors ? { errors: [...errors] } : {}), ...(extensions ? { extensions: { ...extensions } } : {}) };
  };
}
