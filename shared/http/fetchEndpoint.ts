import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { carryOut, knownDocuments } from '../graphql/carryOut';
import type { Context } from '../graphql/context';
import { formatPublicError } from '../graphql/publicError';
import { askApollo, JSON_TYPE, type Answer, type ReadRequest } from './graphqlEndpoint';

export interface FetchEndpoint {
  answer(read: ReadRequest, context: Context): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * The endpoint of a subgraph. A text that Apollo Server has once found valid is carried out straight away from then on, where it
 * comes as this hub's gateway sends it; all else, and what is wrong with a request, is Apollo Server's to answer.
 */
export async function fetchEndpoint(schema: GraphQLSchema): Promise<FetchEndpoint> {
  const documents = knownDocuments();
  const remember: ApolloServerPlugin<Context> = {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ source, document }) {
          documents.set(source, document);
          return Promise.resolve();
        },
      }),
  };
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Cache control would put a function around each resolver; gateways read the policy in the schema.
    plugins: [remember, ApolloServerPluginLandingPageDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled()],
    formatError: formatPublicError,
  });
  await apollo.start();
  return {
    async answer(read, contextValue) {
      const fetch = fetchIn(read);
      const document: DocumentNode | undefined = fetch && documents.get(fetch.query);
      if (document) {
        const outcome = await carryOut({ schema, document, variableValues: fetch!.variables, operationName: fetch!.operationName, contextValue });
        if (outcome.data !== undefined) return { status: 200, headers: JSON_TYPE, body: `${JSON.stringify(outcome)}\n` };
      }
      return askApollo(apollo, read, contextValue);
    },
    stop: () => apollo.stop(),
  };
}

/** A request in the very form in which the gateway sends them; undefined for any other. */
function fetchIn({ method, headers, body }: ReadRequest): { query: string; operationName: string | null; variables: Record<string, unknown> } | undefined {
  if (method !== 'POST' || headers.accept !== 'application/json' || typeof body !== 'object' || body === null) return undefined;
  const { query, operationName = null, variables, extensions } = body as Record<string, unknown>;
  if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string') || extensions !== undefined) return undefined;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return undefined;
  return { query, operationName, variables: variables as Record<string, unknown> };
}
