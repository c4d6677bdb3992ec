import { buildSubgraphSchema } from '@apollo/subgraph';
import { getDocumentNodeFromSchema } from '@graphql-tools/utils';
import { Kind, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { Context } from './context';

export type ReferenceResolver = (reference: { __typename: string; id: string }, context: Context) => unknown;

const link = parse('extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])').definitions[0]!;

/**
 * A subgraph's schema from its type-graphql classes.
 * @param references how the entities that others refer to are found, by type name; null where there is none
 */
export async function buildFederatedSchema(options: {
  resolvers: NonEmptyArray<Function>;
  orphanedTypes?: Function[];
  references: Record<string, ReferenceResolver>;
}): Promise<GraphQLSchema> {
  const plain = await buildSchema({ resolvers: options.resolvers, orphanedTypes: options.orphanedTypes ?? [], validate: false, skipCheck: true });
  const document = getDocumentNodeFromSchema(plain);
  const typeDefs: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [link, ...document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION && kind !== Kind.DIRECTIVE_DEFINITION)],
  };
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, resolve] of Object.entries(options.references)) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  return buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
}
