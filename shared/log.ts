import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { trace } from '@opentelemetry/api';
import pino from 'pino';

/** Header that names a request: of the client, in the answer, and in each fetch for it. */
export const REQUEST_ID = 'x-request-id';

const requests = new AsyncLocalStorage<string>();

/** The id of the request that is being answered; undefined for work that none has asked for. */
export const currentRequest = (): string | undefined => requests.getStore();

/** Does the work of a request: all that is logged meanwhile bears the client's own id of it if that is a sane one, else a new one. */
export function asRequest<Result>(headers: IncomingHttpHeaders, work: (id: string) => Result): Result {
  const given = headers[REQUEST_ID];
  const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  return requests.run(id, () => work(id));
}

/** The log of a process: JSON lines on standard error, each a fixed message with fields. Never a variable, a key, or the text of a query. */
export const log = pino(
  {
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    mixin: () => ({ requestId: requests.getStore(), traceId: trace.getActiveSpan()?.spanContext().traceId }),
  },
  // Written at once: the last lines before an end are those that are looked for.
  pino.destination({ dest: 2, sync: true }),
);

/** What the log says of an error: no other of its properties, since drivers put statements and values into them. */
export function told(error: unknown): { name: string; message: string; stack?: string } {
  const { name, message, stack = '', code } = (error instanceof Error ? error : new Error(String(error))) as Error & { code?: unknown };
  // PostgreSQL quotes the value that it cannot take (SQLSTATE class 22): the code and the place say enough.
  if (typeof code === 'string' && /^22\w{3}$/.test(code)) return { name, message: `SQLSTATE ${code}`, stack: stack.replace(message, '') };
  return { name, message, stack };
}
