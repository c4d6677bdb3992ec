import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { Kind, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
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
    // Of the hub's gateway, for several who ask at once.
    allowBatchedHttpRequests: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Cache control would put a function around each resolver; gateways read the policy in the schema.
    plugins: [remember, ApolloServerPluginLandingPageDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled()],
    formatError: formatPublicError,
  });
  await apollo.start();

  /** The outcome of a fetch, or those of a batch of queries, which share loaders; null where Apollo Server must see to it. */
  async function carryOutAll({ method, body }: ReadRequest, context: Context): Promise<unknown> {
    if (method !== 'POST') return null;
    const batch = Array.isArray(body);
    const asked = (batch ? body : [body]).map((one) => knownIn(one));
    // Of a batch that Apollo Server begins anew nothing may have been written.
    if (asked.length === 0 || !asked.every((one) => one !== null && (!batch || isReading(one.document)))) return null;
    const outcomes = await Promise.all(asked.map((one) => carryOut({ ...one!, context })));
    if (!outcomes.every(({ data }) => data !== undefined)) return null;
    return batch ? outcomes : outcomes[0];
  }

  function knownIn(body: unknown): (Fetch & { document: DocumentNode }) | null {
    const fetch = fetchIn(body);
    const document = fetch && documents.get(fetch.query);
    return document ? { ...fetch, document } : null;
  }

  return {
    async answer(read, contextValue) {
      const accept = read.headers.accept ?? '';
      const type = types.get(accept);
      const outcomes = type === undefined ? null : await carryOutAll(read, contextValue);
      if (outcomes) return { status: 200, headers: { 'content-type': type! }, body: `${JSON.stringify(outcomes)}\n` };
      const answer = await askApollo(apollo, read, contextValue);
      if (answer.status === 200) types.set(accept, answer.headers['content-type']!);
      return answer;
    },
    stop: () => apollo.stop(),
  };
}

interface Fetch {
  query: string;
  operationName: string | null;
  variables: Record<string, unknown>;
}

/** A fetch in the form in which gateways send them; null for any other. */
function fetchIn(body: unknown): Fetch | null {
  if (typeof body !== 'object' || body === null) return null;
  const { query, operationName = null, variables = {}, extensions } = body as Record<string, unknown>;
  if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string') || extensions !== undefined) return null;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return null;
  return { query, operationName, variables: variables as Record<string, unknown> };
}

const isReading = ({ definitions }: DocumentNode): boolean => definitions.every((one) => one.kind !== Kind.OPERATION_DEFINITION || one.operation === OperationTypeNode.QUERY);
