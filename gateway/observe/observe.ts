import type { IncomingMessage } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import { answerOf, Refusal, sorry, type Answer } from '../../shared/http/graphqlEndpoint';
import { asRequest, log, REQUEST_ID } from '../../shared/log';
import { continued, spanned } from '../../shared/traces/trace';
import type { Exchange } from '../request/exchange';
import type { Metrics } from './metrics';

/** From how many milliseconds on a request is slow: the log tells of it. */
const SLOW = 1000;
const LONGEST_NAME = 60;

/** What is known of a request while it is answered. */
export interface Seen {
  /** Null until it has been read. */
  exchange: Exchange | null;
}

/**
 * Answers a GraphQL request, whatever happens on its way, and tells of it: a line on the log, counts, a span of a trace. Stands
 * around all steps, since a request that cannot be read is one too.
 */
export function observe(incoming: IncomingMessage, metrics: Metrics | null, work: (seen: Seen) => Promise<Answer>): Promise<Answer> {
  const { headers } = incoming;
  return asRequest(headers, (id) =>
    continued(headers, () =>
      spanned('request', SpanKind.SERVER, {}, async (span) => {
        const seen: Seen = { exchange: null };
        metrics?.requestBegun();
        const begun = performance.now();
        const answer = await work(seen).catch((error: unknown) => {
          if (error instanceof Refusal && error.extensions.limit === 'body') metrics?.limitExceeded('body', 'enforce');
          return error instanceof Refusal ? answerOf(error) : sorry(error);
        });
        const milliseconds = performance.now() - begun;
        const { status } = answer;
        const operation = nameOf(seen.exchange?.operation?.definition.name?.value);
        const client = nameOf(headers['apollographql-client-name'] ?? headers['x-client-name']);
        const { caller, noted } = seen.exchange?.context ?? {};
        const cost = noted?.cost ? { estimated: noted.cost.estimated, actual: noted.cost.actual } : null;
        const codes = codesOf(answer);
        const failed = status >= 500 || codes.has('INTERNAL_SERVER_ERROR');
        const cache = answer.headers['x-cache'] ?? 'skip';
        metrics?.requestEnded({ operation, client, known: caller?.partner != null, status, seconds: milliseconds / 1000, codes, cache, cost });
        span?.updateName(operation ?? 'anonymous').setAttributes({ 'graphql.operation.name': operation ?? 'anonymous', 'hub.client': client ?? 'unnamed', 'http.response.status_code': status, ...(codes.size > 0 ? { 'error.type': [...codes].join() } : {}) });
        log[failed || milliseconds > SLOW ? 'info' : 'debug'](
          { operation: operation ?? 'anonymous', client: client ?? 'unnamed', status, milliseconds: Math.round(milliseconds), cache, cost: cost ?? undefined, codes: codes.size > 0 ? [...codes] : undefined },
          'request',
        );
        return { ...answer, headers: { ...answer.headers, [REQUEST_ID]: id } };
      }),
    ),
  );
}

/** A name that a client chose: of a bounded length. */
const nameOf = (given: string | string[] | undefined): string | null => (given ? String(given).slice(0, LONGEST_NAME) : null);

/** Codes of the errors in an answer, each once; both Apollo Server and the gateway write errors first. */
function codesOf({ body }: Answer): Set<string> {
  if (!body.startsWith('{"errors":')) return new Set();
  const { errors } = JSON.parse(body) as { errors: { extensions?: { code?: string } }[] };
  return new Set(errors.map(({ extensions }) => String(extensions?.code)));
}
