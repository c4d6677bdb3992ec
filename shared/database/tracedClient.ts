import { SpanKind, trace } from '@opentelemetry/api';
import { Client } from 'pg';
import { spanned } from '../traces/trace';

/** A connection whose statements are spans of the trace under way: named by what they do and to which table, never by their text or values. */
export class TracedClient extends Client {
  /** In all the forms of pg's own: `never` is each of their results. */
  override query(...args: unknown[]): never {
    const send = () => (super.query as (...args: unknown[]) => never).apply(this, args);
    // With a callback, as TypeORM opens a connection, there is nothing to wait for.
    if (!trace.getActiveSpan() || typeof args.at(-1) === 'function') return send();
    const [asked] = args as [string | { text?: string }];
    const [operation, table] = nameOf(typeof asked === 'string' ? asked : (asked.text ?? ''));
    const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation, ...(table ? { 'db.collection.name': table } : {}) };
    return spanned(table ? `${operation} ${table}` : operation, SpanKind.CLIENT, attributes, async () => send()) as never;
  }
}

/** What a statement does, and the first table in it. */
function nameOf(text: string): [operation: string, table: string | undefined] {
  const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
  return [operation, /\b(?:from|into|update)\s+"?(\w+)/i.exec(text)?.[1]];
}
