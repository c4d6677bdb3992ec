import { execute, parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Context } from '../../shared/graphql/context';
import { publicError } from '../../shared/graphql/publicError';
import type { RunningSubgraph } from '../../shared/running';
import type { Transport } from './reach';

/** Fetches from a subgraph in the same process: no network, and each fetch of a query plan is parsed once. */
export function inProcess({ name, schema, db, refreshCopies }: RunningSubgraph): Transport {
  const documents = new LRUCache<string, DocumentNode>({ max: 2000 });
  const parsed = (query: string): DocumentNode => {
    let document = documents.get(query);
    if (!document) documents.set(query, (document = parse(query, { noLocation: true })));
    return document;
  };
  return {
    async fetch({ query, operationName, variables, context, signal }) {
      let contextValue = context.subgraphs.get(name);
      if (!contextValue) {
        contextValue = new Context({ db, langs: context.langs, caller: context.caller, refreshCopies, ...(signal ? { signal } : {}) });
        context.subgraphs.set(name, contextValue);
      }
      const { data, errors } = await execute({ schema, document: parsed(query), variableValues: variables, operationName, contextValue });
      // The gateway writes into what it is given: graphql-js makes new objects for each answer.
      return { data: data as Record<string, unknown>, ...(errors ? { errors: errors.map((error) => publicError(error)) } : {}) };
    },
    check: (signal) => db.check(signal),
    leftAlone: () => false,
    close: () => Promise.resolve(),
  };
}
