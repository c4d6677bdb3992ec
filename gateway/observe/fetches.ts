import type { ErrorCode } from '../../shared/graphql/errorCodes';
import type { Source } from '../transport/reach';
import type { Metrics } from './metrics';

/** Codes of a fetch that failed for another reason than what was asked. */
const FAILURES: readonly unknown[] = ['SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'DATABASE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'] satisfies ErrorCode[];

/** A way to a subgraph whose fetches are counted. (Their spans, `gateway.fetch`, are made by whoever carries out a query plan.) */
export function counted(subgraph: string, source: Source, metrics: Metrics | null): Source {
  if (!metrics) return source;
  return async (fetch) => {
    metrics.fetchBegun(subgraph);
    const begun = performance.now();
    let code: unknown = 'INTERNAL_SERVER_ERROR';
    try {
      const answer = await source(fetch);
      code = answer.errors?.find(({ extensions }) => FAILURES.includes(extensions?.code))?.extensions?.code ?? null;
      return answer;
    } finally {
      metrics.fetchEnded(subgraph, (performance.now() - begun) / 1000, code as ErrorCode | null);
    }
  };
}
