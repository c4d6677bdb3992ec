import { GraphQLError } from 'graphql';
import type { ErrorCode } from './errorCodes';

/** An error that readers may see as it is. */
export const coded = (code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError => new GraphQLError(message, { extensions: { code, ...extensions } });

/**
 * The caller's mistake: names the argument, what was given and what is allowed.
 * @param argument its path from the field, such as `filter.near.radiusKm`
 * @param allowed completes the sentence "expected …"
 */
export const badInput = (argument: string, given: unknown, allowed: string): GraphQLError =>
  coded('BAD_USER_INPUT', `${argument}: ${JSON.stringify(given) ?? 'nothing'} was given, expected ${allowed}.`, { argument, given: given ?? null, allowed });

export const isMistake = (error: unknown): boolean => error instanceof GraphQLError && error.extensions.code === ('BAD_USER_INPUT' satisfies ErrorCode);
