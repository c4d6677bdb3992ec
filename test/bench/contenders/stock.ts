import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { textFor } from '../../../gateway/supergraph/supergraph';
import { publicTokenFor } from './token';

// Apollo Server with Apollo Gateway as their documentation starts them, over the hub's subgraphs. It does not take a
// supergraph with rights in it, and enforces none: what is measured needs none.

const gateway = new ApolloGateway({
  supergraphSdl: textFor(readFileSync(process.env.SUPERGRAPH!, 'utf8')),
  buildService: ({ name, url }) =>
    new RemoteGraphQLDataSource({
      ...(url ? { url } : {}),
      async willSendRequest({ request }) {
        request.http!.headers.set('authorization', `Bearer ${await publicTokenFor(name)}`);
      },
    }),
});

startStandaloneServer(new ApolloServer({ gateway }), { listen: { port: 0, host: '127.0.0.1' } }).then(
  ({ url }) => console.log(`ready at ${new URL('/graphql', url).href}`),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
