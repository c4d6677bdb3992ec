import { hold, tokensOf, type Limits, type NoteExcess } from '../limits/limits';
import { sizesOf } from '../limits/measure';
import { operationOf, type Operations } from '../request/operation';
import type { Step } from '../request/exchange';

/** Refuses requests that are larger than anybody's need, before they cost anything: by their text, then by their variables. */
export const limits =
  (limits: Limits, operations: Operations, note: NoteExcess): Step =>
  async (exchange, next) => {
    const { params } = exchange;
    if (params?.variables) {
      const { listItems, depth } = sizesOf(params.variables);
      hold(limits, 'variableDepth', depth, note);
      hold(limits, 'listItems', listItems, note);
      if (depth <= 500) hold(limits, 'variables', Buffer.byteLength(JSON.stringify(params.variables)), note);
    }
    if (params?.query) {
      if (!operations.has(params.query)) hold(limits, 'tokens', tokensOf(params.query, limits.tokens.most), note);
      const { document } = operations.read(params.query, ({ measures }) => {
        // Of an operation that is not there too: Apollo Server validates before it looks for it.
        if (measures) for (const [name, found] of Object.entries(measures)) hold(limits, name as keyof typeof measures, found, note);
      });
      exchange.operation = operationOf(document, params.operationName);
    }
    return next();
  };
