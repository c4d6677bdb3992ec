import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import { GraphQLError, type DocumentNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { coded } from '../../shared/graphql/errors';
import { isOrdinary } from '../../shared/graphql/ordinary';
import { untraced } from '../../shared/traces/trace';
import { weigher } from '../cost/cost';
import type { GatewayContext } from '../request/context';
import { conditionsOf, type Variables } from '../request/selections';
import type { Facts } from '../supergraph/facts';
import type { Source } from '../transport/reach';
import { compilePlan, NotCompiled, type Assembly, type QueryPlan, type Work } from './plan';
import { compileWriter, Unexpected, type Writer } from './writer';

/** An operation with all found out that does not depend on its answer. */
export interface Compiled {
  work: Work;
  write: Writer;
}

interface Outcome {
  /** The data as JSON. */
  json: string;
  /** What they cost. */
  cost: number;
  errors: readonly GraphQLFormattedError[];
}

/** Fetches and writes; throws Unexpected where Apollo's executor must tell what is wrong. */
export async function carryOut({ work, write }: Compiled, variables: Variables, context: GatewayContext): Promise<Outcome> {
  const assembly: Assembly = { data: {}, errors: [], variables, context };
  await work(assembly);
  return { ...write(assembly.data), errors: assembly.errors };
}

/** Ends Apollo's execution where it has a plan. */
class Planned extends Error {
  constructor(readonly plan: QueryPlan) {
    super();
  }
}

/** For `experimental_didResolveQueryPlan`: hands the plan to whoever wants to carry it out. */
export function handOver({ queryPlan, requestContext }: { queryPlan: QueryPlan; requestContext: { context?: unknown } }): void {
  if ((requestContext.context as { wantsPlan?: true }).wantsPlan) throw new Planned(queryPlan);
}

type Request = Parameters<GatewayExecutor>[0];

/** Compilations of one document: with other parts of it skipped. More are not kept. */
const MOST_VARIANTS = 16;

/**
 * Apollo's executor, but that the hub carries out the plans of queries itself: an entity is asked for once, and nothing is read
 * again for each request. What it does not compile (introspection, foreign supergraphs' rewrites), and mutations, are Apollo's.
 */
export function executor(apollos: GatewayExecutor, sources: ReadonlyMap<string, Source>, factsOf: (schema: GraphQLSchema) => Facts): GatewayExecutor {
  const known = new WeakMap<DocumentNode, Map<string, Compiled | null>>();

  /** Null for what stays with Apollo. */
  async function compiled(request: Request): Promise<Compiled | null> {
    const { document, operation, schema } = request;
    const conditions = conditionsOf(document, operation, request.request.variables ?? {});
    const key = JSON.stringify([request.operationName, conditions]);
    let variants = known.get(document);
    if (!variants) known.set(document, (variants = new Map()));
    let made = variants.get(key);
    if (made === undefined && variants.size < MOST_VARIANTS) {
      made = await compile(request, factsOf(schema), conditions);
      if (made !== undefined) variants.set(key, made);
    }
    return made ?? null;
  }

  /** Undefined where Apollo has come to no plan: the variables are wrong. */
  async function compile(request: Request, { schema, weights }: Facts, conditions: Variables): Promise<Compiled | null | undefined> {
    const { document, operation } = request;
    if (!isOrdinary(document)) return null;
    const plan = await planned(request);
    return plan && compileOrLeave(() => ({ work: compilePlan(plan, sources, schema, conditions), write: compileWriter(document, operation, schema, weigher(weights), conditions) }));
  }

  /** Planning is the one long stretch of work that a stranger can have done: one at a time, and after each a rest as long as it took. */
  let turn = Promise.resolve();
  async function planned(request: Request): Promise<QueryPlan | undefined> {
    const { noted, signal } = request.context as GatewayContext;
    const before = turn;
    let end!: () => void;
    turn = new Promise((resolve) => (end = resolve));
    await before;
    const begun = performance.now();
    try {
      if (signal.aborted) throw coded('DEADLINE_EXCEEDED', 'There was no time to plan this.');
      // Ended by an error, which is none: traces need not tell of it.
      await untraced(() => apollos({ ...request, context: { ...request.context, wantsPlan: true } }));
      return undefined;
    } catch (error) {
      if (!(error instanceof Planned)) throw error;
      return error.plan;
    } finally {
      const took = performance.now() - begun;
      noted.planning += took;
      setTimeout(end, took);
    }
  }

  return async (request) => {
    if (request.operation.operation !== 'query') return apollos(request);
    const ready = await compiled(request);
    if (!ready) return apollos(request);
    const context = request.context as GatewayContext;
    try {
      const { json, errors } = await carryOut(ready, request.request.variables ?? {}, context);
      context.noted.compiled = ready;
      return { data: JSON.parse(json) as never, ...(errors.length > 0 ? { errors: errors.map(asError) } : {}) };
    } catch (error) {
      if (error instanceof Unexpected) return apollos(request);
      throw error;
    }
  };
}

const asError = ({ message, path, extensions }: GraphQLFormattedError): GraphQLError => new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });

function compileOrLeave(compile: () => Compiled): Compiled | null {
  try {
    return compile();
  } catch (reason) {
    if (reason instanceof NotCompiled) return null;
    throw reason;
  }
}
