import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  Kind,
  valueFromASTUntyped,
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

/** Whether `@skip` and `@include` let a selection stand. */
export function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if (!selection.directives?.length) return true;
  return getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if !== true && getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
}

/** Under which key the answer has a field. */
export const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The type that a fragment is about: that of its place where it names none, or none that the schema has. */
export function conditionOf({ typeCondition }: { typeCondition?: { name: { value: string } } | undefined }, schema: GraphQLSchema, otherwise?: GraphQLCompositeType): GraphQLCompositeType {
  const named = typeCondition && schema.getType(typeCondition.name.value);
  return (isCompositeType(named) ? named : otherwise)!;
}
