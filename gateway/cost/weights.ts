import { parse, valueFromASTUntyped, type ConstDirectiveNode, type FieldDefinitionNode } from 'graphql';

/** What a field costs, as `@cost` and `@listSize` of the IBM cost specification say it in the subgraphs' SDL. */
export interface FieldWeight {
  /** Of the field itself; null for the default of its type. */
  weight: number | null;
  list: {
    /** Arguments of which the largest is the number of items. */
    slicing: readonly string[];
    /** Fields of the returned type that have so many items; empty where the field itself is the list. */
    sized: readonly string[];
    /** The number where no such argument is given. */
    assumed: number | null;
  } | null;
}

export interface Weights {
  /** By `Type.field`. */
  fields: ReadonlyMap<string, FieldWeight>;
  /** Of objects, scalars and enums that have one of their own. */
  types: ReadonlyMap<string, number>;
}

/** Reads the weights from a supergraph. */
export function readWeights(supergraphSdl: string): Weights {
  const fields = new Map<string, FieldWeight>();
  const types = new Map<string, number>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || !definition.name) continue;
    const own = 'directives' in definition ? argumentsOf(definition.directives as ConstDirectiveNode[], 'cost')?.weight : undefined;
    if (own !== undefined) types.set(definition.name.value, Number(own));
    if (!('fields' in definition)) continue;
    for (const field of (definition.fields ?? []) as FieldDefinitionNode[]) {
      const cost = argumentsOf(field.directives, 'cost');
      const list = argumentsOf(field.directives, 'listSize');
      if (!cost && !list) continue;
      fields.set(`${definition.name.value}.${field.name.value}`, {
        weight: cost ? Number(cost.weight) : null,
        list: list && { slicing: (list.slicingArguments as string[] | undefined) ?? [], sized: (list.sizedFields as string[] | undefined) ?? [], assumed: (list.assumedSize as number | undefined) ?? null },
      });
    }
  }
  return { fields, types };
}

/** Composition may write a directive with the name of its specification in front. */
function argumentsOf(directives: readonly ConstDirectiveNode[] = [], name: string): Record<string, unknown> | null {
  const found = directives.find(({ name: { value } }) => value === name || value.endsWith(`__${name}`));
  return found ? Object.fromEntries((found.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)])) : null;
}
