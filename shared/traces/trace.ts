import type { IncomingHttpHeaders } from 'node:http';
import { context, createContextKey, propagation, ROOT_CONTEXT, SpanStatusCode, trace, type Attributes, type Span, type SpanKind } from '@opentelemetry/api';

// Spans of OpenTelemetry. Where traces go nowhere the work is done as it is, and the SDK of traces is not loaded.

let stopExport: (() => Promise<void>) | null = null;

/** Begins to send traces to a collector; null for none. */
export function startTraces(collector: string | null, service: string): void {
  if (collector === null) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK is loaded where traces are wanted alone
  const { exportTraces } = require('./export') as typeof import('./export');
  stopExport = exportTraces(collector, service);
}

/** Sends what is left. */
export async function stopTraces(): Promise<void> {
  await stopExport?.();
}

/** Does work as a span of the trace under way, or as the first of a new one. Errors are marked, not told: they may hold values. */
export function spanned<Result>(name: string, kind: SpanKind, attributes: Attributes, work: (span: Span | null) => Promise<Result>): Promise<Result> {
  if (!stopExport) return work(null);
  return trace.getTracer('hub').startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The SDK's own key for "no spans here". */
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Does work of which no trace tells. */
export const untraced = <Result>(work: () => Result): Result => (stopExport ? context.with(context.active().setValue(SUPPRESSED, true), work) : work());

/** Does the work of a request as part of the trace that its headers name, if they do. */
export function continued<Result>({ traceparent, tracestate }: IncomingHttpHeaders, work: () => Result): Result {
  return stopExport && traceparent ? context.with(propagation.extract(ROOT_CONTEXT, { traceparent, tracestate }), work) : work();
}

/** Headers by which another process continues the trace under way. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  if (stopExport) propagation.inject(context.active(), headers);
  return headers;
}
