import {
  getNamedType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf, keyOf } from '../request/selections';

// The gateway believes what a subgraph in another process sends: a list where an object should be would end the whole
// answer, a word would go out as an Int. An answer of another shape than was asked for is none.

type Check = (value: unknown) => boolean;
type Objects = (value: Record<string, unknown>) => boolean;

/** Tells whether data are what a fetch asked for. `entities`: how many it asked for. */
export function shapeOf(query: string, schema: GraphQLSchema): (data: Record<string, unknown>, entities: number) => boolean {
  const document = parse(query, { noLocation: true });
  const fragments = fragmentsOf(document);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
  const fields = objects(operation.selectionSet, schema.getRootType(operation.operation)?.name, schema, fragments);
  const asksEntities = operation.selectionSet.selections.some((one) => one.kind === Kind.FIELD && one.name.value === '_entities');
  return (data, entities) => fields(data) && (!asksEntities || (Array.isArray(data._entities) && data._entities.length === entities));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The check of objects; of a type that readers do not see, only what is known is checked. */
function objects({ selections }: SelectionSetNode, parent: string | undefined, schema: GraphQLSchema, fragments: Map<string, FragmentDefinitionNode>): Objects {
  const type = parent === undefined ? undefined : schema.getType(parent);
  const checks = selections.map((selection): Objects => {
    if (selection.kind !== Kind.FIELD) {
      const { typeCondition, selectionSet } = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
      const condition = typeCondition?.name.value ?? parent;
      const inner = objects(selectionSet, condition, schema, fragments);
      const optional = (selection.directives?.length ?? 0) > 0;
      return (value) => optional || !applies(condition, (value.__typename as string | undefined) ?? parent, schema) || inner(value);
    }
    const key = keyOf(selection);
    const optional = (selection.directives?.length ?? 0) > 0;
    if (selection.name.value === '__typename') return (value) => typeof value[key] === 'string' && isObjectType(schema.getType(value[key]));
    if (selection.name.value === '_entities') {
      const entity = objects(selection.selectionSet!, undefined, schema, fragments);
      return ({ _entities }) => Array.isArray(_entities) && _entities.every((one) => one === null || (isObject(one) && entity(one)));
    }
    const returned = type && 'getFields' in type ? (type.getFields()[selection.name.value]?.type as GraphQLOutputType | undefined) : undefined;
    if (!returned) return () => true;
    const named = getNamedType(returned);
    const inner = selection.selectionSet && isCompositeType(named) ? objects(selection.selectionSet, named.name, schema, fragments) : undefined;
    const check = values(returned, inner);
    return (value) => (Object.hasOwn(value, key) ? check(value[key]) : optional);
  });
  return (value) => checks.every((check) => check(value));
}

function applies(condition: string | undefined, typename: string | undefined, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === typename) return true;
  const wanted = schema.getType(condition);
  const given = typename === undefined ? undefined : schema.getType(typename);
  return isAbstractType(wanted) && isObjectType(given) && schema.isSubType(wanted, given);
}

const leaves = new Map<unknown, Check>([
  [GraphQLInt.name, Number.isInteger],
  [GraphQLFloat.name, Number.isFinite],
  [GraphQLBoolean.name, (value) => typeof value === 'boolean'],
  [GraphQLString.name, (value) => typeof value === 'string'],
  [GraphQLID.name, (value) => typeof value === 'string' || Number.isInteger(value)],
]);

function values(type: GraphQLOutputType, inner: Objects | undefined): Check {
  if (isNonNullType(type)) {
    const check = values(type.ofType as GraphQLOutputType, inner);
    return (value) => value !== null && check(value);
  }
  if (isListType(type)) {
    const check = values(type.ofType as GraphQLOutputType, inner);
    return (value) => value === null || (Array.isArray(value) && value.every(check));
  }
  if (inner) return (value) => value === null || (isObject(value) && inner(value));
  if (isEnumType(type)) return (value) => value === null || (typeof value === 'string' && type.getValue(value) !== undefined);
  const leaf = leaves.get((type as { name: string }).name) ?? (() => true);
  return (value) => value === null || leaf(value);
}
