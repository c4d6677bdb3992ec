import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../../shared/http/graphqlEndpoint';
import type { Step } from '../request/exchange';

const REMEMBERED = 20_000_000; // characters

/**
 * Automatic persisted queries, as Apollo's clients use them: a query that was sent once with its hash is known by it from then
 * on. Each gateway remembers on its own; one that does not know a hash asks for the query.
 */
export function persistedQueries(): Step {
  const known = new LRUCache<string, string>({ maxSize: REMEMBERED, sizeCalculation: (query) => query.length + 100 });
  return async (exchange, next) => {
    const { params } = exchange;
    const asked = params?.extensions?.persistedQuery as { version?: unknown; sha256Hash?: unknown } | undefined;
    if (!params || asked == null) return next();
    const { version, sha256Hash: hash } = asked;
    if (version !== 1 || typeof hash !== 'string' || !/^[0-9a-f]{64}$/i.test(hash)) {
      throw new Refusal(400, 'BAD_REQUEST', 'extensions.persistedQuery: expected {version: 1, sha256Hash: <64 hexadecimal digits>}.');
    }
    if (params.query === undefined) {
      const query = known.get(hash);
      // A client of Apollo takes this very message for "send it whole".
      if (query === undefined) throw new Refusal(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { 'cache-control': 'private, no-cache' });
      params.query = query;
      return next();
    }
    if (createHash('sha256').update(params.query).digest('hex') !== hash.toLowerCase()) throw new Refusal(400, 'BAD_REQUEST', 'extensions.persistedQuery.sha256Hash is not the hash of the query.');
    const answer = await next();
    // Only what has passed the limits is worth remembering.
    if (exchange.operation) known.set(hash, params.query);
    return answer;
  };
}
