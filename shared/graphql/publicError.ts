import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { log, told } from '../log';
import { coded } from './errors';
import { isErrorCode, type ErrorCode } from './errorCodes';

/**
 * What a reader may see of an error: one with a code of the registry goes out as it is; of any other only an id, under which
 * the whole is in the log. No stack, SQL, file or address leaves the process.
 */
export function publicError(error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON();
  if (isErrorCode(error.extensions.code)) return formatted;
  // The GraphQL engine's own refusals (a variable of the wrong type, a null where none may be) have no cause behind them, or one
  // of their own kind where they are of a field's arguments.
  const cause = error.originalError;
  const refused = cause === undefined ? error.path === undefined : cause instanceof GraphQLError && cause.originalError === undefined;
  if (refused) return { ...formatted, extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } };
  const { message, extensions } = unforeseen(error.originalError ?? error);
  return { ...formatted, message, extensions };
}

/** `publicError` as Apollo Server's `formatError`; an error that a subgraph made public already passes. */
export function formatPublicError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { serviceName, ...extensions } = formatted.extensions ?? {};
  // The gateway's own word for the subgraph that an error is of; Apollo Router's is `service`.
  if (serviceName !== undefined) return { ...formatted, extensions: { ...extensions, service: serviceName } };
  const { code, id } = extensions;
  if (code !== 'INTERNAL_SERVER_ERROR' || id !== undefined) return formatted;
  return publicError(new GraphQLError(formatted.message, { path: formatted.path ?? null, originalError: unwrapResolverError(error) as Error }));
}

/** What readers are told of an error that the hub did not foresee: an id, under which the log has the rest. */
export function unforeseen(error: unknown): GraphQLError {
  const id = randomUUID();
  log.error({ id, error: told(error) }, 'unforeseen error');
  return coded('INTERNAL_SERVER_ERROR', `Something went wrong in the hub. Quote ${id} when you report it.`, { id });
}
