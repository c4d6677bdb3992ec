import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Caller } from '../../shared/rights/caller';
import { conditionOf, fragmentsOf, isIncluded, keyOf, variablesOf, type Variables } from '../request/selections';
import { missingScope } from '../../shared/rights/needs';
import { fulfils, scopesWanted, type Need, type Needs } from './needs';

// What a caller may not see is taken out of the operation before it is planned, so that no subgraph is asked for it. In its place
// stands `<response key>: __typename`: the selection stays valid, `@skip` and `@include` stay where they are, and the answer
// shows at which objects the field was. There it is then set to null.

/** What is cut from an operation, by response key: where to put nulls, and where they go on to when a type does not allow them. */
interface Place {
  /** Needs of the field that was cut here; absent on the way to one. */
  missing?: readonly Need[];
  nonNull: boolean;
  list: boolean;
  /** Name of the field. */
  field: string;
  children: Map<string, Place>;
}

export interface Cut {
  /** The operation without what was cut; the very document where nothing was. */
  document: DocumentNode;
  /** `Type.field` of what was cut, for telling apart the plans of one query. */
  fields: readonly string[];
}

/** Takes from a document what the caller may not see. Depends on the caller's rights alone, not on variables. */
export function cut(document: DocumentNode, schema: GraphQLSchema, needs: Needs, caller: Caller): Cut {
  const fields = new Set<string>();
  const without = (selectionSet: SelectionSetNode, type: GraphQLCompositeType): SelectionSetNode => ({
    ...selectionSet,
    selections: selectionSet.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) return { ...selection, selectionSet: without(selection.selectionSet, conditionOf(selection, schema, type)) };
      if (hidden(selection, type, needs, caller)) {
        fields.add(`${type.name}.${selection.name.value}`);
        const { arguments: _, selectionSet: __, ...rest } = selection;
        return { ...rest, alias: { kind: Kind.NAME, value: keyOf(selection) }, name: { kind: Kind.NAME, value: '__typename' } };
      }
      const returned = typeOf(selection, type);
      return selection.selectionSet && isCompositeType(returned) ? { ...selection, selectionSet: without(selection.selectionSet, returned) } : selection;
    }),
  });
  const definitions = document.definitions.map((definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION) return { ...definition, selectionSet: without(definition.selectionSet, schema.getRootType(definition.operation)!) };
    if (definition.kind === Kind.FRAGMENT_DEFINITION) return { ...definition, selectionSet: without(definition.selectionSet, conditionOf(definition, schema)) };
    return definition;
  });
  return fields.size === 0 ? { document, fields: [] } : { document: { ...document, definitions }, fields: [...fields].sort() };
}

/** Where a request meets what was cut. */
export class CutPlaces {
  private readonly root: Place = { nonNull: false, list: false, field: '', children: new Map() };
  private readonly variables: Variables;
  private readonly fragments: Map<string, FragmentDefinitionNode>;
  /** Fragments that a place has taken in: a second time would add nothing. */
  private readonly taken = new Map<Place, Set<string>>();

  constructor(
    /** As it came, not cut. */
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly schema: GraphQLSchema,
    private readonly needs: Needs,
    private readonly caller: Caller,
    variables: Variables,
  ) {
    this.variables = variablesOf(operation, variables);
    this.fragments = fragmentsOf(document);
    this.take(operation.selectionSet, schema.getRootType(operation.operation)!, this.root);
  }

  /** Names of the mutations that were asked for and are not the caller's to make. */
  get refusedMutations(): string[] {
    if (this.operation.operation !== 'mutation') return [];
    return [...new Set([...this.root.children.values()].flatMap(({ missing, field }) => (missing ? [field] : [])))];
  }

  /** One error a field that was cut, its path with `@` for the items of a list, as Apollo Router writes them; of very many the first. */
  errors(most = 50): GraphQLError[] {
    const found: GraphQLError[] = [];
    const walk = (place: Place, path: string[]) => {
      for (const [key, child] of place.children) {
        if (found.length >= most) return;
        const here = [...path, key];
        if (child.missing) {
          const { message, extensions } = missingScope(scopesWanted(child.missing), this.caller.partner !== null);
          found.push(new GraphQLError(message, { path: here, extensions }));
        } else walk(child, child.list ? [...here, '@'] : here);
      }
    };
    walk(this.root, []);
    return found;
  }

  /** Sets to null what was cut. @returns null where a field that was cut may not be null, all the way up */
  fill(data: Record<string, unknown> | null | undefined): Record<string, unknown> | null | undefined {
    return data ? fill(data, this.root) : data;
  }

  private take(selectionSet: SelectionSetNode, type: GraphQLCompositeType, place: Place): void {
    for (const selection of selectionSet.selections) {
      if (!isIncluded(selection, this.variables)) continue;
      if (selection.kind === Kind.FIELD) this.takeField(selection, type, place);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.take(selection.selectionSet, conditionOf(selection, this.schema, type), place);
      else {
        const fragment = this.fragments.get(selection.name.value);
        const taken = this.taken.get(place) ?? new Set();
        this.taken.set(place, taken);
        if (!fragment || taken.has(fragment.name.value)) continue;
        taken.add(fragment.name.value);
        this.take(fragment.selectionSet, conditionOf(fragment, this.schema, type), place);
      }
    }
  }

  private takeField(field: FieldNode, type: GraphQLCompositeType, place: Place): void {
    const key = keyOf(field);
    const definition = fieldOf(field, type);
    if (!definition) return;
    const known = place.children.get(key);
    const child: Place = known ?? { nonNull: isNonNullType(definition), list: isListType(getNullableType(definition)), field: field.name.value, children: new Map() };
    if (hidden(field, type, this.needs, this.caller)) {
      child.missing = this.needs.get(`${type.name}.${field.name.value}`)!;
      child.nonNull = isNonNullType(definition);
    } else if (field.selectionSet) {
      this.take(field.selectionSet, getNamedType(definition) as GraphQLCompositeType, child);
    }
    if (child.missing || child.children.size > 0) place.children.set(key, child);
  }
}

function fill<Value>(value: Value, place: Place): Value | null {
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, place)) as Value;
  if (value === null || typeof value !== 'object') return value;
  const object = value as Record<string, unknown>;
  for (const [key, child] of place.children) {
    if (!(key in object)) continue;
    // Another type's field may have the same key: only the stand-in is a string.
    if (child.missing && typeof object[key] === 'string') object[key] = null;
    else if (child.children.size > 0) object[key] = fill(object[key], child);
    if (object[key] === null && child.nonNull) return null;
  }
  return value;
}

function hidden(field: FieldNode, type: GraphQLCompositeType, needs: Needs, caller: Caller): boolean {
  const needed = needs.get(`${type.name}.${field.name.value}`);
  return needed !== undefined && !fulfils(caller, needed);
}

function fieldOf({ name }: FieldNode, type: GraphQLCompositeType): GraphQLOutputType | undefined {
  return 'getFields' in type ? type.getFields()[name.value]?.type : undefined;
}

function typeOf(field: FieldNode, type: GraphQLCompositeType) {
  const returned = fieldOf(field, type);
  return returned && getNamedType(returned);
}
