import type { SubgraphName } from '../../../shared/config';
import { fetchTokens } from '../../../shared/rights/fetchToken';
import { PUBLIC } from '../../../shared/rights/caller';

const signers = new Map<string, ReturnType<typeof fetchTokens>>();

/** The token by which a subgraph answers for the public: the hub's own, signed twice a minute. */
export function publicTokenFor(subgraph: string): Promise<string> {
  let signer = signers.get(subgraph);
  if (!signer) signers.set(subgraph, (signer = fetchTokens(process.env.HUB_SECRET!, subgraph as SubgraphName)));
  return signer(PUBLIC);
}
