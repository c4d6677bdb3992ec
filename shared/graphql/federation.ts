import { buildSubgraphSchema } from '@apollo/subgraph';
import { getDocumentNodeFromSchema } from '@graphql-tools/utils';
import { Kind, parse, visit, type DocumentNode, type FieldDefinitionNode, type GraphQLResolveInfo, type GraphQLSchema, type ObjectTypeDefinitionNode } from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { checkScopes } from '../rights/needs';
import type { Context } from './context';
import { directResolvers } from './directResolvers';

export type ReferenceResolver = (reference: { __typename: string; id: string }, context: Context, info: GraphQLResolveInfo) => unknown;

/** `@cacheControl` is not Federation's own: each subgraph says that it wants it in the supergraph, where the gateway reads it. */
const { definitions: links } = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@cost", "@listSize", "@composeDirective"])
    @link(url: "https://sillon-lorrain.example/cacheControl/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: cacheControl__Scope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
  enum cacheControl__Scope { PUBLIC PRIVATE }`);

/**
 * A subgraph's schema from its type-graphql classes.
 * @param references how the entities that others refer to are found, by type name; null where there is none
 */
export async function buildFederatedSchema(options: {
  resolvers: NonEmptyArray<Function>;
  orphanedTypes?: Function[];
  references: Record<string, ReferenceResolver>;
}): Promise<GraphQLSchema> {
  const plain = await buildSchema({ resolvers: options.resolvers, orphanedTypes: options.orphanedTypes ?? [], validate: false, skipCheck: true, authChecker: checkScopes });
  const document = visit(getDocumentNodeFromSchema(plain), {
    FieldDefinition: (field) => sizeLists(describeNeeds(field) ?? field),
    ObjectTypeDefinition: { leave: mayBeMissing },
  });
  const typeDefs: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...links, ...document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION && kind !== Kind.DIRECTIVE_DEFINITION)],
  };
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, direct] of Object.entries(directResolvers(options.resolvers))) if (resolvers[type]) Object.assign(resolvers[type], direct);
  for (const [type, resolve] of Object.entries(options.references)) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  return buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
}

/** An operation asks several subgraphs by one root: a root field that could not be null would take the others' answers with it when its subgraph is down. */
function mayBeMissing(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode | undefined {
  if (type.name.value !== 'Query' && type.name.value !== 'Mutation') return undefined;
  return { ...type, fields: type.fields!.map((field) => (field.type.kind === Kind.NON_NULL_TYPE ? { ...field, type: field.type.type } : field)) };
}

/** Tells gateways how long a list or a page is: `first` of them. */
function sizeLists(field: FieldDefinitionNode): FieldDefinitionNode {
  if (!field.arguments?.some(({ name }) => name.value === 'first')) return field;
  const page = JSON.stringify(field.type).includes('Connection"');
  const [sized] = parse(`type T { f: T @listSize(slicingArguments: ["first"], ${page ? 'sizedFields: ["nodes", "edges"], ' : ''}requireOneSlicingArgument: false) }`, { noLocation: true }).definitions;
  const { directives = [] } = (sized as ObjectTypeDefinitionNode).fields![0]!;
  return { ...field, directives: [...(field.directives ?? []), ...directives] };
}

/** Says in a field's description which scope it needs: introspection does not show directives. */
function describeNeeds(field: FieldDefinitionNode): FieldDefinitionNode | undefined {
  const needed = field.directives?.find(({ name }) => name.value === 'requiresScopes');
  if (!needed) return undefined;
  const scopes = [...JSON.stringify(needed.arguments).matchAll(/"([a-z]+:[a-z]+)"/g)].map(([, scope]) => `\`${scope}\``);
  const described = [field.description?.value, `Needs the scope ${scopes.join(' or ')}.`].filter(Boolean).join(' ');
  return { ...field, description: { kind: Kind.STRING, value: described } };
}
