import { Refusal } from '../../shared/http/graphqlEndpoint';
import { AccessRefused, type Identify } from '../access/identify';
import type { Step } from '../request/exchange';

/** Finds out who asks; credentials that nobody is recognised by are refused, not taken for the public. */
export const identity =
  (identify: Identify): Step =>
  async (exchange, next) => {
    const { incoming, address } = exchange;
    const caller = await identify(incoming.headers.authorization, address).catch((error: unknown) => {
      if (!(error instanceof AccessRefused)) throw error;
      const { status, code, message, retryAfterSeconds } = error;
      throw new Refusal(status, code, message, {
        ...(status === 401 ? { 'www-authenticate': 'Bearer realm="hub"' } : {}),
        ...(retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }),
      });
    });
    exchange.context.caller = caller;
    return next();
  };
