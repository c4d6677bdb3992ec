import type { GraphQLDataSource } from '@apollo/gateway';
import { SpanKind } from '@opentelemetry/api';
import type { SubgraphName } from '../../shared/config';
import type { ErrorCode } from '../../shared/graphql/errorCodes';
import { spanned } from '../../shared/traces/trace';
import type { GatewayContext } from '../request/context';
import type { Metrics } from './metrics';

/** Codes of a fetch that failed for another reason than what was asked. */
const FAILURES: readonly unknown[] = ['SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'DATABASE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'] satisfies ErrorCode[];

/** A way to a subgraph whose fetches are counted, and spans of the request's trace. */
export function watched(subgraph: SubgraphName, source: GraphQLDataSource<GatewayContext>, metrics: Metrics | null): GraphQLDataSource<GatewayContext> {
  return {
    process: (options) =>
      spanned(`fetch ${subgraph}`, SpanKind.CLIENT, { 'hub.subgraph': subgraph }, async (span) => {
        metrics?.fetchBegun(subgraph);
        const begun = performance.now();
        let code: string | null = 'INTERNAL_SERVER_ERROR';
        try {
          const answer = await source.process(options);
          code = (answer.errors?.find(({ extensions }) => FAILURES.includes(extensions?.code))?.extensions?.code as string | undefined) ?? null;
          return answer;
        } finally {
          metrics?.fetchEnded(subgraph, (performance.now() - begun) / 1000, code);
          if (code !== null) span?.setAttribute('error.type', code);
        }
      }),
  };
}
