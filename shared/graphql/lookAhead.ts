import { getNamedType, isAbstractType, Kind, TypeInfo, visit, visitWithTypeInfo, type GraphQLResolveInfo, type OperationDefinitionNode } from 'graphql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { getMetadataStorage, type ClassType } from 'type-graphql';

// Of a wide record only the columns are read that an operation asks for: to parse thirty columns of fifty rows costs more than all
// else. They are found out for a type and the whole operation, not for each place in it: what is loaded for two places stays one
// statement.

/** Names of columns in the order of their declaration, of which `id` is the first; plain data, by which batches are known. */
export type Asked<Row> = readonly ['id', ...(keyof Row & string)[]];

/** Sets of columns a record, each of which makes statements of its own; who asks for yet another one gets whole rows. */
const MOST_SETS = 50;

const readBy = new WeakMap<Function, readonly string[]>();

/**
 * Says which columns a field's resolver reads of its row. It takes the row as just these, `Pick<Row, …>`, so that the compiler finds
 * what it reads beyond them. A resolver that does not say it gets whole rows.
 */
export const Reads =
  <Name extends string>(...names: Name[]) =>
  <Method extends (row: Record<Name, never>, ...rest: never[]) => unknown>(_target: object, _key: string, { value }: TypedPropertyDescriptor<Method>): void => {
    readBy.set(value!, names);
  };

/** Types that are made of a record's columns, and of which each of their fields is made. */
type Parts<Row> = Readonly<Record<string, Readonly<Record<string, readonly (keyof Row & string)[]>>>>;

/** The columns of a record, by the property that each fills; `id` first. */
export class Columns<Row extends { id: string }> {
  readonly all: Asked<Row>;
  /** Of operations: their documents are kept, and found out once. */
  private readonly known = new WeakMap<OperationDefinitionNode, Asked<Row>>();
  private readonly sets = new Map<string, Asked<Row>>();
  private resolved: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(
    private readonly type: ClassType<Row>,
    private readonly expressions: Readonly<Record<keyof Row & string, Sql>>,
    private readonly parts: Parts<Row> = {},
    private readonly mostSets = MOST_SETS,
  ) {
    this.all = Object.keys(expressions) as unknown as Asked<Row>;
  }

  /** What the operation reads of these records, wherever they are in it. What `@skip` and `@include` leave out is among it. */
  askedIn(info: GraphQLResolveInfo): Asked<Row> {
    let asked = this.known.get(info.operation);
    if (!asked) this.known.set(info.operation, (asked = this.lookInto(info)));
    return asked;
  }

  /** What a connection of these records reads: their columns, and their positions where cursors are asked for. */
  pageIn(info: GraphQLResolveInfo): { columns: Asked<Row>; cursors: boolean } {
    return { columns: this.askedIn(info), cursors: cursorsIn(info) };
  }

  /**
   * What follows `select`.
   * @param instead expressions that only the statement knows
   */
  select(asked: Asked<Row>, instead: Partial<Record<keyof Row & string, Sql>> = {}): Sql {
    return join(asked.map((name) => sql`${instead[name] ?? this.expressions[name]} as ${raw(`"${name}"`)}`), ', ');
  }

  private lookInto({ operation, fragments, schema }: GraphQLResolveInfo): Asked<Row> {
    const name = getMetadataStorage().objectTypes.find(({ target }) => target === this.type)!.name;
    const read = new Set<string>(['id']);
    const types = new TypeInfo(schema);
    const look = visitWithTypeInfo(types, {
      Field: ({ name: { value: field } }) => {
        const parent = getNamedType(types.getParentType());
        for (const column of (parent && this.parts[parent.name]?.[field]) ?? []) read.add(column);
        if (parent?.name !== name && !(isAbstractType(parent) && schema.getPossibleTypes(parent).some((possible) => possible.name === name))) return;
        for (const column of this.columnsOf(field)) read.add(column);
      },
    });
    visit({ kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] }, look);
    return this.oneOfFew(this.all.filter((column) => read.has(column)) as unknown as Asked<Row>);
  }

  /** A field without a resolver is the column of its name. */
  private columnsOf(field: string): readonly string[] {
    this.resolved ??= new Map(
      getMetadataStorage()
        .fieldResolvers.filter((one) => (one.kind === 'external' ? one.getObjectType!() : one.target) === this.type)
        .map(({ schemaName, methodName, target }) => [schemaName, readBy.get((target.prototype as Record<string, Function>)[methodName]!) ?? this.all]),
    );
    return this.resolved.get(field) ?? [field];
  }

  private oneOfFew(asked: Asked<Row>): Asked<Row> {
    const key = asked.join();
    const known = this.sets.get(key);
    if (known) return known;
    if (this.sets.size >= this.mostSets) return this.all;
    this.sets.set(key, asked);
    return asked;
  }
}

/** Whether the operation asks for a cursor, anywhere in it. */
const cursorsIn = (info: GraphQLResolveInfo): boolean => CURSORS.some((name) => asksFor(name, info));

const CURSORS = ['cursor', 'startCursor', 'endCursor'];

const namesIn = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

/** Whether the operation asks for a field of that name, anywhere in it and whatever its type. */
export function asksFor(field: string, { operation, fragments }: GraphQLResolveInfo): boolean {
  let asked = namesIn.get(operation);
  if (!asked) {
    const names = new Set<string>();
    visit({ kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] }, { Field: ({ name }) => void names.add(name.value) });
    namesIn.set(operation, (asked = names));
  }
  return asked.has(field);
}
