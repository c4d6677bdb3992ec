import type { OperationDefinitionNode } from 'graphql';
import type { Answer } from '../../shared/http/graphqlEndpoint';
import type { Wrapped } from '../../shared/wrapped';
import type { GatewayContext } from '../request/context';
import type { Step } from '../request/exchange';

interface UnderWay {
  answer: Promise<Answer>;
  since: number;
  /** Of the request that has begun it. */
  context: GatewayContext;
}

/**
 * Answers identical queries of the same caller that are under way at the same time once, for a page that many open at once.
 * Never mutations: two that are alike are two wishes, and only an idempotency key says otherwise. Once one is done, nobody joins
 * a query that was begun before it: whoever wrote reads what it wrote.
 */
export function deduplicate(): Step {
  let underWay = new WeakMap<OperationDefinitionNode, Map<string, Wrapped<UnderWay>>>();

  return async ({ operation, params, read, context }, next) => {
    if (!operation || !params || params.extensions?.cost === true) return next();
    const { definition } = operation;
    if (definition.operation !== 'query') return next().finally(() => (underWay = new WeakMap()));
    const { accept, 'if-none-match': had, 'accept-language': languages } = read.headers;
    const { caller, signal } = context;
    const key = JSON.stringify([read.method, params.operationName, params.variables, accept, had, languages, caller.partner && caller]);
    let alike = underWay.get(definition);
    if (!alike) underWay.set(definition, (alike = new Map()));
    const one = alike.get(key)?.held;
    // Whoever comes late in the time of another would share its deadline too: it begins anew.
    if (!one || one.context.signal.aborted || Date.now() > (one.since + one.context.deadline) / 2) {
      const begun: Wrapped<UnderWay> = { held: null };
      const answer = next().finally(() => {
        if (alike.get(key) === begun) alike.delete(key);
        begun.held = null;
      });
      begun.held = { since: Date.now(), context, answer };
      alike.set(key, begun);
      return answer;
    }
    const { audience } = one.context;
    audience.join();
    if (signal.aborted) audience.leave();
    else signal.addEventListener('abort', audience.leave, { once: true });
    try {
      const { status, headers, body } = await one.answer;
      // Each may add headers of its own.
      return { status, headers: { ...headers }, body };
    } finally {
      signal.removeEventListener('abort', audience.leave);
    }
  };
}
