import { getVariableValues, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Policy } from '../cache/policy';
import type { Step } from '../request/exchange';
import { conditionsOf, NONE } from '../request/selections';
import { cut } from '../rights/cut';
import type { Facts } from '../supergraph/facts';
import { carryOut, type Compiled } from './executor';
import { Unexpected } from './writer';

/** An operation that was asked before, ready to be asked again. */
interface Prepared extends Compiled {
  policy: Policy | null;
}

/** Preparations of one operation: of other rights, or with other parts of it skipped. More are not kept. */
const MOST_VARIANTS = 16;

/**
 * Answers queries that Apollo Server has answered once: found valid, planned and all. The second time there is nothing left to
 * find out but the data. Whatever is not plain (mutations, introspection, GET, fields that the caller may not see, an answer
 * that breaks the schema) is left to Apollo Server, each time.
 */
export function prepared(current: () => Facts): Step {
  let facts: Facts | undefined;
  let known = new WeakMap<OperationDefinitionNode, Map<string, Prepared | null>>();
  /** The content type that Apollo Server has given for an `Accept`. */
  const types = new LRUCache<string, string>({ max: 100 });

  return async ({ operation, params, context, read }, next) => {
    if (!operation || operation.definition.operation !== 'query' || read.method !== 'POST' || params?.extensions?.cost === true) return next();
    if (facts !== current()) {
      facts = current();
      known = new WeakMap();
    }
    const { document, definition } = operation;
    const { caller, noted } = context;
    const given = params!.variables ?? {};
    let variants = known.get(definition);
    if (!variants) known.set(definition, (variants = new Map()));
    const conditions = conditionsOf(document, definition, given);
    const variant = caller.partner || conditions !== NONE ? JSON.stringify([caller.partner && caller.scopes, conditions]) : '';
    const found = variants.get(variant);
    const accept = read.headers.accept ?? '';
    const type = types.get(accept);
    if (!found || !type) {
      const begunOn = facts;
      const answer = await next();
      if (answer.status !== 200 || begunOn !== current()) return answer;
      types.set(accept, answer.headers['content-type']!);
      if (found === undefined && variants.size < MOST_VARIANTS && noted.compiled) {
        const whole = cut(document, begunOn.schema, begunOn.needs, caller).fields.length === 0;
        variants.set(variant, whole ? { ...noted.compiled, policy: noted.policy } : null);
      }
      return answer;
    }
    const { variableDefinitions = [] } = definition;
    // Whether null may take the place of a default depends on where it stands.
    if (variableDefinitions.some(({ variable, defaultValue }) => defaultValue && given[variable.name.value] === null)) return next();
    if (getVariableValues(facts.schema, variableDefinitions, given, { maxErrors: 1 }).errors) return next();
    try {
      const { json, cost, errors } = await carryOut(found, given, context);
      noted.policy = found.policy;
      if (noted.cost) noted.cost.actual = cost;
      return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body: errors.length > 0 ? `{"errors":${JSON.stringify(errors)},"data":${json}}\n` : `{"data":${json}}\n` };
    } catch (error) {
      if (error instanceof Unexpected) return next();
      throw error;
    }
  };
}
