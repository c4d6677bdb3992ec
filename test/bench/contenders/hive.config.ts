import { publicTokenFor } from './token';

// Hive Gateway as it comes; the subgraphs want the hub's token.

export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: async ({ subgraphName }: { subgraphName: string }) => ({ authorization: `Bearer ${await publicTokenFor(subgraphName)}` }),
  },
};
