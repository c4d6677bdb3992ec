import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { conditionOf, fragmentsOf, isIncluded, keyOf, variablesOf, type Variables } from '../request/selections';
import type { Weights } from './weights';

/** Items of a list of which nothing says how long it is. */
const UNKNOWN_LIST = 10;
/** What a look at the schema costs. */
const INTROSPECTION = 1000;
/** What a write costs beside its answer: a transaction with its history, event and audit. */
const WRITE = 10;

/** How many items the fields of a connection have, where its arguments say so. */
interface Sized {
  fields: readonly string[];
  items: number;
}

/** A value that is not an object, unless `@cost` says otherwise. */
const VALUE = 0.1;

/** What a field costs by itself, for each object or value in it. */
export type Weigh = (parent: string, field: string, type: GraphQLNamedType) => number;

export const weigher =
  ({ fields, types }: Weights): Weigh =>
  (parent, field, type) =>
    fields.get(`${parent}.${field}`)?.weight ?? types.get(type.name) ?? (isCompositeType(type) ? 1 : VALUE);

/**
 * What an operation costs: each object one, each value a tenth, unless `@cost` says otherwise; items of a list times their number.
 * Before it runs the number is that which was asked for, afterwards that which came back.
 */
export class OperationCost {
  private readonly fragments: Map<string, FragmentDefinitionNode>;
  private readonly variables: Variables;
  private readonly root: GraphQLCompositeType;
  private readonly weigh: Weigh;

  constructor(
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly schema: GraphQLSchema,
    private readonly weights: Weights,
    variables: Variables,
  ) {
    this.fragments = fragmentsOf(document);
    this.variables = variablesOf(operation, variables);
    this.root = schema.getRootType(operation.operation)!;
    this.weigh = weigher(weights);
  }

  /** At most, by what is asked for. Fragments that spread themselves count once: validation refuses them. */
  estimated(): number {
    return Math.round(this.ofSet(this.operation.selectionSet, this.root, null, undefined, new Set()));
  }

  /** By what came back. */
  actual(data: unknown): number {
    return data === null || typeof data !== 'object' ? 0 : Math.round(this.ofSet(this.operation.selectionSet, this.root, null, data, new Set()));
  }

  /** @param data the object that came back; undefined where none has yet */
  private ofSet({ selections }: SelectionSetNode, type: GraphQLCompositeType, sized: Sized | null, data: object | undefined, within: ReadonlySet<string>): number {
    let sum = 0;
    for (const selection of selections) {
      if (!isIncluded(selection, this.variables)) continue;
      if (selection.kind === Kind.FIELD) sum += this.ofField(selection, type, sized, data, within);
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
        const name = selection.kind === Kind.INLINE_FRAGMENT ? null : selection.name.value;
        if (!fragment || (name !== null && within.has(name))) continue;
        sum += this.ofSet(fragment.selectionSet, conditionOf(fragment, this.schema, type), sized, data, name === null ? within : new Set([...within, name]));
      }
    }
    return sum;
  }

  private ofField(field: FieldNode, parent: GraphQLCompositeType, sized: Sized | null, data: object | undefined, within: ReadonlySet<string>): number {
    const definition = 'getFields' in parent ? parent.getFields()[field.name.value] : undefined;
    if (!definition) return field.name.value === '__schema' || field.name.value === '__type' ? INTROSPECTION : 0;
    const value = data && (data as Record<string, unknown>)[keyOf(field)];
    // Of another type than the object that came back.
    if (data && value === undefined) return 0;
    const type = getNamedType(definition.type);
    const list = this.weights.fields.get(`${parent.name}.${field.name.value}`)?.list ?? null;
    const own = this.weigh(parent.name, field.name.value, type) + (this.operation.operation === 'mutation' && parent === this.root ? WRITE : 0);
    const asked = list ? this.slice(field, definition, list) : null;
    const inner: Sized | null = list && list.sized.length > 0 && asked !== null ? { fields: list.sized, items: asked } : null;
    const ofOne = (object: object | undefined) => own + (field.selectionSet && isCompositeType(type) ? this.ofSet(field.selectionSet, type, inner, object, within) : 0);
    const isList = isListType(getNullableType(definition.type));
    if (!data) return (isList ? (sized?.fields.includes(field.name.value) ? sized.items : inner === null ? (asked ?? UNKNOWN_LIST) : UNKNOWN_LIST) : 1) * ofOne(undefined);
    const items = (Array.isArray(value) ? value.flat(3) : [value]) as unknown[];
    return items.reduce<number>((sum, item) => sum + (item === null ? 0 : typeof item === 'object' ? ofOne(item) : own), 0);
  }

  /** The number of items that the arguments ask for. */
  private slice({ arguments: given = [] }: FieldNode, { args }: GraphQLField<unknown, unknown>, { slicing, assumed }: NonNullable<ReturnType<Weights['fields']['get']>>['list'] & object): number | null {
    const numbers = slicing.flatMap((name) => {
      const node = given.find((one) => one.name.value === name);
      const value = node ? valueFromASTUntyped(node.value, this.variables) : undefined;
      const number = value === undefined ? args.find((one) => one.name === name)?.defaultValue : value;
      return typeof number === 'number' && number >= 0 ? [number] : [];
    });
    return numbers.length > 0 ? Math.max(...numbers) : assumed;
  }
}
