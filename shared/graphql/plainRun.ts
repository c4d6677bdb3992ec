import { getNamedType, getVariableValues, isAbstractType, isCompositeType, isLeafType, isListType, isNonNullType, isObjectType, Kind, OperationTypeNode, visit } from 'graphql';
import type {
  DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLFieldResolver, GraphQLLeafType, GraphQLObjectType, GraphQLOutputType,
  GraphQLResolveInfo, GraphQLSchema, GraphQLUnionType, OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields';
import { getArgumentValues } from 'graphql/execution/values';
import { heedless } from './directResolvers';
import { isOrdinary } from './ordinary';

// Queries carried out the plain way: what does not depend on the data is found out once for a document, and nothing waits for a
// promise that is not there. An error, a null where none may be, a value that is not what the schema says: none of it is dealt
// with here. The whole query is left to graphql-js then, which begins anew and says what is wrong. What the request's
// loaders have is not read again for it.

type Values = Record<string, unknown>;
type Container = Record<string | number, unknown>;
type Path = GraphQLResolveInfo['path'];

/** Something that graphql-js must see to. */
class NotPlain extends Error {}

/** One carrying out. */
interface Run {
  readonly context: unknown;
  readonly variables: Values;
  /** Of each field that has any, once they are known: the same for all objects. */
  readonly args: Values[];
  /** What is still to come, and the first walk itself. */
  pending: number;
  /** Whether graphql-js has taken over. */
  over: boolean;
  done(): void;
  fail(): void;
}

/** Writes a value as the schema has it. */
type Complete = (run: Run, value: unknown, into: Container, key: string | number, path: Path | undefined) => void;

interface Field {
  key: string;
  definition: GraphQLField<unknown, unknown>;
  resolve: GraphQLFieldResolver<unknown, unknown> | null;
  /** Its place among those with arguments; -1 for one without. */
  at: number;
  /** Whether nobody wants to know where it stands. */
  simple: boolean;
  /** Whether its resolver does not look at `info`. */
  heedless: boolean;
  nodes: readonly FieldNode[];
  parent: GraphQLObjectType;
  complete: Complete;
}

/** Where @apollo/subgraph puts what finds an entity by its reference. */
interface EntityExtensions {
  apollo?: { subgraph?: { resolveReference?: (reference: unknown, context: unknown, info: GraphQLResolveInfo) => unknown } };
}

/** Carries a query out; null where it is not plain. */
export type PlainRun = (operationName: string | null, variables: Values, context: unknown) => Promise<Values | null>;

/** Prepares the one query of a valid document; null where graphql-js must carry it out whatever comes back. */
export function preparePlainRun(schema: GraphQLSchema, document: DocumentNode): PlainRun | null {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (!operation || operations.length > 1 || operation.operation !== OperationTypeNode.QUERY || !isOrdinary(document) || hasDirectives(document)) return null;
  try {
    return compile(schema, document, operation);
  } catch (reason) {
    if (reason instanceof NotPlain) return null;
    throw reason;
  }
}

/** Whether it has a directive: what is asked for may depend on the variables then. */
function hasDirectives(document: DocumentNode): boolean {
  let found = false;
  visit(document, { Directive: () => void (found = true) });
  return found;
}

function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): PlainRun {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  const root = schema.getQueryType()!;
  let withArguments = 0;

  function fieldsOf(parent: GraphQLObjectType, collected: ReadonlyMap<string, readonly FieldNode[]>): Field[] {
    return [...collected].flatMap(([key, nodes]) => {
      const name = nodes[0]!.name.value;
      if (name === '__typename') return typenameOf(parent, key, nodes);
      const definition = parent.getFields()[name];
      // Of a newer supergraph: graphql-js leaves it out too.
      if (!definition) return [];
      const { type, args, resolve = null } = definition;
      if (parent === root && name === '_entities') return entitiesOf({ key, definition, at: withArguments++, nodes, parent });
      return {
        key,
        definition,
        resolve,
        at: args.length > 0 ? withArguments++ : -1,
        heedless: resolve !== null && heedless.has(resolve),
        simple: resolve === null && !isCompositeType(getNamedType(type)),
        nodes,
        parent,
        complete: completer(type, nodes, definition, parent, false),
      };
    });
  }

  function completer(declared: GraphQLOutputType, nodes: readonly FieldNode[], definition: GraphQLField<unknown, unknown>, parent: GraphQLObjectType, required: boolean): Complete {
    if (isNonNullType(declared)) return completer(declared.ofType as GraphQLOutputType, nodes, definition, parent, true);
    const complete = isListType(declared)
      ? listCompleter(completer(declared.ofType as GraphQLOutputType, nodes, definition, parent, false))
      : isLeafType(declared)
        ? leafCompleter(declared)
        : objectCompleter(declared, nodes, definition, parent);
    return (run, value, into, key, path) => {
      if (value instanceof Error) throw new NotPlain();
      if (value !== null && value !== undefined) complete(run, value, into, key, path);
      else if (required) throw new NotPlain();
      else into[key] = null;
    };
  }

  /** The fields of an object; found out when they are needed: an abstract type has many, and a document may refer to itself through none of them. */
  function fieldsBelow(nodes: readonly FieldNode[]): (object: GraphQLObjectType) => Field[] {
    const known = new Map<string, Field[]>();
    return (object) => {
      let fields = known.get(object.name);
      if (!fields) known.set(object.name, (fields = fieldsOf(object, collectSubfields(schema, fragments, {}, object, nodes))));
      return fields;
    };
  }

  /** Entities as their types find them by the references: of what type each is need not be asked of what is found. */
  function entitiesOf(field: Pick<Field, 'key' | 'definition' | 'at' | 'nodes' | 'parent'>): Field {
    const fieldsFor = fieldsBelow(field.nodes);
    const possible = new Map(schema.getPossibleTypes(getNamedType(field.definition.type) as GraphQLUnionType).map((type) => [type.name, type]));
    const complete: Complete = (run, _value, into, key, path) => {
      const { representations } = argsOf(run, field) as { representations: readonly { __typename: string }[] };
      const entities: unknown[] = new Array(representations.length);
      into[key] = entities;
      const info = infoOf(run, field, path!);
      representations.forEach((reference, at) => {
        const type = possible.get(reference.__typename);
        if (!type || type.isTypeOf) throw new NotPlain();
        const write = (entity: unknown) => {
          if (entity instanceof Error) throw new NotPlain();
          entities[at] = entity === null || entity === undefined ? null : read(run, fieldsFor(type), entity, { prev: path, key: at, typename: undefined });
        };
        const find = (type.extensions as EntityExtensions).apollo?.subgraph?.resolveReference;
        const entity = find ? find(reference, run.context, info) : reference;
        if (isPromise(entity)) whenThere(run, entity, write);
        else write(entity);
      });
    };
    return { ...field, resolve: () => true, heedless: true, simple: false, complete };
  }

  function objectCompleter(type: Exclude<GraphQLOutputType, GraphQLLeafType>, nodes: readonly FieldNode[], definition: GraphQLField<unknown, unknown>, parent: GraphQLObjectType): Complete {
    const fieldsFor = fieldsBelow(nodes);
    if (isObjectType(type)) {
      if (type.isTypeOf) throw new NotPlain();
      return (run, value, into, key, path) => (into[key] = read(run, fieldsFor(type), value, path));
    }
    if (!isAbstractType(type) || !type.resolveType) throw new NotPlain();
    const resolveType = type.resolveType.bind(type);
    return (run, value, into, key, path) => {
      const write = (name: unknown) => {
        const object = typeof name === 'string' ? schema.getType(name) : undefined;
        if (!isObjectType(object) || object.isTypeOf || !schema.isSubType(type, object)) throw new NotPlain();
        into[key] = read(run, fieldsFor(object), value, path);
      };
      const name = resolveType(value, run.context, infoOf(run, { definition, nodes, parent }, path!), type);
      if (isPromise(name)) {
        into[key] = undefined;
        whenThere(run, name, write);
      } else write(name);
    };
  }

  const infoOf = ({ variables }: Run, { definition, nodes, parent }: Pick<Field, 'definition' | 'nodes' | 'parent'>, path: Path): GraphQLResolveInfo => ({
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType: parent,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues: variables,
  });

  function argsOf(run: Run, { at, definition, nodes }: Pick<Field, 'at' | 'definition' | 'nodes'>): Values {
    return at < 0 ? {} : (run.args[at] ??= getArgumentValues(definition, nodes[0]!, run.variables));
  }

  function read(run: Run, fields: readonly Field[], source: unknown, prev: Path | undefined): Values {
    const object: Values = {};
    for (const field of fields) {
      const { key, definition, resolve, complete, parent } = field;
      const path = field.simple ? undefined : { prev, key, typename: parent.name };
      let value: unknown = resolve ? resolve(source, argsOf(run, field), run.context, field.heedless ? NO_INFO : infoOf(run, field, path!)) : (source as Values | undefined)?.[definition.name];
      if (typeof value === 'function') value = (value as Function).call(source, argsOf(run, field), run.context, infoOf(run, field, path ?? { prev, key, typename: parent.name })) as unknown;
      if (isPromise(value)) {
        object[key] = undefined;
        whenThere(run, value, (found) => complete(run, found, object, key, path));
      } else complete(run, value, object, key, path);
    }
    return object;
  }

  const fields = fieldsOf(root, collectFields(schema, fragments, {}, root, operation.selectionSet));
  const { name, variableDefinitions = [] } = operation;
  return async (operationName, given, context) => {
    if (operationName !== null && operationName !== name?.value) return null;
    const { coerced } = getVariableValues(schema, variableDefinitions, given, { maxErrors: 1 });
    if (!coerced) return null;
    return new Promise((resolve) => {
      let data: Values | null = null;
      const run: Run = { context, variables: coerced, args: [], pending: 1, over: false, done: () => resolve(data), fail: () => ((run.over = true), resolve(null)) };
      try {
        data = read(run, fields, undefined, undefined);
        if (--run.pending === 0) run.done();
      } catch {
        run.fail();
      }
    });
  };
}

function listCompleter(item: Complete): Complete {
  return (run, value, into, key, path) => {
    if (!Array.isArray(value)) throw new NotPlain();
    const list: unknown[] = new Array(value.length);
    into[key] = list;
    for (let at = 0; at < value.length; at++) {
      const one: unknown = value[at];
      const place = { prev: path, key: at, typename: undefined };
      if (isPromise(one)) whenThere(run, one, (found) => item(run, found, list as never, at, place));
      else {
        try {
          item(run, one, list as never, at, place);
        } catch (reason) {
          // Nobody else will look at those that follow.
          for (const left of value.slice(at + 1)) if (isPromise(left)) left.then(undefined, () => undefined);
          throw reason;
        }
      }
    }
  };
}

function leafCompleter(type: GraphQLLeafType): Complete {
  return (_run, value, into, key) => {
    const written = type.serialize(value);
    if (written === null || written === undefined) throw new NotPlain();
    into[key] = written;
  };
}

function typenameOf(parent: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Field {
  const write: Complete = (_run, _value, into, at) => (into[at] = parent.name);
  return { key, definition: { name: '__typename' } as GraphQLField<unknown, unknown>, resolve: null, at: -1, heedless: true, simple: true, nodes, parent, complete: write };
}

const NO_INFO = undefined as unknown as GraphQLResolveInfo;

const isPromise = (value: unknown): value is PromiseLike<unknown> => typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

/** Goes on with a value when it is there. */
function whenThere(run: Run, promise: PromiseLike<unknown>, goOn: (value: unknown) => void): void {
  run.pending++;
  promise.then((value) => {
    if (run.over) return;
    try {
      goOn(value);
    } catch {
      return run.fail();
    }
    if (--run.pending === 0) run.done();
  }, run.fail);
}
