import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Pool } from 'undici';
import type { Caller } from '../../shared/rights/caller';
import type { GatewayContext } from '../request/context';

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
}

/** Fetches from a subgraph in a process of its own, over a pool of kept connections. */
export function overHttp(name: string, address: string, tokenFor: (caller: Caller) => Promise<string>): GraphQLDataSource<GatewayContext> & { close(): Promise<void> } {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, { connections: 32, headersTimeout: 30_000, bodyTimeout: 30_000 });
  const unreachable = () => new GraphQLError(`The subgraph "${name}" did not answer.`, { extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: name } });
  return {
    async process({ request, context }) {
      const { query, operationName, variables } = request;
      const answer = await pool
        .request({
          path: pathname,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            authorization: `Bearer ${await tokenFor(context.caller)}`,
            ...(context.acceptLanguage ? { 'accept-language': context.acceptLanguage } : {}),
          },
          body: JSON.stringify({ query, operationName, variables }),
        })
        .then(async ({ statusCode, body }) => {
          const read = (await body.json()) as Answer;
          if (statusCode === 401) console.error(`The subgraph "${name}" refuses this gateway: HUB_SECRET must be the same in both, and their clocks too.`);
          return statusCode === 401 ? {} : read;
        })
        .catch(() => {
          throw unreachable();
        });
      if (answer.data === undefined && !answer.errors) throw unreachable();
      return answer as never;
    },
    close: () => pool.close(),
  };
}
