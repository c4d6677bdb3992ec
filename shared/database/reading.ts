import * as pg from 'pg';
import type { Submittable } from 'pg';

// pg's own query keeps events, command tags and descriptions of fields, and finds out anew each time how the columns of a
// statement are read, by pg's parsers of types. This one keeps rows alone, and finds it out once a statement and connection.

/** What pg tells of a column of the result. */
interface Column {
  name: string;
  dataTypeID: number;
  format: 'text' | 'binary';
}

type Texts = readonly (string | null)[];
type RowMaker = (texts: Texts) => unknown;

/** What makes rows of the texts that PostgreSQL sends, by the statement's name. */
export type RowMakers = Map<string, RowMaker>;

/** What pg's connection can do, and its types do not tell. */
interface Connection {
  stream: { cork(): void; uncork(): void };
  parsedStatements: Record<string, string>;
  parse(statement: { name: string | undefined; text: string }): void;
  bind(statement: { statement: string | undefined; values: unknown[] }): void;
  describe(what: { type: 'P' }): void;
  execute(portal: object): void;
  sync(): void;
}

/** One statement that reads, as pg's client wants it; none of `copy`. The names of its columns are the hub's own. */
export class Reading<Row> implements Submittable {
  private readonly rows: Row[] = [];
  private readonly values: unknown[];
  private makeRow: RowMaker | undefined;
  private failure: unknown;

  /**
   * @param name by which PostgreSQL keeps the statement prepared, the same text each time; undefined for one that it is not to keep
   * @param makers of this connection: what PostgreSQL has prepared keeps its columns as long as the connection stands
   */
  constructor(
    readonly name: string | undefined,
    readonly text: string,
    values: readonly unknown[],
    private readonly makers: RowMakers,
    private readonly resolve: (rows: Row[]) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    // Before anything is sent: it may throw.
    this.values = values.map(prepareValue);
    this.makeRow = name === undefined ? undefined : makers.get(name);
  }

  submit(given: pg.Connection): void {
    const { name, text } = this;
    const connection = given as unknown as Connection;
    // What it sends, it sends at once.
    connection.stream.cork();
    if (name === undefined || connection.parsedStatements[name] === undefined) connection.parse({ name, text });
    connection.bind({ statement: name, values: this.values });
    connection.describe({ type: 'P' });
    connection.execute({});
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription({ fields }: { fields: Column[] }): void {
    if (this.makeRow) return;
    try {
      this.makeRow = rowMaker(fields);
      if (this.name !== undefined) this.makers.set(this.name, this.makeRow);
    } catch (error) {
      this.failure = error;
    }
  }

  handleDataRow({ fields }: { fields: Texts }): void {
    if (this.failure) return;
    try {
      this.rows.push(this.makeRow!(fields) as Row);
    } catch (error) {
      this.failure = error;
    }
  }

  handleCommandComplete(): void {
    // Whether all went well is told once it is ready for the next.
  }

  handleEmptyQuery(): void {
    // No rows.
  }

  handleError(error: unknown): void {
    this.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.failure) this.reject(this.failure);
    else this.resolve(this.rows);
  }
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

/** PostgreSQL's type `text`, whose values are what is sent. */
const asSent = pg.types.getTypeParser(25 as never);

/** A function with the columns written into it: V8 then knows what a row looks like, and makes it without looking anything up. */
function rowMaker(columns: readonly Column[]): RowMaker {
  const parsers = columns.map(({ dataTypeID, format }) => pg.types.getTypeParser(dataTypeID as never, format as never) as unknown);
  const values = parsers.map((parse, at) => (parse === asSent ? `texts[${at}]` : `texts[${at}] === null ? null : parsers[${at}](texts[${at}])`));
  const entries = columns.map(({ name }, at) => `${JSON.stringify(name)}: ${values[at]}`);
  return (new Function('parsers', `return (texts) => ({ ${entries.join(', ')} })`) as (parsers: unknown[]) => RowMaker)(parsers);
}
