import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Caller } from '../../shared/rights/caller';
import { plannable } from '../plugins/inputErrors';
import type { GatewayContext } from '../request/context';
import { cut, CutPlaces, type Cut } from './cut';
import type { Needs } from './needs';

/** Told of mutations that a known caller tried without the scope for them. */
export type NoteRefusal = (caller: Caller, mutations: string[]) => Promise<void>;

/**
 * A gateway that lets callers see what is theirs to see.
 * @param executed makes the executor from Apollo's own
 * @param needsOf of a schema: a request that began on the one of before goes on with its rights
 */
export function withRights(gateway: Required<GatewayInterface>, executed: (apollos: GatewayExecutor) => GatewayExecutor, needsOf: (schema: GraphQLSchema) => Needs, note: NoteRefusal): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (told) => gateway.onSchemaLoadOrUpdate(told),
    stop: () => gateway.stop(),
    async load(options) {
      const { executor } = await gateway.load(options);
      return { executor: executor && enforceRights(plannable(executed(executor)), needsOf, note) };
    },
  };
}

/**
 * An executor that asks for what the caller may see alone: the rest is null, with an error each that names the path and the
 * scope missing. A request with a mutation that is not the caller's to make is refused whole: none of its mutations is made.
 */
export function enforceRights(execute: GatewayExecutor, needsOf: (schema: GraphQLSchema) => Needs, note: NoteRefusal): GatewayExecutor {
  /** Cuts by document and by the scopes of whom they were made for; of one supergraph. */
  let known = new WeakMap<DocumentNode, Map<string, Cut>>();
  let knownOf: Needs | undefined;
  return async (request) => {
    const { document, schema, operation } = request;
    const needs = needsOf(schema);
    if (needs !== knownOf) {
      known = new WeakMap();
      knownOf = needs;
    }
    const { caller } = request.context as GatewayContext;
    let cuts = known.get(document);
    if (!cuts) known.set(document, (cuts = new Map()));
    const rights = caller.partner ? caller.scopes.join() : '-';
    let made = cuts.get(rights);
    if (!made) cuts.set(rights, (made = cut(document, schema, needs, caller)));
    if (made.fields.length === 0) return execute(request);

    const places = new CutPlaces(document, operation, schema, needs, caller, request.request.variables ?? {});
    const refused = places.refusedMutations;
    if (refused.length > 0) {
      if (caller.partner) await note(caller, refused);
      return { data: null, errors: places.errors() };
    }
    const answer = await execute({
      ...request,
      document: made.document,
      // The gateway keeps plans by the query's hash: a cut query has another plan.
      queryHash: `${request.queryHash} without ${made.fields.join()}`,
    });
    const errors = places.errors();
    const data = places.fill(answer.data);
    return { ...answer, ...(data === undefined ? {} : { data }), ...(errors.length > 0 || answer.errors ? { errors: [...(answer.errors ?? []), ...errors] } : {}) };
  };
}
