import { SpanKind } from '@opentelemetry/api';
import type { ApolloGateway } from '@apollo/gateway';
import { isObjectType, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { formatPublicError } from '../../shared/graphql/publicError';
import { spanned } from '../../shared/traces/trace';
import type { GatewayContext } from '../request/context';
import type { Variables } from '../request/selections';
import { MOST_ERRORS, type Source } from '../transport/reach';

/** A query plan as Apollo's planner makes it. */
export type QueryPlan = Parameters<NonNullable<NonNullable<ConstructorParameters<typeof ApolloGateway>[0]>['experimental_didResolveQueryPlan']>>[0]['queryPlan'];
type Node = Exclude<NonNullable<QueryPlan['node']>, { kind: 'Subscription' }>;
type FetchNode = Extract<Node, { kind: 'Fetch' }>;
type Required = NonNullable<FetchNode['requires']>;

export type Data = Record<string, unknown>;

/** An answer that comes together. */
export interface Assembly {
  readonly data: Data;
  readonly errors: GraphQLFormattedError[];
  readonly variables: Variables;
  readonly context: GatewayContext;
}

export type Work = (assembly: Assembly) => Promise<void>;

/** A plan with something in it that is left to Apollo's executor. */
export class NotCompiled extends Error {}

/**
 * The work of a query plan: the same fetches in the same order as Apollo's executor, with what does not depend on the answers
 * found out beforehand. An entity that stands at several places is asked for once.
 * @param conditions the variables that `@skip` and `@include` go by
 */
export function compilePlan({ node }: QueryPlan, sources: ReadonlyMap<string, Source>, schema: GraphQLSchema, conditions: Variables): Work {
  const compile = (one: Node, path: readonly string[]): Work => {
    switch (one.kind) {
      case 'Sequence': {
        const steps = one.nodes.map((step) => compile(step, path));
        return async (assembly) => {
          for (const step of steps) await step(assembly);
        };
      }
      case 'Parallel': {
        const branches = one.nodes.map((branch) => compile(branch, path));
        return async (assembly) => void (await Promise.all(branches.map((branch) => branch(assembly))));
      }
      case 'Flatten':
        return compile(one.node, [...path, ...one.path.map(String)]);
      case 'Fetch':
        return compileFetch(one, path, sources.get(one.serviceName)!, schema);
      case 'Condition': {
        const clause = conditions[one.condition] === true ? one.ifClause : one.elseClause;
        return clause ? compile(clause, path) : nothing;
      }
      case 'Defer':
        throw new NotCompiled();
    }
  };
  if (node?.kind === 'Subscription') throw new NotCompiled();
  return node ? compile(node, []) : nothing;
}

const nothing: Work = () => Promise.resolve();

function compileFetch(fetch: FetchNode, path: readonly string[], source: Source, schema: GraphQLSchema): Work {
  const { serviceName: service, operation: query, operationName = null, variableUsages = [], requires } = fetch;
  if (fetch.inputRewrites || fetch.outputRewrites || fetch.contextRewrites) throw new NotCompiled();
  const mutation = fetch.operationKind === 'mutation';
  const represent = requires ? representation(requires, schema) : null;

  async function ask({ variables: given, context, errors }: Assembly, representations: Data[] | null, placesOf: (entity: number) => readonly (readonly (string | number)[])[]): Promise<Data | null> {
    const variables: Variables = representations ? { representations } : {};
    for (const name of variableUsages) if (given[name] !== undefined) variables[name] = given[name];
    try {
      const answer = await spanned('gateway.fetch', SpanKind.INTERNAL, { service }, () => source({ query, operationName, variables, mutation, context, schema }));
      const found = (answer.errors ?? []).flatMap((error) => located(error, service, path, placesOf));
      errors.push(...found.slice(0, MOST_ERRORS));
      return answer.data ?? null;
    } catch (error) {
      // As Apollo Server names what has no code.
      errors.push(formatPublicError({ message: (error as Error).message, extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error));
      return null;
    }
  }

  if (!represent) {
    return async (assembly) => {
      const owners = entitiesAt(assembly.data, path);
      if (owners.length === 0) return;
      const data = await ask(assembly, null, () => []);
      if (data) for (const owner of owners) merge(owner, data);
    };
  }
  return async (assembly) => {
    const entities = entitiesAt(assembly.data, path);
    const representations: Data[] = [];
    /** Which of them each entity is asked for by; -1 for an entity that cannot be. */
    const asked: number[] = [];
    const known = new Map<string, number>();
    for (const entity of entities) {
      const made = represent(entity);
      if (!made?.__typename) {
        asked.push(-1);
        continue;
      }
      const key = signatureOf(made);
      let at = known.get(key);
      if (at === undefined) known.set(key, (at = representations.push(made) - 1));
      asked.push(at);
    }
    if (representations.length === 0) return;
    let places: (string | number)[][] | undefined;
    const data = await ask(assembly, representations, (one) => (places ??= pathsAt(assembly.data, path)).filter((_, at) => asked[at] === one));
    const found = data?._entities as (Data | null)[] | undefined;
    if (!found) return;
    for (let at = 0; at < entities.length; at++) {
      const one = found[asked[at]!];
      if (one) merge(entities[at]!, one);
    }
  };
}

/** An error of a fetch at its place in the whole answer; of an entity that stands at several places, one for each. */
function located({ message, path: inFetch, extensions }: GraphQLFormattedError, service: string, path: readonly string[], placesOf: (entity: number) => readonly (readonly (string | number)[])[]): GraphQLFormattedError[] {
  const make = (at: readonly (string | number)[] | undefined) => ({ message, ...(at ? { path: at } : {}), extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, service } });
  const entity = inFetch?.[1];
  if (inFetch?.[0] === '_entities' && typeof entity === 'number') return placesOf(entity).map((place) => make([...place, ...inFetch.slice(2)]));
  return [make(inFetch && [...path, ...inFetch])];
}

/** The objects at a path, `@` for the items of a list; none where something on the way is null. */
function entitiesAt(data: Data, path: readonly string[]): Data[] {
  let level: unknown[] = [data];
  for (const key of path) {
    const next: unknown[] = [];
    for (const one of level) {
      if (key === '@') {
        // Of another shape it has been refused, or is a foreign subgraph's: the writer sees it.
        if (Array.isArray(one)) for (const item of one as unknown[]) if (typeof item === 'object' && item !== null) next.push(item);
      } else {
        const value = (one as Data)[key];
        if (typeof value === 'object' && value !== null) next.push(value);
      }
    }
    level = next;
  }
  return level as Data[];
}

/** Where these objects are, in the same order. */
function pathsAt(data: Data, path: readonly string[]): (string | number)[][] {
  let level: { value: unknown; at: (string | number)[] }[] = [{ value: data, at: [] }];
  for (const key of path) {
    level = level
      .flatMap(({ value, at }) => (key === '@' ? (Array.isArray(value) ? (value as unknown[]) : []).map((item, index) => ({ value: item, at: [...at, index] })) : [{ value: (value as Data)[key], at: [...at, key] }]))
      .filter(({ value }) => typeof value === 'object' && value !== null);
  }
  return level.map(({ at }) => at);
}

type Represent = (entity: Data) => Data | null;

/** What a subgraph must know of an entity to find it: its type and key, and what the fields there require. */
function representation(requires: Required, schema: GraphQLSchema): Represent {
  const byType = new Map<string, Represent>();
  for (const fragment of requires) {
    // A condition on an interface is left to Apollo's executor.
    if (fragment.kind !== 'InlineFragment' || !isObjectType(schema.getType(fragment.typeCondition ?? ''))) throw new NotCompiled();
    const before = byType.get(fragment.typeCondition!);
    const own = picker(fragment.selections);
    // Nothing of a fragment counts where one of its fields is missing.
    byType.set(fragment.typeCondition!, before ? (entity) => merge(before(entity) ?? {}, own(entity)) : own);
  }
  return (entity) => byType.get(entity.__typename as string)?.(entity) ?? null;
}

/** Equal for representations that are equal. */
function signatureOf(made: Data): string {
  let signature = '';
  for (const key in made) {
    const value = made[key];
    if (typeof value !== 'string') return JSON.stringify(made);
    // Its length tells where it ends.
    signature += `${key} ${value.length} ${value}`;
  }
  return signature;
}

/** Picks fields of an object; null where one is missing. */
function picker(selections: Required): Represent {
  const fields = selections.map((selection) => {
    if (selection.kind !== 'Field' || selection.name in Object.prototype) throw new NotCompiled();
    return { key: selection.alias ?? selection.name, inner: selection.selections ? picker(selection.selections) : null };
  });
  return (object) => {
    const picked: Data = {};
    for (const { key, inner } of fields) {
      const value = object[key];
      if (value === undefined) return null;
      picked[key] = inner === null || value === null ? value : Array.isArray(value) ? value.map((item: Data | null) => item && inner(item)) : inner(value as Data);
    }
    return picked;
  };
}

/** Writes what a fetch has brought into what is there. */
function merge(target: Data, source: Data | null): Data {
  for (const key in source) {
    const value = source[key];
    // Nobody asks for a field of this name, see `isOrdinary`: who sends it means no good.
    if (value === undefined || key === '__proto__') continue;
    const before = Object.hasOwn(target, key) ? target[key] : undefined;
    if (before && isObject(value)) merge(before as Data, value);
    else if (Array.isArray(value) && Array.isArray(before) && value.length === before.length) {
      value.forEach((item: unknown, at) => {
        if (isObject(before[at]) && isObject(item)) merge(before[at], item);
        else before[at] = item;
      });
    } else target[key] = value;
  }
  return target;
}

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
