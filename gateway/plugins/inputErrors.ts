import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import {
  GraphQLError,
  Kind,
  TypeInfo,
  coerceInputValue,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  print,
  typeFromAST,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLScalarType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { badInput, coded } from '../../shared/graphql/errors';
import { CursorScalar, DateScalar, DateTimeScalar } from '../../shared/graphql/scalars';
import type { GatewayContext } from '../request/context';

/**
 * A value that does not fit its argument or variable is the caller's mistake like any other: the error names the
 * argument, what was given and what is allowed, with the code that the subgraphs use for theirs.
 */
export function inputErrors(introspection: boolean): ApolloServerPlugin<GatewayContext> {
  const describe = describer(introspection);
  return {
    async requestDidStart() {
      return {
        async validationDidStart({ document, schema }) {
          return async (errors) => {
            // Apollo Server answers with this very array.
            const list = errors as GraphQLError[] | undefined;
            list?.forEach((error, at) => {
              list[at] = fromLiteral(error, document!, schema, describe) ?? error;
            });
          };
        },
        async didResolveOperation({ operation, document, request, schema }) {
          if (!operation) throw unknownOperation(document, request.operationName);
          if (!schema.getRootType(operation.operation)) {
            throw coded('BAD_USER_INPUT', `This hub has no ${operation.operation}s.`, { http: { status: 400 } });
          }
          if (hasFalseTypename(document)) throw coded('BAD_USER_INPUT', '__typename: expected the name of a type under this key, no other field.', { http: { status: 400 } });
          const errors = fromVariables(operation, document, request.variables ?? {}, schema, describe);
          if (errors.length > 0) throw errors[0];
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          for (const error of response.body.singleResult.errors ?? []) {
            if (error.extensions?.argument !== undefined) error.extensions.code = 'BAD_USER_INPUT';
          }
        },
      };
    },
  };
}

/** What validation lets through and the planner cannot read, such as the number 1e400, is the caller's mistake too. */
export const plannable =
  (execute: GatewayExecutor): GatewayExecutor =>
  (request) =>
    execute(request).catch((error: unknown) => {
      if (!(error instanceof GraphQLError) || error.extensions.code !== 'INVALID_GRAPHQL') throw error;
      throw coded('BAD_USER_INPUT', error.message, { http: { status: 400 } });
    });

/** Has the hub's own scalars read as its subgraphs do. Not for a foreign supergraph: its `Date` may be anything. */
export const ownScalars: ApolloServerPlugin<GatewayContext> = {
  async serverWillStart() {
    return {
      schemaDidLoadOrUpdate({ apiSchema }) {
        check(apiSchema, DateScalar, 'a day as YYYY-MM-DD');
        check(apiSchema, DateTimeScalar, 'an instant such as 2026-01-31T12:00:00Z');
        check(apiSchema, CursorScalar, 'a cursor as it was returned');
      },
    };
  },
};

/** A document of several operations asks which one is meant. */
function unknownOperation({ definitions }: DocumentNode, given: string | null | undefined): GraphQLError {
  const names = definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : []));
  const { message, extensions } = badInput('operationName', given, names.length ? `one of ${names.join(', ')}` : 'none, since the document names no operation');
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}

/** A composed schema knows a scalar by name only and lets any value through: it is given the subgraphs' own reading of it. */
function check(schema: GraphQLSchema, { name, parseValue, parseLiteral }: GraphQLScalarType, allowed: string): void {
  const composed = schema.getType(name);
  if (isScalarType(composed)) Object.assign(composed, { parseValue, parseLiteral, extensions: { allowed } });
}

const isValue = (node: ASTNode | undefined): node is ValueNode => node !== undefined && /Value$/.test(node.kind);

/** The error of a value that stands in the operation's text; undefined for any other error. */
function fromLiteral(error: GraphQLError, document: DocumentNode, schema: GraphQLSchema, describe: Describe): GraphQLError | undefined {
  const node = error.nodes?.[0];
  const wrong = node?.kind === Kind.OBJECT_FIELD ? node.value : node;
  if (!isValue(wrong)) return undefined;
  const info = new TypeInfo(schema);
  let found: { path: string; type: GraphQLInputType | null | undefined } | undefined;
  visit(
    document,
    visitWithTypeInfo(info, {
      enter(visited, _key, parent, _path, ancestors) {
        if (visited !== wrong) return;
        const names = [...ancestors, parent].flatMap((ancestor) => {
          if (!ancestor || Array.isArray(ancestor)) return [];
          const { kind, name } = ancestor as { kind: Kind; name?: { value: string } };
          return kind === Kind.ARGUMENT || kind === Kind.OBJECT_FIELD ? [name!.value] : [];
        });
        found = { path: names.join('.'), type: node?.kind === Kind.OBJECT_FIELD ? info.getParentInputType() : info.getInputType() };
      },
    }),
  );
  if (!found?.path) return undefined;
  return refusal(found.path, print(wrong), describe(found.type), error.nodes);
}

function fromVariables(operation: OperationDefinitionNode, document: DocumentNode, given: Record<string, unknown>, schema: GraphQLSchema, describe: Describe): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const expected = typeFromAST(schema, type as never);
    if (!isInputType(expected)) continue;
    if (!Object.hasOwn(given, name)) {
      if (isNonNullType(expected) && !defaultValue) errors.push(refusal(`$${name}`, undefined, describe(expected)));
      continue;
    }
    // A default lets a variable stand where no null may be. Given as null it is wrong there all the same: a subgraph says so of an
    // argument, of a condition Apollo's executor knows no other word than an error of its own.
    if (given[name] === null && defaultValue && isCondition(name, document)) {
      errors.push(refusal(`$${name}`, null, describe(expected)));
      continue;
    }
    coerceInputValue(given[name], expected, (path, value, error) => {
      const allowed = (error.extensions.allowed as string | undefined) ?? describe(typeAt(expected, path));
      errors.push(refusal([`$${name}`, ...path].join('.'), value, allowed));
    });
  }
  return errors;
}

/** Gateways tell types by it, in what subgraphs send. */
function hasFalseTypename(document: DocumentNode): boolean {
  let found = false;
  visit(document, { Field: ({ alias, name }) => void (found ||= alias?.value === '__typename' && name.value !== '__typename') });
  return found;
}

function isCondition(variable: string, document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: ({ arguments: given = [] }) => void (found ||= given.some(({ value }) => value.kind === Kind.VARIABLE && value.name.value === variable)),
  });
  return found;
}

function refusal(path: string, given: unknown, allowed: string, nodes?: readonly ASTNode[]): GraphQLError {
  const { message, extensions } = badInput(path, given, allowed);
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { ...extensions, http: { status: 400 } } });
}

function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType {
  const [step, ...rest] = path;
  const nullable = getNullableType(type) as GraphQLInputType;
  if (step === undefined) return type;
  if (isListType(nullable)) return typeAt(nullable.ofType as GraphQLInputType, rest);
  const field = isInputObjectType(nullable) ? nullable.getFields()[step] : undefined;
  return field ? typeAt(field.type, rest) : type;
}

type Describe = (type: GraphQLInputType | null | undefined) => string;

/** What a type takes, in words that complete "expected …". Without introspection, names of fields and values are not told either. */
function describer(introspection: boolean): Describe {
  const known: Record<string, string> = { Int: 'a whole number', Float: 'a number', Boolean: 'true or false', String: 'a text', ID: 'an id' };
  const describe: Describe = (type) => {
    if (!type) return 'a value that the schema allows';
    const nullable = getNullableType(type) as GraphQLInputType;
    if (isListType(nullable)) return `a list, each ${describe(nullable.ofType as GraphQLInputType)}`;
    if (isEnumType(nullable)) return introspection ? `one of ${nullable.getValues().map(({ name }) => name).join(', ')}` : 'a value that the schema allows';
    if (isInputObjectType(nullable)) return introspection ? `an object with the fields ${Object.keys(nullable.getFields()).join(', ')}` : 'an object that the schema allows';
    return (nullable.extensions.allowed as string | undefined) ?? known[nullable.name] ?? nullable.name;
  };
  return describe;
}
