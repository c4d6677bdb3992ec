import { isDeepStrictEqual } from 'node:util';
import { execute, type DocumentNode, type GraphQLSchema } from 'graphql';
import { isErrorCode } from '../../shared/graphql/errorCodes';

/** What no answer may tell: stacks, files, addresses, SQL. */
const TELLTALE = /node_modules|\.[tj]s:\d|\/(dist|work|tmp|var|home|usr)\/|127\.0\.0\.1|localhost|\b(ECONN|ENOENT|ETIMEDOUT)|\bselect\b.+\bfrom\b|\binsert into\b|\brelation "|\bsyntax error at or near|invalid byte sequence|invalid input syntax|out of range for type|TypeError|RangeError|QueryFailedError|Cannot read prop/i;

/** What is wrong with the errors of an answer; empty where nothing is. What was given is the reader's own word: it may come back. */
export function wrongErrors(errors: readonly { message: string; extensions?: Record<string, unknown> }[] = []): string[] {
  return errors.flatMap((error) => {
    const { code, given: _given, argument: _argument, ...extensions } = error.extensions ?? {};
    // “x was given, expected y”: x is the reader's.
    const message = code === 'BAD_USER_INPUT' ? error.message.replace(/^.* was given, /s, '') : error.message;
    return [
      ...(isErrorCode(code) ? [] : [`The code ${String(code)} is none of the registry: ${error.message}`]),
      ...(code === 'INTERNAL_SERVER_ERROR' ? [`Nobody foresaw it: ${error.message}`] : []),
      ...(TELLTALE.test(message + JSON.stringify(extensions)) ? [`It tells too much: ${error.message}`] : []),
    ];
  });
}

/**
 * What in `data` is not as the operation and the schema have it: a null where none may be, a field too much or too few, or of
 * another type. The engine itself answers the operation from the data: it must come to the same. (Not in the same order: Apollo's
 * planner merges fields in one of its own.)
 * Of an abstract type `__typename` must have been asked for.
 */
export function wrongData(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>, data: unknown): string[] {
  const again = execute({
    schema,
    document,
    variableValues: variables,
    rootValue: data,
    fieldResolver: (object: Record<string, unknown>, _args, _context, { path: { key } }) => (Object.hasOwn(object, key) ? object[key] : undefined),
    typeResolver: (object: { __typename: string }) => object.__typename,
  });
  if (again instanceof Promise) throw new Error('Data are no promises.');
  if (again.errors) return again.errors.map(({ message, path }) => `${message} At ${path?.join('.')}.`);
  // What `fetch` has read has other prototypes than what is made in a test.
  const [found, expected] = [JSON.stringify(data), JSON.stringify(again.data)];
  return isDeepStrictEqual(JSON.parse(found), JSON.parse(expected)) ? [] : [`The answer is ${found.slice(0, 2000)}, it should be ${expected.slice(0, 2000)}`];
}
