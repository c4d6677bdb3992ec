import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLRequestContext } from '@apollo/server';
import { Kind, parse, type GraphQLFormattedError, type GraphQLSchema, type SelectionNode } from 'graphql';
import type { Signal } from '../../shared/ending';
import type { ErrorCode } from '../../shared/graphql/errorCodes';
import type { GatewayContext } from '../request/context';

/** What a query plan asks of one subgraph. */
export interface Fetch {
  query: string;
  operationName: string | null;
  variables: Record<string, unknown>;
  mutation: boolean;
  context: GatewayContext;
  /** Ends the fetch; undefined for one that must go on to its end. */
  signal: Signal | undefined;
  /** The schema that the answer is for. */
  schema: GraphQLSchema;
}

export interface Fetched {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/** A way to a subgraph: in this process or over the network. */
export interface Transport {
  /** Throws FetchFailed where there is no answer to be had. */
  fetch(fetch: Fetch): Promise<Fetched>;
  /** What is equal in fetches that can be made together; null for one that stands alone. */
  kinOf(fetch: Fetch): string | null;
  /** As `fetch`, for two or more readings of one kin and equal rights: an answer for each, in their order. */
  together(fetches: readonly Fetch[], signal: Signal): Promise<Fetched>[];
  /** Resolves where the subgraph and its database answer. */
  check(signal: Signal): Promise<unknown>;
  /** Whether the subgraph is left alone, since it did not answer. */
  leftAlone(): boolean;
  close(): Promise<unknown>;
}

/** A fetch without an answer; the message is fit for readers. */
export class FetchFailed extends Error {
  constructor(
    readonly code: ErrorCode & ('SUBGRAPH_UNAVAILABLE' | 'DEADLINE_EXCEEDED'),
    message: string,
  ) {
    super(message);
  }
}

/**
 * Errors of one fetch that readers get, the first of them. A mistake in one argument fails at each of ten thousand entities: they are one
 * mistake, and that many errors with their paths would hold up the process for seconds.
 */
export const MOST_ERRORS = 100;

/** A subgraph as a query plan sees it: an answer in time, or an error for each field that is missing. */
export type Source = (fetch: Omit<Fetch, 'signal'>) => Promise<Fetched>;

/** @param make makes a fetch, or throws FetchFailed */
export function reach(name: string, make: Transport['fetch']): Source {
  return async (fetch) => {
    const { signal } = fetch.context;
    try {
      // A write that has begun goes on to its end though nobody waits for it: it is done whole, and noted.
      const { data, errors } = await inTime(make({ ...fetch, signal: fetch.mutation ? undefined : signal }), signal, name);
      return { data: data ?? null, ...(errors ? { errors: errors.slice(0, MOST_ERRORS).map(ofSubgraph) } : {}) };
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      const { code, message } = error;
      return { data: null, errors: fieldsOf(fetch.query).map((field) => ({ message, path: [field], extensions: { code } })) };
    }
  };
}

/** A source as Apollo's executor takes it. */
export const dataSource = (source: Source): GraphQLDataSource<GatewayContext> => ({
  process(options) {
    // The gateway sends nothing else but parts of operations.
    const { request, context, incomingRequestContext } = options as typeof options & { incomingRequestContext: GraphQLRequestContext<GatewayContext> };
    const query = request.query!;
    return source({
      query,
      operationName: request.operationName ?? null,
      variables: request.variables ?? {},
      mutation: query.startsWith('mutation'),
      context: context as GatewayContext,
      schema: incomingRequestContext.schema,
    }) as never;
  },
});

const inTime = <Value>(work: Promise<Value>, signal: Signal, name: string): Promise<Value> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(new FetchFailed('DEADLINE_EXCEEDED', `The subgraph "${name}" did not answer in time.`));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
    const heed = <Outcome>(end: (outcome: Outcome) => void) => (outcome: Outcome) => {
      signal.removeEventListener('abort', abort);
      end(outcome);
    };
    work.then(heed(resolve), heed(reject));
  });

/** What an error of a subgraph may tell readers besides its message and path. */
const OURS = ['code', 'id', 'argument', 'given', 'allowed', 'scopes'];

function ofSubgraph({ message, path, extensions = {} }: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(path ? { path } : {}), extensions: Object.fromEntries(OURS.flatMap((key) => (key in extensions ? [[key, extensions[key]]] : []))) };
}

/** Keys of the fields that a fetch would have brought; of entities their own. */
function fieldsOf(query: string): string[] {
  const { definitions } = parse(query, { noLocation: true });
  const keysOf = (selections: readonly SelectionNode[]): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return keysOf(selection.selectionSet.selections);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        return definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value ? keysOf(one.selectionSet.selections) : []));
      }
      if (selection.name.value === '_entities') return keysOf(selection.selectionSet!.selections);
      return selection.name.value === '__typename' ? [] : [selection.alias?.value ?? selection.name.value];
    });
  return [...new Set(definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? keysOf(one.selectionSet.selections) : [])))];
}
