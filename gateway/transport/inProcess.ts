import { parse } from 'graphql';
import { carryOut, knownDocuments } from '../../shared/graphql/carryOut';
import { Context } from '../../shared/graphql/context';
import type { RunningSubgraph } from '../../shared/running';
import type { Transport } from './reach';

/** Fetches from a subgraph in the same process: no network, and each fetch of a query plan is parsed once. */
export function inProcess({ name, schema, db, refreshCopies }: RunningSubgraph): Transport {
  const documents = knownDocuments();
  return {
    fetch({ query, operationName, variables, context, signal }) {
      let document = documents.get(query);
      if (!document) documents.set(query, (document = parse(query, { noLocation: true })));
      let contextValue = context.subgraphs.get(name);
      if (!contextValue) {
        contextValue = new Context({ db, langs: context.langs, caller: context.caller, refreshCopies, ...(signal ? { signal } : {}) });
        context.subgraphs.set(name, contextValue);
      }
      // The gateway writes into what it is given: graphql-js makes new objects for each answer.
      return carryOut({ schema, document, variableValues: variables, operationName, contextValue });
    },
    check: (signal) => db.check(signal),
    leftAlone: () => false,
    close: () => Promise.resolve(),
  };
}
