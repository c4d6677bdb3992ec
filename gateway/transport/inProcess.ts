import type { GraphQLDataSource } from '@apollo/gateway';
import { execute, parse, type DocumentNode } from 'graphql';
import { Context } from '../../shared/graphql/context';
import { publicError, reportToLog } from '../../shared/graphql/publicError';
import type { RunningSubgraph } from '../../shared/running';
import type { GatewayContext } from '../request/context';

/** Fetches from a subgraph in the same process: no network, and each fetch of a query plan is parsed once. */
export function inProcess({ name, schema, db, refreshCopies }: RunningSubgraph): GraphQLDataSource<GatewayContext> {
  const documents = new Map<string, DocumentNode>();
  const parsed = (query: string): DocumentNode => {
    let document = documents.get(query);
    if (!document) {
      if (documents.size >= 2000) documents.clear();
      documents.set(query, (document = parse(query, { noLocation: true })));
    }
    return document;
  };
  return {
    async process({ request, context }) {
      let contextValue = context.subgraphs.get(name);
      if (!contextValue) context.subgraphs.set(name, (contextValue = new Context({ db, langs: context.langs, caller: context.caller, refreshCopies })));
      const { data, errors } = await execute({
        schema,
        document: parsed(request.query!),
        variableValues: request.variables ?? {},
        operationName: request.operationName ?? null,
        contextValue,
      });
      // The gateway writes into what it is given: graphql-js makes new objects for each answer.
      return { data: data as Record<string, unknown>, ...(errors ? { errors: errors.map((error) => publicError(error, reportToLog)) } : {}) };
    },
  };
}
