import { execute, type DocumentNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { preparePlainRun, type PlainRun } from './plainRun';
import { publicError } from './publicError';

/** The documents of texts that were found valid: a gateway asks the same few hundred again and again. */
export const knownDocuments = () => new LRUCache<string, DocumentNode>({ max: 2000 });

export interface Asked {
  document: DocumentNode;
  operationName: string | null;
  variables: Record<string, unknown>;
  context: unknown;
}

/**
 * Carries out an operation of a valid document; its errors are such as readers may see. It has no `data` where it was not
 * begun: a variable is wrong, or there is no operation of that name.
 */
export type CarryOut = (asked: Asked) => Promise<{ data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] }>;

/** After a query that was not plain, so many of the same document are left to graphql-js: what fails should not cost twice. */
const REST = 20;

/** @param plainly whether queries are carried out the plain way where that is possible; the answers are the same */
export function carryingOut(schema: GraphQLSchema, plainly: boolean): CarryOut {
  const prepared = new WeakMap<DocumentNode, { run: PlainRun | null; rest: number }>();
  return async ({ document, operationName, variables, context }) => {
    let known = prepared.get(document);
    if (!known) prepared.set(document, (known = { run: plainly ? preparePlainRun(schema, document) : null, rest: 0 }));
    if (known.rest > 0) known.rest--;
    else if (known.run) {
      const data = await known.run(operationName, variables, context);
      if (data) return { data };
      known.rest = REST;
    }
    const { data, errors } = await execute({ schema, document, operationName, variableValues: variables, contextValue: context });
    return { ...(errors ? { errors: errors.map(publicError) } : {}), ...(data === undefined ? {} : { data }) };
  };
}
