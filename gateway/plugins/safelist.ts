import { readFileSync } from 'node:fs';
import { GraphQLError, parse, print, separateOperations, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { Explained } from '../../shared/failure';
import { Refusal } from '../../shared/http/graphqlEndpoint';
import type { Step } from '../request/exchange';

/** `open`: everything is answered; `log`: what is not on the list is told of; `safelisted-only`: it is refused. */
export type OperationsMode = 'open' | 'log' | 'safelisted-only';

/** How much of a name that a stranger chose is told of. */
const LONGEST_NAME = 60;

/** Operations of a file, by name; a client may send the name alone. */
export type Safelist = ReadonlyMap<string, string>;

/** A safelist that cannot be used; the message says where and why. */
export class SafelistUnusable extends Explained {}

/** Reads a file of named operations and their fragments, and checks them against the schema. */
export function readSafelist(file: string, schema: GraphQLSchema): Safelist {
  const unusable = (why: string) => new SafelistUnusable(`SAFELIST_FILE ${file} cannot be used: ${why}`);
  try {
    const document = parse(readFileSync(file, 'utf8'));
    const errors = validate(schema, document);
    if (errors.length > 0) throw errors[0];
    return new Map(Object.entries(separateOperations(document)).map(([name, one]) => [name, textOf(one)]));
  } catch (error) {
    if (error instanceof GraphQLError) {
      const at = error.locations?.[0];
      throw unusable(`${at ? `line ${at.line}, column ${at.column}: ` : ''}${error.message}`);
    }
    throw unusable((error as Error).message);
  }
}

/** The text of one operation with its fragments, the same however it was laid out. */
const textOf = (document: DocumentNode): string => document.definitions.map(print).sort().join('\n');

/** Lets a client send the name of a listed operation instead of its text. Stands before `limits`, which reads the text. */
export const listedByName =
  (list: () => Safelist): Step =>
  (exchange, next) => {
    const { params } = exchange;
    if (params && params.query === undefined && params.extensions?.persistedQuery == null && params.operationName) {
      const listed = list().get(params.operationName);
      if (listed !== undefined) params.query = listed;
    }
    return next();
  };

/** Holds operations against the list. Stands behind `limits`. */
export const safelist =
  (list: () => Safelist, mode: OperationsMode, note: (operationName: string | null) => void): Step =>
  (exchange, next) => {
    const { operation, params } = exchange;
    if (mode === 'open' || !params) return next();
    const name = operation?.definition.name?.value ?? null;
    const own = operation && separateOperations(operation.document)[name ?? ''];
    if (name !== null && own && list().get(name) === textOf(own)) return next();
    note(name && name.slice(0, LONGEST_NAME));
    if (mode === 'log') return next();
    throw new Refusal(403, 'OPERATION_NOT_SAFELISTED', 'This hub answers the operations on its list only. Ask its operator to add yours.');
  };
