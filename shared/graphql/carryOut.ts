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

/** @param plainly whether queries are carried out the plain way where that is possible; the answers are the same */
export function carryingOut(schema: GraphQLSchema, plainly: boolean): CarryOut {
  const prepared = new WeakMap<DocumentNode, PlainRun | null>();
  return async ({ document, operationName, variables, context }) => {
    let run = prepared.get(document);
    if (run === undefined) prepared.set(document, (run = plainly ? preparePlainRun(schema, document) : null));
    const plain = run && (await run(operationName, variables, context));
    if (plain) return { data: plain };
    const { data, errors } = await execute({ schema, document, operationName, variableValues: variables, contextValue: context });
    return { ...(errors ? { errors: errors.map(publicError) } : {}), ...(data === undefined ? {} : { data }) };
  };
}
