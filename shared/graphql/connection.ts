import sql, { empty, join, type Sql } from 'sql-template-tag';
import { ArgsType, Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { KeptAsParent, type Kept } from './cacheControl';
import { many, one, type Batch, type Context } from './context';
import { badInput } from './errors';
import { CursorScalar } from './scalars';
import { PageInfo } from './values';

const MOST = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many at most, 0 to 100.' }) first: number;
  @Field(() => CursorScalar, { nullable: true, description: 'Cursor after which the page starts; null starts at the beginning.' }) after?: string | null;
}

/** The order of a listing: one value a row, ties broken by id, both in the same direction. */
export interface Order {
  /** Tells cursors of different orders apart. */
  name: string;
  /** SQL of the value; never null. */
  value: Sql;
  /** PostgreSQL's type of the value; its text form must be exact. */
  type: 'text' | 'timestamptz' | 'date' | 'float8' | 'real' | 'int';
  descending?: boolean;
}

/** What a connection lists, as parts of one statement; `parent.key` names the node it hangs on, where it hangs on one. */
export interface Listing {
  columns: Sql;
  from: Sql;
  /** How many there are, where something tells it without counting them. */
  counted?: Sql;
  where: Sql[];
  order: Order;
  id: Sql;
  /** Whether pages that differ in values alone are read together: none takes so long that others could not wait for it. */
  together?: boolean;
}

export interface Page {
  first: number;
  after?: string | null | undefined;
  /** Whether the rows' positions are read, of which cursors are made; see `Columns.pageIn`. Left out, they are. */
  cursors?: boolean;
}

interface Position {
  value: string;
  id: string;
}

/** Refuses a page that is too large, or none. */
export function checkFirst(first: number): void {
  if (first < 0 || first > MOST) throw badInput('first', first, `0 to ${MOST}`);
}

/** Checks `first` and reads the cursor, or refuses them by name. */
export function checkPage({ first, after }: Page, order: Order): Position | null {
  checkFirst(first);
  if (after === null || after === undefined) return null;
  try {
    const [name, value, id] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as string[];
    if (name === order.name && typeof value === 'string' && typeof id === 'string' && readable(value, order.type)) return { value, id };
  } catch {
    // Not a cursor: refused below.
  }
  throw badInput('after', after, 'a cursor that this field returned for the same order');
}

/** Whether PostgreSQL will take the text as the order's type: a forged cursor must not become a database error. */
function readable(value: string, type: Order['type']): boolean {
  if (value.includes('\0')) return false;
  if (type === 'text') return true;
  if (type === 'timestamptz' || type === 'date') {
    const [, day] = /^((?!0000)\d{4}-\d\d-\d\d)( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?\+00)?$/.exec(value) ?? [];
    // A day that does not exist becomes another one in JavaScript.
    return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  }
  return type === 'int' ? /^-?\d{1,9}$/.test(value) : /^-?\d{1,15}(\.\d{1,20})?(e[+-]?\d{1,2})?$/.test(value) && Math.abs(Number(value)) < 3e38;
}

const cursorOf = (order: Order, { position, positionId }: Positioned<unknown>): string => Buffer.from(JSON.stringify([order.name, position, positionId])).toString('base64url');

/** Positions are there where cursors are asked for. */
type Positioned<Row> = Row & { parent: string; position?: string; positionId?: string };

/** The rows of a page (one more tells whether there is a next) for each parent, in one statement. */
async function rowsOf<Row>(context: Context, parents: readonly string[], listing: Listing, limit: number, after: Position | null, cursors: boolean): Promise<Positioned<Row>[]> {
  const { order, id, columns, from, where, together = false } = listing;
  const type = sqlType[order.type];
  const direction = order.descending ? sql`desc` : sql`asc`;
  const seek = after
    ? order.descending
      ? [sql`(${order.value}, ${id}) < (${after.value}::text::${type}, ${after.id}::text)`]
      : [sql`(${order.value}, ${id}) > (${after.value}::text::${type}, ${after.id}::text)`]
    : [];
  const statement = sql`
    select parent.key as parent, page.*
    from unnest(${parents}::text[]) as parent(key)
    cross join lateral (
      select ${columns}${cursors ? sql`, (${order.value})::text as "position", (${id})::text as "positionId"` : empty}
      from ${from}
      ${whereAll([...where, ...seek])}
      order by ${order.value} ${direction}, ${id} ${direction}
      limit ${limit}::int
    ) page`;
  return together ? context.rowsTogether(statement) : context.db.rows(statement);
}

const sqlType = { text: sql`text`, timestamptz: sql`timestamptz`, date: sql`date`, float8: sql`float8`, real: sql`real`, int: sql`int` };

export const whereAll = (conditions: Sql[]): Sql => (conditions.length ? sql`where ${join(conditions, ' and ')}` : empty);

/** The pages of many parents as a batch, with what the page is: the listing is built once for all parents. */
type Pages<Row> = Batch<string, Positioned<Row>[]> & { order: Order; after: Position | null; cursors: boolean };

function pagesOf<Row>(listing: Listing, page: Page): Pages<Row> {
  const { order } = listing;
  const { first, cursors = true } = page;
  const after = checkPage(page, order);
  const batch = many<Positioned<Row>>((parents, context) => rowsOf(context, parents, listing, first + 1, after, cursors), (row) => row.parent);
  return Object.assign(batch, { order, after, cursors });
}

/** The sizes of many parents' listings as a batch. */
const countsOf = ({ from, where, counted }: Listing): Batch<string, { parent: string; count: number } | null> =>
  one(
    (parents, context) => {
      const statement = sql`
        select parent.key as parent, (${counted ?? sql`select count(*)::int from ${from} ${whereAll(where)}`}) as count
        from unnest(${parents}::text[]) as parent(key)`;
      return counted ? context.rowsTogether(statement) : context.db.rows(statement);
    },
    (row) => row.parent,
  );

export interface Connection<Node> {
  totalCount: () => Promise<number>;
  nodes: () => Promise<Node[]>;
  edges: () => Promise<{ cursor: string; node: Node }[]>;
  pageInfo: () => Promise<PageInfo>;
}

/**
 * A connection whose page and count are read only when they are selected, in one statement each for all parents that
 * ask with the same arguments.
 * @param listingOf builds the listing from the arguments; a module's function, `context.loadWith` knows batches by it
 * @param args plain data; its JSON is the batch's identity
 * @param parent what `parent.key` stands for; leave out at the root
 */
export function connect<Args extends Page, Row>(context: Context, listingOf: (args: Args) => Listing, args: Args, parent = ''): Connection<Row> {
  const { pages, counts } = batchesOf(listingOf);
  const batch = context.batchWith(pages, args) as Pages<Row>;
  const { order, after, cursors } = batch;
  let page: Promise<{ rows: Positioned<Row>[]; more: boolean }> | undefined;
  const read = () =>
    (page ??= context.load(batch, parent).then((rows) => ({
      rows: rows.slice(0, args.first),
      more: rows.length > args.first,
    })));
  const cursor = (row: Positioned<Row>) => (cursors ? cursorOf(order, row) : '');
  return {
    totalCount: async () => (await context.loadWith(counts, { ...args, first: 0, after: null }, parent))?.count ?? 0,
    nodes: async () => (await read()).rows,
    edges: async () => (await read()).rows.map((node) => ({ cursor: cursor(node), node })),
    pageInfo: async () => {
      const { rows, more } = await read();
      const [head, tail] = [rows[0], rows[rows.length - 1]];
      return { hasNextPage: more, hasPreviousPage: after !== null, startCursor: head ? cursor(head) : null, endCursor: tail ? cursor(tail) : null };
    },
  };
}

const batches = new Map<unknown, { pages: (args: never) => Batch<string, never>; counts: (args: never) => Batch<string, never> }>();

/** The two batch makers of a listing, the same each time: a request finds its loaders by them. */
function batchesOf<Args extends Page>(listingOf: (args: Args) => Listing) {
  type Makers = { pages: (args: Args) => Pages<unknown>; counts: (args: Args) => Batch<string, { count: number } | null> };
  let known = batches.get(listingOf) as Makers | undefined;
  if (!known) {
    known = {
      pages: (args) => pagesOf(listingOf(args), args),
      counts: (args) => countsOf(listingOf(args)),
    };
    batches.set(listingOf, known as never);
  }
  return known;
}

/**
 * The types `XConnection` and `XEdge` of a node type, as in the Relay specification.
 * @param kept how long its pages may be kept; null for never
 * @param shareable whether several subgraphs have them
 * @param elsewhere whether the nodes are another subgraph's, and missing while it is down
 */
export function connectionType<Node extends object>(node: ClassType<Node>, kept: Kept | null, name = node.name, { shareable = false, elsewhere = false } = {}): ClassType<object> {
  const none: ClassDecorator = () => undefined;
  const mark: ClassDecorator = shareable ? Directive('@shareable') : none;
  @mark
  @KeptAsParent
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class Edge {
    @Field(() => CursorScalar, { description: 'Position of the node: a page after it starts behind it.' }) cursor: string;
    @Field(() => node, { nullable: elsewhere }) node: Node;
  }
  @mark
  @(kept ?? none)
  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class NodeConnection {
    @Directive('@cost(weight: 5)')
    @Field(() => Int, { description: 'How many there are in all pages; counted only when selected.' }) totalCount: number;
    @Field(() => [node], { nullable: elsewhere ? 'items' : false }) nodes: Node[];
    @Field(() => [Edge]) edges: Edge[];
    @Field(() => PageInfo) pageInfo: PageInfo;
  }
  return NodeConnection;
}
