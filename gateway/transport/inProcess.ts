import { parse } from 'graphql';
import type { Signal } from '../../shared/ending';
import { carryingOut, knownDocuments } from '../../shared/graphql/carryOut';
import { Context } from '../../shared/graphql/context';
import type { RunningSubgraph } from '../../shared/running';
import type { Fetch, Fetched, Transport } from './reach';

/**
 * Fetches from a subgraph in the same process: no network, and each fetch of a query plan is parsed once.
 * @param plainly see `carryingOut`
 */
export function inProcess({ name, schema, db, refreshCopies }: RunningSubgraph, plainly: boolean): Transport {
  const documents = knownDocuments();
  const carryOut = carryingOut(schema, plainly);

  const contextOf = ({ context: { langs, caller } }: Fetch, signal: Signal | undefined) => new Context({ db, langs, caller, refreshCopies, ...(signal ? { signal } : {}) });

  /** The gateway writes into what it is given: each answer has objects of its own. */
  function answer({ query, operationName, variables }: Fetch, context: Context): Promise<Fetched> {
    let document = documents.get(query);
    if (!document) documents.set(query, (document = parse(query, { noLocation: true })));
    return carryOut({ document, operationName, variables, context });
  }

  return {
    fetch(fetch) {
      const { subgraphs } = fetch.context;
      let context = subgraphs.get(name);
      if (!context) subgraphs.set(name, (context = contextOf(fetch, fetch.signal)));
      return answer(fetch, context);
    },
    kinOf: ({ query }) => query,
    /** They share loaders: one statement reads for all of them. */
    together(fetches, signal) {
      const context = contextOf(fetches[0]!, signal);
      return fetches.map((fetch) => answer(fetch, context));
    },
    check: (signal) => db.check(signal),
    leftAlone: () => false,
    close: () => Promise.resolve(),
  };
}
