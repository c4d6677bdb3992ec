import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse, printSchema } from 'graphql';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { subgraphNames } from '../../shared/config';
import { root } from '../../shared/root';

/** Where the composed schemas are committed. */
export const supergraphFile = join(root, 'gateway/supergraph/supergraph.graphql');
export const apiFile = join(root, 'gateway/supergraph/api.graphql');

/** Composes the committed SDL of the four subgraphs; throws with every reason where they do not fit together. */
export function compose(): { supergraph: string; api: string } {
  const result = composeServices(
    subgraphNames.map((name, at) => ({
      name,
      url: `http://localhost:${4001 + at}/graphql`,
      typeDefs: parse(readFileSync(join(root, 'subgraphs', name, 'schema.graphql'), 'utf8')),
    })),
  );
  if (result.errors) throw new Error(`The subgraphs do not compose:\n${result.errors.map(({ message }) => `  ${message}`).join('\n')}`);
  const api = Supergraph.build(result.supergraphSdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES }).apiSchema().toGraphQLJSSchema();
  return { supergraph: `${result.supergraphSdl.trim()}\n`, api: `${printSchema(api).trim()}\n` };
}

if (require.main === module) {
  const { supergraph, api } = compose();
  writeFileSync(supergraphFile, supergraph);
  writeFileSync(apiFile, api);
}
