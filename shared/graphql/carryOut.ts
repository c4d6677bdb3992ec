import { execute, type DocumentNode, type ExecutionArgs, type GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { publicError } from './publicError';

/** The documents of texts that were found valid: a gateway asks the same few hundred again and again. */
export const knownDocuments = () => new LRUCache<string, DocumentNode>({ max: 2000 });

/**
 * Carries out an operation of a valid document; its errors are such as readers may see. It has no `data` where it was not
 * begun: a variable is wrong, or there is no operation of that name.
 */
export async function carryOut(asked: ExecutionArgs): Promise<{ data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] }> {
  const { data, errors } = await execute(asked);
  return { ...(errors ? { errors: errors.map(publicError) } : {}), ...(data === undefined ? {} : { data }) };
}
