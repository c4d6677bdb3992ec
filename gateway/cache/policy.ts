import {
  getNamedType,
  isCompositeType,
  parse,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';
import type { Needs } from '../rights/needs';

/** What the schema says of keeping an operation's answers. */
export interface Policy {
  /** Whether it is a mutation: what it wrote must be seen by the next who asks. */
  writes: boolean;
  /** How long an answer may be kept; 0 for never. */
  seconds: number;
  /** Whether known callers may see another answer than the public. */
  byCaller: boolean;
}

/** `@cacheControl`, as Apollo documents its static hints. */
interface Hint {
  maxAge?: number;
  scope?: 'PUBLIC' | 'PRIVATE';
  inheritMaxAge?: boolean;
}

/** Hints by `Type` and by `Type.field`. */
export type Hints = ReadonlyMap<string, Hint>;

/** Reads `@cacheControl` from a supergraph. */
export function readHints(supergraphSdl: string): Hints {
  const hints = new Map<string, Hint>();
  const note = (name: string, directives: readonly ConstDirectiveNode[] = []) => {
    const given = directives.find((directive) => directive.name.value === 'cacheControl')?.arguments ?? [];
    if (given.length > 0) hints.set(name, Object.fromEntries(given.map(({ name: { value }, value: node }) => [value, valueFromASTUntyped(node)])));
  };
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('fields' in definition)) continue;
    const { name, directives, fields = [] } = definition as TypeDefinitionNode & { fields?: readonly { name: { value: string }; directives?: readonly ConstDirectiveNode[] }[] };
    note(name.value, directives);
    for (const field of fields) note(`${name.value}.${field.name.value}`, field.directives);
  }
  return hints;
}

/**
 * The shortest time of all fields; a field that needs a scope is never kept, whoever asks. Fragments and skipped fields count
 * wherever they stand: that errs on the side of asking again.
 */
export function policyOf(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema, hints: Hints, needs: Needs): Policy {
  let seconds = Infinity;
  let byCaller = false;
  const info = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(info, {
    Field() {
      const parent = info.getParentType();
      const field = info.getFieldDef();
      if (!parent || !field || field.name === '__typename') return;
      const path = `${parent.name}.${field.name}`;
      const type = getNamedType(field.type);
      const ofField = hints.get(path);
      const ofType = isCompositeType(type) ? hints.get(type.name) : undefined;
      // Where a field has no time of its own: a scalar lives as long as its parent, an object or a root field is not kept.
      const inherits = parent !== schema.getQueryType() && (!isCompositeType(type) || ofField?.inheritMaxAge || ofType?.inheritMaxAge);
      seconds = Math.min(seconds, needs.has(path) ? 0 : (ofField?.maxAge ?? ofType?.maxAge ?? (inherits ? Infinity : 0)));
      byCaller ||= ofField?.scope === 'PRIVATE' || ofType?.scope === 'PRIVATE';
    },
  });
  for (const definition of document.definitions) if (definition === operation || definition.kind === 'FragmentDefinition') visit(definition, visitor);
  const writes = operation.operation === 'mutation';
  return { writes, seconds: writes || seconds === Infinity ? 0 : seconds, byCaller };
}
