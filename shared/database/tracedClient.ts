import { SpanKind, trace } from '@opentelemetry/api';
import { Client } from 'pg';
import { spanned } from '../traces/trace';
import { Reading, type RowMakers } from './reading';

/** A connection whose statements are spans of the trace under way: named by what they do and to which table, never by their text or values. */
export class TracedClient extends Client {
  private readonly makers: RowMakers = new Map();

  /** In all the forms of pg's own: `never` is each of their results. */
  override query(...args: unknown[]): never {
    const ask = (...given: unknown[]) => (super.query as (...given: unknown[]) => never).apply(this, given);
    const [asked, values] = args as [asked: string | { text?: string; submit?: unknown }, values?: unknown];
    // With a callback, as TypeORM opens a connection, or where it sees to itself, there is nothing to wait for.
    if (args.some((one) => typeof one === 'function') || (typeof asked === 'object' && asked.submit)) return ask(...args);
    // Not by pg's own promise: the callback that it makes for one goes among V8's old objects at once, as all functions do that
    // are assigned to a property where they are written, and the rows, which hang on it, stay until the whole heap is looked through.
    const send = () => new Promise((resolve, reject) => ask(typeof asked === 'string' ? asked : { ...asked }, values, (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result))));
    return spannedBy(typeof asked === 'string' ? asked : (asked.text ?? ''), send) as never;
  }

  /** Rows of a statement, see `Reading`. */
  read<Row>(name: string | undefined, text: string, values: readonly unknown[]): Promise<Row[]> {
    return spannedBy(text, () => new Promise<Row[]>((resolve, reject) => void super.query(new Reading<Row>(name, text, values, this.makers, resolve, reject))));
  }
}

function spannedBy<Result>(text: string, send: () => Promise<Result>): Promise<Result> {
  if (!trace.getActiveSpan()) return send();
  const [operation, table] = nameOf(text);
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation, ...(table ? { 'db.collection.name': table } : {}) };
  return spanned(table ? `${operation} ${table}` : operation, SpanKind.CLIENT, attributes, send);
}

/** What a statement does, and the first table in it. */
function nameOf(text: string): [operation: string, table: string | undefined] {
  const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
  return [operation, /\b(?:from|into|update)\s+"?(\w+)/i.exec(text)?.[1]];
}
