import {
  isCompositeType,
  Kind,
  valueFromASTUntyped,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

// What everybody who walks through an operation's selections asks of them.

export type Variables = Record<string, unknown>;

export const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));

/** The variables as they were given, and the defaults of those that were not. */
export function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) => (defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : []));
  return { ...Object.fromEntries(defaults), ...given };
}

/** Whether `@skip` and `@include` let a selection stand; it stands where they are written wrong, which validation says. */
export function isIncluded({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.every(({ name, arguments: given = [] }) => {
    const condition = given.find((one) => one.name.value === 'if');
    const value = condition && valueFromASTUntyped(condition.value, variables);
    return !((name.value === 'skip' && value === true) || (name.value === 'include' && value === false));
  });
}

/** Under which key the answer has a field. */
export const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The type that a fragment is about: that of its place where it names none, or none that the schema has. */
export function conditionOf({ typeCondition }: { typeCondition?: { name: { value: string } } | undefined }, schema: GraphQLSchema, otherwise?: GraphQLCompositeType): GraphQLCompositeType {
  const named = typeCondition && schema.getType(typeCondition.name.value);
  return (isCompositeType(named) ? named : otherwise)!;
}

const conditional = new WeakMap<DocumentNode, string[]>();

/** Values of the variables that `@skip` and `@include` go by. */
export function conditionsOf(document: DocumentNode, operation: OperationDefinitionNode, given: Variables): Variables {
  let names = conditional.get(document);
  if (!names) {
    const found = new Set<string>();
    visit(document, {
      Directive({ name, arguments: [condition] = [] }) {
        if ((name.value === 'skip' || name.value === 'include') && condition?.value.kind === Kind.VARIABLE) found.add(condition.value.name.value);
      },
    });
    conditional.set(document, (names = [...found]));
  }
  if (names.length === 0) return NONE;
  const all = variablesOf(operation, given);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** Where there are no such variables. */
export const NONE: Variables = {};
