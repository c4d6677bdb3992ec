import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Refusal, type Answer } from '../../shared/http/graphqlEndpoint';
import { OperationCost } from '../cost/cost';
import type { Buckets } from '../cost/bucket';
import { hold, type Limit, type NoteExcess } from '../limits/limits';
import type { GatewayContext } from '../request/context';
import type { Exchange, Step } from '../request/exchange';
import type { Operation } from '../request/operation';
import type { Variables } from '../request/selections';
import type { Facts } from '../supergraph/facts';

/** What callers may spend. */
export interface DemandLimits {
  /** Of one operation. */
  cost: Limit;
  /** Of a caller in a minute. */
  perMinute: { public: number; partner: number };
}

/** What operations cost at most, known by heart. */
class Estimates {
  private known = new WeakMap<OperationDefinitionNode, { sizes: string[]; estimates: LRUCache<string, number> }>();
  private of: GraphQLSchema | undefined;

  get({ definition }: Operation, schema: GraphQLSchema, variables: Variables, weighed: () => OperationCost): number {
    if (schema !== this.of) this.known = new WeakMap();
    this.of = schema;
    let known = this.known.get(definition);
    if (!known) this.known.set(definition, (known = { sizes: sizesIn(definition), estimates: new LRUCache({ max: 100 }) }));
    // They have not been held against their types yet: what is no number is told apart by its kind alone.
    const key = known.sizes.map((name) => (typeof variables[name] === 'number' || typeof variables[name] === 'boolean' ? variables[name] : variables[name] === null ? 'null' : typeof variables[name])).join();
    let estimate = known.estimates.get(key);
    if (estimate === undefined) known.estimates.set(key, (estimate = weighed().estimated()));
    return estimate;
  }
}

/** The variables that make an operation cost more or less: numbers of items, and conditions of `@skip` and `@include`. */
const sizesIn = ({ variableDefinitions = [] }: OperationDefinitionNode): string[] =>
  variableDefinitions.filter(({ type }) => /"(Int|Boolean)"/.test(JSON.stringify(type))).map(({ variable }) => variable.name.value);

/** What an answer costs that was there, or that another has waited for. */
const KEPT = 1;
/** What a millisecond of planning costs, and how many are free: a text that nobody has sent before is work, whatever it asks for. */
const PLANNING = 200;
const PLANNED_FREE = 100;

/** Errors are written first. */
const isCutOff = ({ body }: Answer): boolean => body.startsWith('{"errors":') && body.includes('"DEADLINE_EXCEEDED"');

/**
 * Demand control: an operation is weighed before it runs, and again by what came back; the difference is given back to the
 * caller's budget. The public has a budget an address, a partner one for all its keys.
 */
export function demand({ cost: most, perMinute }: DemandLimits, buckets: Buckets, current: () => Facts, note: NoteExcess): { step: Step; plugin: ApolloServerPlugin<GatewayContext> } {
  const estimates = new Estimates();
  const plugin: ApolloServerPlugin<GatewayContext> = {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue: { noted } }) {
          const { cost } = noted;
          if (!cost || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          cost.actual = cost.weigh(singleResult.data);
          if (cost.shown) singleResult.extensions = { ...singleResult.extensions, cost: { estimated: cost.estimated, actual: cost.actual, most: most.most, remaining: cost.remaining } };
        },
      };
    },
  };

  const step: Step = async (exchange, next) => {
    const { operation, params, context } = exchange;
    const { schema, weights } = current();
    // A foreign supergraph without weights cannot be weighed.
    if (!operation || weights.fields.size === 0 || !schema.getRootType(operation.definition.operation)) return next();
    const variables = params?.variables ?? {};
    const weighed = () => new OperationCost(operation.document, operation.definition, schema, weights, variables);
    const estimated = estimates.get(operation, schema, variables, weighed);
    hold({ cost: most }, 'cost', estimated, note);

    const { key, size } = bucketOf(exchange, perMinute);
    const budget = await buckets.take(key, estimated, size);
    const headers = { 'ratelimit-policy': `"cost";q=${size};w=60`, ratelimit: `"cost";r=${budget.remaining};t=${budget.full}` };
    if (!budget.taken) {
      const message = `The operation costs ${estimated}, of the ${size} a minute ${budget.remaining} are left: come back in ${budget.wait} seconds, or ask for less.`;
      throw new Refusal(429, 'RATE_LIMITED', message, { ...headers, 'retry-after': String(budget.wait) }, { limit: 'cost', found: estimated, most: size, remaining: budget.remaining });
    }
    context.noted.cost = { estimated, remaining: budget.remaining, shown: params?.extensions?.cost === true, actual: null, weigh: (data) => weighed().actual(data) };
    // What is cut off has been worked on all the same: nothing of it is given back.
    let spent = estimated;
    try {
      const answer = await next();
      if (!context.signal.aborted && !isCutOff(answer)) spent = context.noted.cost.actual ?? KEPT;
      return { ...answer, headers: { ...answer.headers, ...headers } };
    } finally {
      spent += Math.round(Math.max(0, context.noted.planning - PLANNED_FREE) * PLANNING);
      if (spent !== estimated) void buckets.settle(key, spent - estimated, size);
    }
  };
  return { step, plugin };
}

function bucketOf({ context: { caller }, address }: Exchange, perMinute: DemandLimits['perMinute']): { key: string; size: number } {
  return caller.partner ? { key: `partner ${caller.partner.id}`, size: perMinute.partner } : { key: `address ${address}`, size: perMinute.public };
}
