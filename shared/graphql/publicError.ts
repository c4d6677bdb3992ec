import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { log, told } from '../log';

/** Told of an error that the hub did not foresee, with the id that its reader was given. */
export type ReportError = (id: string, error: unknown) => void;

/**
 * What a reader may see of an error: one with a code of ours goes out as it is; of any other only an id, under which
 * the whole is in the log. No stack, SQL, file or address leaves the process.
 */
export function publicError(error: GraphQLError, report: ReportError): GraphQLFormattedError {
  const formatted = error.toJSON();
  if (error.extensions.code !== undefined) return formatted;
  // The GraphQL engine's own refusals (a variable of the wrong type, a null where none may be) have no cause behind them.
  if (error.originalError === undefined && error.path === undefined) return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  const id = randomUUID();
  report(id, error.originalError ?? error);
  return { ...formatted, message: `Something went wrong in the hub. Quote ${id} when you report it.`, extensions: { code: 'INTERNAL_SERVER_ERROR', id } };
}

/** `publicError` as Apollo Server's `formatError`; an error that a subgraph made public already passes. */
export function formatPublicError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { serviceName, ...extensions } = formatted.extensions ?? {};
  // The gateway's own word for the subgraph that an error is of; Apollo Router's is `service`.
  if (serviceName !== undefined) return { ...formatted, extensions: { ...extensions, service: serviceName } };
  const { code, id } = extensions;
  if (code !== 'INTERNAL_SERVER_ERROR' || id !== undefined) return formatted;
  return publicError(new GraphQLError(formatted.message, { path: formatted.path ?? null, originalError: unwrapResolverError(error) as Error }), reportToLog);
}

/** Writes unforeseen errors to the log. */
export const reportToLog: ReportError = (id, error) => {
  log.error({ id, error: told(error) }, 'unforeseen error');
};
