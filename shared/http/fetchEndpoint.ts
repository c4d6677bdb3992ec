import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { carryingOut, knownDocuments } from '../graphql/carryOut';
import type { Context } from '../graphql/context';
import { formatPublicError } from '../graphql/publicError';
import { askApollo, type Answer, type ReadRequest } from './graphqlEndpoint';

export interface FetchEndpoint {
  answer(read: ReadRequest, context: Context): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * The endpoint of a subgraph. A text that Apollo Server has once found valid is carried out straight away from then on, where it
 * comes as gateways send it; all else, and what is wrong with a request, is Apollo Server's to answer.
 * @param plainly see `carryingOut`
 */
export async function fetchEndpoint(schema: GraphQLSchema, plainly: boolean): Promise<FetchEndpoint> {
  const documents = knownDocuments();
  const carryOut = carryingOut(schema, plainly);
  /** The content type that Apollo Server has given for an `Accept`. */
  const types = new LRUCache<string, string>({ max: 100 });
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
      const accept = read.headers.accept ?? '';
      const document: DocumentNode | undefined = fetch && documents.get(fetch.query);
      const type = types.get(accept);
      if (document && type) {
        const outcome = await carryOut({ document, variables: fetch!.variables, operationName: fetch!.operationName, context: contextValue });
        if (outcome.data !== undefined) return { status: 200, headers: { 'content-type': type }, body: `${JSON.stringify(outcome)}\n` };
      }
      const answer = await askApollo(apollo, read, contextValue);
      if (answer.status === 200) types.set(accept, answer.headers['content-type']!);
      return answer;
    },
    stop: () => apollo.stop(),
  };
}

/** A request in the form in which gateways send them; undefined for any other. */
function fetchIn({ method, body }: ReadRequest): { query: string; operationName: string | null; variables: Record<string, unknown> } | undefined {
  if (method !== 'POST' || typeof body !== 'object' || body === null) return undefined;
  const { query, operationName = null, variables = {}, extensions } = body as Record<string, unknown>;
  if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string') || extensions !== undefined) return undefined;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return undefined;
  return { query, operationName, variables: variables as Record<string, unknown> };
}
