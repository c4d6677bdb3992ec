import { LRUCache } from 'lru-cache';
import { getVariableValues, Kind, visit, type DocumentNode, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql';
import type { Policy } from '../cache/policy';
import { weigher } from '../cost/cost';
import { Shared } from '../plugins/deduplicate';
import type { GatewayContext } from '../request/context';
import type { Exchange, Step } from '../request/exchange';
import type { Operation } from '../request/operation';
import { variablesOf, type Variables } from '../request/selections';
import { cut } from '../rights/cut';
import type { Facts } from '../supergraph/facts';
import type { Source } from '../transport/reach';
import { compilePlan, NotCompiled, type Assembly, type Work } from './plan';
import { compileWriter, Unexpected, type Writer } from './writer';

/** An operation that was asked before, ready to be asked again. */
interface Prepared {
  work: Work;
  write: Writer;
  policy: Policy | null;
}

interface Outcome {
  json: string;
  cost: number;
  errors: readonly GraphQLFormattedError[];
}

/** Preparations of one operation: of other rights, or with other parts of it skipped. More are not kept. */
const MOST_VARIANTS = 16;

/**
 * Answers queries that Apollo Server has answered once: found valid, planned and all. The second time there is nothing left to
 * find out but the data. Whatever is not plain (mutations, introspection, GET, fields that the caller may not see, an answer
 * that breaks the schema) is left to Apollo Server, each time.
 */
export function prepared(sources: ReadonlyMap<string, Source>, current: () => Facts): Step {
  let facts: Facts | undefined;
  let known = new WeakMap<OperationDefinitionNode, Map<string, Prepared | null>>();
  let underWay = new Shared<Outcome>();
  /** The content type that Apollo Server has given for an `Accept`. */
  const types = new LRUCache<string, string>({ max: 100 });

  return async (exchange, next) => {
    const { operation, params, context, read } = exchange;
    if (!operation || operation.definition.operation !== 'query' || read.method !== 'POST' || params?.extensions?.cost === true) return next();
    if (facts !== current()) {
      facts = current();
      known = new WeakMap();
      underWay = new Shared();
    }
    let variants = known.get(operation.definition);
    if (!variants) known.set(operation.definition, (variants = new Map()));
    const { caller, langs, noted } = context;
    const given = params!.variables ?? {};
    const rights = caller.partner ? caller.scopes.join() : '-';
    const conditions = conditionsOf(operation, given);
    const variant = conditions === null ? rights : `${rights} ${JSON.stringify(conditions)}`;
    const found = variants.get(variant);
    const accept = read.headers.accept ?? '';
    const type = types.get(accept);
    if (!found || !type) {
      const begunOn = facts;
      const answer = await next();
      if (answer.status === 200) types.set(accept, answer.headers['content-type']!);
      if (found === undefined && variants.size < MOST_VARIANTS && noted.plan && answer.status === 200 && begunOn === current()) variants.set(variant, prepare(exchange, sources, begunOn, conditions ?? {}));
      return answer;
    }
    // Whether null may take the place of a default depends on where it stands.
    if (operation.definition.variableDefinitions?.some(({ variable, defaultValue }) => defaultValue && given[variable.name.value] === null)) return next();
    const { errors: wrong } = getVariableValues(facts.schema, operation.definition.variableDefinitions ?? [], given, { maxErrors: 1 });
    if (wrong) return next();
    try {
      const key = JSON.stringify([params!.query, params!.operationName, given, langs, context.acceptLanguage, caller]);
      const { json, cost, errors } = await underWay.once(key, context, (own) => answer(found, given, own));
      noted.policy = found.policy;
      if (noted.cost) noted.cost.actual = cost;
      return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body: errors.length > 0 ? `{"errors":${JSON.stringify(errors)},"data":${json}}\n` : `{"data":${json}}\n` };
    } catch (error) {
      if (error instanceof Unexpected) return next();
      throw error;
    }
  };
}

async function answer({ work, write }: Prepared, variables: Variables, context: GatewayContext): Promise<Outcome> {
  const assembly: Assembly = { data: {}, errors: [], variables, context };
  await work(assembly);
  return { ...write(assembly.data), errors: assembly.errors };
}

/** Null for what cannot be: it stays with Apollo Server. */
function prepare({ operation, context: { caller, noted } }: Exchange, sources: ReadonlyMap<string, Source>, { schema, needs, weights }: Facts, conditions: Variables): Prepared | null {
  const { document, definition } = operation!;
  if (!isOrdinary(document) || cut(document, schema, needs, caller).fields.length > 0) return null;
  try {
    return {
      work: compilePlan(noted.plan!, sources, schema, conditions),
      write: compileWriter(document, definition, schema, weigher(weights), conditions),
      policy: noted.policy,
    };
  } catch (error) {
    if (error instanceof NotCompiled) return null;
    throw error;
  }
}

/** Whether it asks for data alone, under names that objects do not have by themselves. */
function isOrdinary(document: DocumentNode): boolean {
  let ordinary = true;
  visit(document, {
    Name({ value }) {
      if (value === '__schema' || value === '__type' || value in Object.prototype) ordinary = false;
    },
  });
  return ordinary;
}

const conditional = new WeakMap<DocumentNode, string[]>();

/** Values of the variables that `@skip` and `@include` go by; null where there are none. */
function conditionsOf({ document, definition }: Operation, given: Variables): Variables | null {
  let names = conditional.get(document);
  if (!names) {
    const found = new Set<string>();
    visit(document, {
      Directive({ name, arguments: [condition] = [] }) {
        if ((name.value === 'skip' || name.value === 'include') && condition?.value.kind === Kind.VARIABLE) found.add(condition.value.name.value);
      },
    });
    conditional.set(document, (names = [...found]));
  }
  if (names.length === 0) return null;
  const all = variablesOf(definition, given);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
