import * as pg from 'pg';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { isMistake } from '../graphql/errors';
import type { Database } from './database';

// Of statements that differ in their values alone, the network carries one, and PostgreSQL begins and ends one: each costs
// what it reads.

/** How many go together: PostgreSQL reads for one after the other. */
export const MOST_TOGETHER = 8;

/**
 * The rows of statements of the same text, those of each in its order, by one statement.
 * In the text each value has its type behind it, such as `${now}::timestamptz`; where one has none they are read one by one,
 * and where one of them is refused as the caller's mistake, which then is that one's alone.
 */
export async function rowsOfEach<Row>(statements: readonly Sql[], db: Pick<Database, 'rows'>): Promise<(Row[] | Error)[]> {
  const oneByOne = () => Promise.all(statements.map((statement) => db.rows<Row>(statement).catch((error: Error) => error)));
  const together = statements.length > 1 ? joined(statements) : null;
  if (!together) return oneByOne();
  const found = statements.map((): Row[] => []);
  try {
    for (const row of await db.rows<Row & { asked: number }>(together)) found[row.asked - 1]!.push(row);
  } catch (error) {
    if (isMistake(error)) return oneByOne();
    throw error;
  }
  return found;
}

/** One statement for all; its rows have the place of theirs as `asked`, from 1. */
function joined(statements: readonly Sql[]): Sql | null {
  const { strings, values } = statements[0]!;
  const types = values.map((_, at) => /^::(\w+)(\[\])?/.exec(strings[at + 1]!)!);
  if (types.length === 0 || types.includes(null!)) return null;
  const columns = types.map(([, type, isList], at) => {
    const given = statements.map(({ values }) => values[at]);
    // PostgreSQL has no list of lists of different lengths: those go as texts, which it reads once for each statement.
    return isList ? sql`${given.map(asText)}::text[]` : sql`${given}::${raw(type!)}[]`;
  });
  const names = types.map((_, at) => `v${at}`);
  const read = types.map(([, type, isList], at) => (isList ? `v${at}::${type}[] as v${at}` : `v${at}`));
  const body = strings.reduce((text, next, at) => `${text}asked.v${at - 1}${next}`);
  return sql`
    select asked.place as asked, answer.*
    from (
      select place::int, ${raw(read.join(', '))} from unnest(${join(columns)}) with ordinality as asked(${raw(names.join(', '))}, place) offset 0
    ) asked
    cross join lateral (${raw(body)}) answer`;
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): string } }).utils;

const asText = (list: unknown): string | null => (list === null || list === undefined ? null : prepareValue(list));
