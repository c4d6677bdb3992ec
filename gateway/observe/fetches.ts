import type { GraphQLDataSource } from '@apollo/gateway';
import type { ErrorCode } from '../../shared/graphql/errorCodes';
import type { GatewayContext } from '../request/context';
import type { Metrics } from './metrics';

/** Codes of a fetch that failed for another reason than what was asked. */
const FAILURES: readonly unknown[] = ['SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'DATABASE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'] satisfies ErrorCode[];

/** A way to a subgraph whose fetches are counted. (Their spans are the Apollo gateway's own, `gateway.fetch`.) */
export function counted(subgraph: string, source: GraphQLDataSource<GatewayContext>, metrics: Metrics | null): GraphQLDataSource<GatewayContext> {
  if (!metrics) return source;
  return {
    async process(options) {
      metrics.fetchBegun(subgraph);
      const begun = performance.now();
      let code: unknown = 'INTERNAL_SERVER_ERROR';
      try {
        const answer = await source.process(options);
        code = answer.errors?.find(({ extensions }) => FAILURES.includes(extensions?.code))?.extensions?.code ?? null;
        return answer;
      } finally {
        metrics.fetchEnded(subgraph, (performance.now() - begun) / 1000, code as ErrorCode | null);
      }
    },
  };
}
