import { createServer } from 'node:http';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type GraphQLSchema } from 'graphql';

/** A subgraph that is none of the hub's: its SDL, and its resolvers as `buildSubgraphSchema` takes them. */
export interface ForeignSubgraph {
  sdl: string;
  resolvers: Record<string, unknown>;
}

export interface ForeignSubgraphs {
  /** Address of the endpoint of each. */
  addresses: Record<string, string>;
  /** The headers of each request that any of them got. */
  requests: Record<string, string | string[] | undefined>[];
  /** Lets one go on with another schema, as a new version of it would. */
  replace(name: string, subgraph: ForeignSubgraph): void;
  /** Of those that are served, or with another version of some; throws where they do not compose. */
  supergraph(others?: Record<string, ForeignSubgraph>): string;
  close(): Promise<void>;
}

/** Serves them on ports of their own. */
export async function serveForeign(subgraphs: Record<string, ForeignSubgraph>): Promise<ForeignSubgraphs> {
  const current = { ...subgraphs };
  const schemas: Record<string, GraphQLSchema> = {};
  const build = (name: string) => (schemas[name] = buildSubgraphSchema([{ typeDefs: parse(current[name]!.sdl), resolvers: current[name]!.resolvers as never }]));
  const addresses: Record<string, string> = {};
  const requests: ForeignSubgraphs['requests'] = [];
  const servers = await Promise.all(
    Object.keys(current).map(async (name) => {
      build(name);
      const server = createServer((request, response) => {
        requests.push(request.headers);
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; variables?: Record<string, unknown>; operationName?: string };
          void graphql({ schema: schemas[name]!, source: query, variableValues: variables ?? null, operationName: operationName ?? null }).then((answer) => {
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify(answer));
          });
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      addresses[name] = `http://127.0.0.1:${(server.address() as { port: number }).port}/some/${name}?version=1`;
      return server;
    }),
  );
  return {
    addresses,
    requests,
    replace(name, subgraph) {
      current[name] = subgraph;
      build(name);
    },
    supergraph(others = {}) {
      const { errors, supergraphSdl } = composeServices(Object.entries({ ...current, ...others }).map(([name, { sdl }]) => ({ name, url: addresses[name]!, typeDefs: parse(sdl) })));
      if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
      return supergraphSdl;
    },
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
