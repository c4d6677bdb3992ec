import { setMaxListeners } from 'node:events';
import type { GatewayExecutionResult, GatewayExecutor } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../request/context';

interface Shared {
  result: Promise<GatewayExecutionResult>;
  /** Clients that wait for it. */
  waiting: number;
  /** When it was begun, and when its answer is due. */
  since: number;
  deadline: number;
  over: AbortController;
}

/**
 * An executor that fetches once for identical queries of the same caller that are under way at the same time: one that many
 * pages ask at once. Never for mutations: two that are alike are two wishes, and only an idempotency key says otherwise.
 */
export function deduplicate(execute: GatewayExecutor): GatewayExecutor {
  /** By schema: what began on one is no answer on the next. */
  const ofSchemas = new WeakMap<GraphQLSchema, Map<string, Shared>>();
  return (request) => {
    if (request.operation.operation !== 'query') return execute(request);
    const context = request.context as GatewayContext;
    const { caller, langs, acceptLanguage, signal } = context;
    const key = JSON.stringify([request.queryHash, request.operationName, request.request.variables, langs, acceptLanguage, caller]);
    let underWay = ofSchemas.get(request.schema)!;
    if (!underWay) ofSchemas.set(request.schema, (underWay = new Map()));
    let shared = underWay.get(key);
    // Whoever comes late in the time of another would share its deadline too: it begins anew.
    if (!shared || shared.over.signal.aborted || Date.now() > (shared.since + shared.deadline) / 2) {
      const over = new AbortController();
      setMaxListeners(0, over.signal);
      const { deadline } = context;
      const own = { ...context, signal: over.signal, subgraphs: new Map() };
      const begun: Shared = { waiting: 0, since: Date.now(), deadline, over, result: execute({ ...request, context: own }).finally(() => underWay.get(key) === begun && underWay.delete(key)) };
      underWay.set(key, (shared = begun));
    }
    return join(shared, signal);
  };
}

/** Waits for a shared execution; the last who leaves ends it, and so does its deadline. */
async function join(shared: Shared, signal: AbortSignal): Promise<GatewayExecutionResult> {
  const leave = () => {
    shared.waiting--;
    if (shared.waiting === 0 || Date.now() >= shared.deadline) shared.over.abort();
  };
  shared.waiting++;
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  try {
    // Each answer is finished for itself: what is written into one must not show in another.
    const { errors, extensions, ...result } = await shared.result;
    return { ...result, ...(errors ? { errors: [...errors] } : {}), ...(extensions ? { extensions: { ...extensions } } : {}) };
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
