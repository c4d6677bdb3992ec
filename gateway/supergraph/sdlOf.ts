import { PUBLIC } from '../../shared/rights/caller';
import type { GraphQLSchema } from 'graphql';
import { acceptedLangs } from '../../shared/graphql/text';
import { NOBODY } from '../request/context';
import type { Transport } from '../transport/reach';

/** How long a subgraph may take to tell its schema, in milliseconds. */
const PATIENCE = 5000;

/** The schema of a subgraph as it tells it itself: Federation has a field for that. */
export async function sdlOf(transport: Transport, schema: GraphQLSchema): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE);
  const context = { acceptLanguage: undefined, langs: acceptedLangs(undefined), caller: PUBLIC, signal, audience: NOBODY, deadline: Date.now() + PATIENCE, subgraphs: new Map(), noted: { policy: null, cost: null, planning: 0, compiled: null, sources: new Set<never>() } };
  const { data } = await transport.fetch({ query: '{ _service { sdl } }', operationName: null, variables: {}, mutation: false, context, signal, schema });
  const { sdl } = (data?._service ?? {}) as { sdl?: unknown };
  if (typeof sdl !== 'string') throw new Error('It does not tell its schema.');
  return sdl;
}
