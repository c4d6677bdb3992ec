import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { conditionOf, fragmentsOf, isIncluded, keyOf, type Variables } from '../request/selections';
import type { Weigh } from '../cost/cost';
import type { Data } from './plan';

/** What has come together is not what the schema promises in a way that Apollo's executor must tell of. */
export class Unexpected extends Error {}

/** Writes an answer's data as JSON, and says what they cost. */
export type Writer = (data: Data) => { json: string; cost: number };

/** The JSON of a value; null for one that is null, or has null where its type allows none. */
type Write = (value: unknown) => string | null;

/** The selections that are merged under one response key. */
interface Merged {
  field: FieldNode;
  selectionSets: SelectionSetNode[];
  times: number;
}

/**
 * A writer for an operation: of each object the fields that were asked for, in their order, and nothing else.
 * @param conditions the variables that `@skip` and `@include` go by
 */
export function compileWriter(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema, weigh: Weigh, conditions: Variables): Writer {
  const fragments = fragmentsOf(document);
  let cost = 0;

  /** The fields of an object, those of fragments on it among them. */
  function collect(selectionSets: readonly SelectionSetNode[], type: GraphQLObjectType, into = new Map<string, Merged>()): Map<string, Merged> {
    for (const selection of selectionSets.flatMap(({ selections }) => selections)) {
      if (!isIncluded(selection, conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = keyOf(selection);
        const known = into.get(key) ?? { field: selection, selectionSets: [], times: 0 };
        known.times++;
        if (selection.selectionSet) known.selectionSets.push(selection.selectionSet);
        into.set(key, known);
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
        const condition = conditionOf(fragment, schema, type);
        if (condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))) collect([fragment.selectionSet], type, into);
      }
    }
    return into;
  }

  function objectWriter(selectionSets: readonly SelectionSetNode[], type: GraphQLObjectType, own: number): Write {
    const parts = [...collect(selectionSets, type)].map(([key, { field, selectionSets: inner, times }], at) => {
      const lead = `${at === 0 ? '{' : ','}${JSON.stringify(key)}:`;
      const definition = type.getFields()[field.name.value];
      // `__typename`; the fields of introspection are Apollo's.
      if (!definition) return { key, lead, write: () => JSON.stringify(type.name), required: false };
      const weight = weigh(type.name, field.name.value, getNamedType(definition.type)) * times;
      return { key, lead, write: valueWriter(definition.type, inner, weight), required: isNonNullType(definition.type) };
    });
    return (value) => {
      const object = value as Data;
      if (typeof value !== 'object' || (object.__typename !== undefined && object.__typename !== type.name)) throw new Unexpected();
      cost += own;
      let text = '';
      for (const { key, lead, write, required } of parts) {
        const found = write(object[key]);
        if (found === null && required) return null;
        text += lead + (found ?? 'null');
      }
      return text === '' ? '{}' : `${text}}`;
    };
  }

  function compositeWriter(selectionSets: readonly SelectionSetNode[], type: GraphQLCompositeType, own: number): Write {
    if (isObjectType(type)) return objectWriter(selectionSets, type, own);
    const writers = new Map(schema.getPossibleTypes(type).map((one) => [one.name, objectWriter(selectionSets, one, own)]));
    return (value) => {
      const write = writers.get((value as Data).__typename as string);
      if (!write) throw new Unexpected();
      return write(value);
    };
  }

  function valueWriter(declared: GraphQLOutputType, selectionSets: readonly SelectionSetNode[], own: number): Write {
    const type = isNonNullType(declared) ? declared.ofType : declared;
    if (isListType(type)) {
      const item = valueWriter(type.ofType as GraphQLOutputType, selectionSets, own);
      const required = isNonNullType(type.ofType);
      return (value) => {
        if (value === null || value === undefined) return null;
        if (!Array.isArray(value)) throw new Unexpected();
        let text = '';
        for (const one of value) {
          const found = item(one);
          if (found === null && required) return null;
          text += (text === '' ? '[' : ',') + (found ?? 'null');
        }
        return text === '' ? '[]' : `${text}]`;
      };
    }
    if (isCompositeType(type)) {
      const write = compositeWriter(selectionSets, type, own);
      return (value) => (value === null || value === undefined ? null : write(value));
    }
    const write = leafWriter(type);
    return (value) => {
      if (value === null || value === undefined) return null;
      cost += own;
      return write(value);
    };
  }

  const write = objectWriter([operation.selectionSet], schema.getRootType(operation.operation) as GraphQLObjectType, 0);
  return (data) => {
    cost = 0;
    const json = write(data) ?? 'null';
    return { json, cost: Math.round(cost) };
  };
}

function leafWriter(type: GraphQLOutputType): Write {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
    return (value) => texts.get(value as string) ?? unexpected();
  }
  switch (String(type)) {
    case 'String':
      return (value) => (typeof value === 'string' ? JSON.stringify(value) : unexpected());
    case 'ID':
      return (value) => (typeof value === 'string' || Number.isSafeInteger(value) ? JSON.stringify(value) : unexpected());
    case 'Int':
      return (value) => (Number.isSafeInteger(value) ? String(value) : unexpected());
    case 'Float':
      return (value) => (Number.isFinite(value) ? String(value) : unexpected());
    case 'Boolean':
      return (value) => (typeof value === 'boolean' ? String(value) : unexpected());
    default:
      return (value) => JSON.stringify(value);
  }
}

function unexpected(): never {
  throw new Unexpected();
}
