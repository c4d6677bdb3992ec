import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import type { SubgraphName } from '../../shared/config';
import type { Answer, ReadRequest } from '../../shared/http/graphqlEndpoint';
import { policyOf, type Policy } from '../cache/policy';
import type { Entry, Store } from '../cache/store';
import type { GatewayContext } from '../request/context';
import type { Step } from '../request/exchange';
import type { Facts } from '../supergraph/facts';
import type { Source } from '../transport/reach';

/** How long an answer may lie in browsers and proxies, in seconds: nothing can be called back from there. */
const OUTSIDE = 60;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * Keeps answers of public data, until the data change; tells browsers and proxies how long they may keep them.
 * An answer's sources are the subgraphs that were asked for it, see `noting`: no plan has to be read for that.
 * @param store null to keep none
 */
export function responseCache(store: Store | null, current: () => Facts): { step: Step; plugin: ApolloServerPlugin<GatewayContext> } {
  /** Apollo Server reads operations anew for each schema. */
  const policies = new WeakMap<OperationDefinitionNode, Policy>();

  const plugin: ApolloServerPlugin<GatewayContext> = {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, schema: api, contextValue }) {
          if (!operation) return;
          const { hints, needs } = current();
          let policy = policies.get(operation);
          if (!policy) policies.set(operation, (policy = policyOf(document, operation, api, hints, needs)));
          contextValue.noted.policy = policy;
        },
      };
    },
  };

  const step: Step = async ({ params, read, context: { caller, langs, noted } }, next) => {
    const known = caller.partner !== null;
    const begunOn = current();
    // Of another supergraph nothing is found; a text has one answer a language, and a content type that depends on what is accepted.
    // Whoever wants to know what it costs gets an answer of its own.
    // A GET that any page can have a browser send is Apollo Server's to refuse.
    const wanted = read.method === 'GET' ? isDeliberate(read) : store !== null;
    const key = wanted && params?.query && params.extensions?.cost !== true ? sha256(JSON.stringify([begunOn.hash, params.query, params.operationName, params.variables, langs, read.headers.accept])) : null;
    const found = key && store ? await store.read(key) : null;
    const kept = found?.entry;
    if (kept && !(kept.byCaller && known)) {
      return outside(read, kept, { status: 200, headers: { 'content-type': kept.contentType, 'cache-control': 'no-store', 'x-cache': 'hit' }, body: kept.body });
    }
    let answer: Answer;
    try {
      answer = await next();
    } finally {
      // Before its answer is sent, so that whoever wrote reads what it wrote.
      if (noted.policy?.writes) await store?.renew(noted.sources);
    }
    const { policy } = noted;
    if (!key || !policy || policy.seconds === 0 || (policy.byCaller && known) || answer.status !== 200) return answer;
    // One of another supergraph than its key says.
    if (current() !== begunOn) return answer;
    if (!found && read.method !== 'GET') return answer;
    // Errors are written first, by Apollo Server and by the hub.
    if (answer.body.startsWith('{"errors":')) return answer;
    const { seconds, byCaller } = policy;
    const entry: Entry = { body: answer.body, contentType: answer.headers['content-type']!, etag: `"${sha256(answer.body)}"`, at: Date.now(), seconds, byCaller, generations: {} };
    if (found) {
      // Those of before the first fetch: what changed while the answer was made was not kept.
      for (const name of noted.sources) entry.generations[name] = found.generations[name];
      void store?.write(key, entry);
    }
    return outside(read, entry, { ...answer, headers: { ...answer.headers, ...(found ? { 'x-cache': 'miss' } : {}) } });
  };
  return { step, plugin };
}

/** A source that notes for each answer that it came from there. */
export const noting =
  (name: SubgraphName, source: Source): Source =>
  (fetch) => {
    fetch.context.noted.sources.add(name);
    return source(fetch);
  };

/** Whether a GET has a header that no page of another origin can set without asking first, of those that Apollo Server goes by. */
const isDeliberate = ({ headers }: ReadRequest): boolean =>
  Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name']) || /^application\/(json|graphql)/i.test(headers['content-type'] ?? '');

/** What caches between the reader and the hub are told; only of a GET do they keep anything. */
function outside({ method, headers }: { method: string; headers: Record<string, unknown> }, { etag, at, seconds, byCaller }: Entry, answer: Answer): Answer {
  if (method !== 'GET') return answer;
  const age = Math.floor((Date.now() - at) / 1000);
  Object.assign(answer.headers, {
    etag,
    // Counted from when the answer was made, as `age` is.
    'cache-control': `${byCaller ? 'private' : 'public'}, max-age=${Math.min(seconds, age + OUTSIDE)}`,
    vary: 'accept, accept-language, authorization, origin',
    ...(answer.headers['x-cache'] === 'hit' ? { age: String(age) } : {}),
  });
  const had = String(headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return had.includes(etag) || had.includes('*') ? { ...answer, status: 304, body: '' } : answer;
}
