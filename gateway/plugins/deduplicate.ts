import { setMaxListeners } from 'node:events';
import type { Answer } from '../../shared/http/graphqlEndpoint';
import type { Step } from '../request/exchange';

interface UnderWay {
  answer: Promise<Answer>;
  /** Clients that wait for it. */
  waiting: number;
  /** When it was begun, and when its answer is due. */
  since: number;
  deadline: number;
  over: AbortController;
}

/**
 * Answers identical queries of the same caller that are under way at the same time once, for a page that many open at once.
 * Never mutations: two that are alike are two wishes, and only an idempotency key says otherwise. Once one is done, nobody joins
 * a query that was begun before it: whoever wrote reads what it wrote.
 */
export function deduplicate(): Step {
  const underWay = new Map<string, UnderWay>();

  return async (exchange, next) => {
    const { operation, params, read, context } = exchange;
    if (!operation || !params || params.extensions?.cost === true) return next();
    if (operation.definition.operation !== 'query') return next().finally(() => underWay.clear());
    const { accept, 'if-none-match': had, 'accept-language': languages } = read.headers;
    const key = JSON.stringify([read.method, params.query, params.operationName, params.variables, accept, had, languages, context.caller]);
    let one = underWay.get(key);
    // Whoever comes late in the time of another would share its deadline too: it begins anew.
    if (!one || one.over.signal.aborted || Date.now() > (one.since + one.deadline) / 2) {
      const over = new AbortController();
      setMaxListeners(0, over.signal);
      // It ends when all who wait for it have left, not with the first.
      const own = { ...exchange, context: { ...context, signal: over.signal, subgraphs: new Map() } };
      const begun: UnderWay = { waiting: 0, since: Date.now(), deadline: context.deadline, over, answer: next(own).finally(() => underWay.get(key) === begun && underWay.delete(key)) };
      underWay.set(key, (one = begun));
    }
    const { status, headers, body } = await join(one, context.signal);
    // Each may add headers of its own.
    return { status, headers: { ...headers }, body };
  };
}

/** Waits for an answer that others wait for; the last who leaves ends it, and so does its deadline. */
async function join(one: UnderWay, signal: AbortSignal): Promise<Answer> {
  const leave = () => {
    one.waiting--;
    if (one.waiting === 0 || Date.now() >= one.deadline) one.over.abort();
  };
  one.waiting++;
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  try {
    return await one.answer;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
