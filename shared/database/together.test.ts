import { Pool } from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { databaseNamed } from '../../test/testkit/database';
import { asMistake } from './database';
import { rowsOfEach } from './together';
import { TracedClient } from './tracedClient';

const pool = new Pool({ Client: TracedClient, connectionString: databaseNamed('postgres') });
const texts: string[] = [];
const db = {
  rows: async <Row>({ text, values }: Sql) => {
    texts.push(text);
    const client = (await pool.connect()) as unknown as TracedClient & { release(): void };
    return client.read<Row>(undefined, text, values).catch(asMistake).finally(() => client.release());
  },
};
afterAll(() => pool.end());
beforeEach(() => texts.splice(0));
const read = async <Row extends object>(...statements: Sql[]) => (await rowsOfEach<Row>(statements, db)) as Row[][];

const LISTS = [['a', null, 'b,c', '"', '\\', "O'Neill", '{}', ' ü'], [], null, ['NULL', '']];
const echo = (at: number) => sql`
  select ${`text ${at} "'{\\`}::text as text, ${at}::int as int, ${at / 3}::float8 as float8, ${at === 1}::boolean as boolean,
    ${new Date(Date.UTC(2026, 2, 29, 1, at, 3, 4))}::timestamptz as instant, ${at === 2 ? null : '2026-02-28'}::date as day,
    ${LISTS[at]}::text[] as list, ${[at, 0.5]}::float8[] as numbers`;

it('answers each as it would be answered alone, of all types, by one statement', async () => {
  const statements = LISTS.map((_, at) => echo(at));
  const alone = [];
  for (const statement of statements) alone.push((await read(statement))[0]);
  expect(texts).toEqual(statements.map(({ text }) => text));
  expect(alone[0]![0]).toMatchObject({ int: 0, list: LISTS[0], instant: new Date('2026-03-29T01:00:03.004Z') });

  texts.splice(0);
  const together = await read<{ asked: number }>(...statements);
  expect(texts).toHaveLength(1);
  expect(together.map((rows) => rows.map(({ asked: _, ...row }) => row))).toEqual(alone);
});

it('keeps the order of each, and finds none for who has none', async () => {
  const down = (from: number) => sql`select n from generate_series(1, ${from}::int) n where n <> ${2}::int order by n desc`;
  const found = await read<{ n: number }>(down(4), down(0), down(1), down(2));
  expect(found.map((rows) => rows.map(({ n }) => n))).toEqual([[4, 3, 1], [], [1], [1]]);
  expect(texts).toHaveLength(1);
});

it('reads one by one what has a value without a type, or no value', async () => {
  const untyped = (n: number) => sql`select ${n}::int as n where ${n} = 1`;
  expect(await read(untyped(1), untyped(2))).toEqual([[{ n: 1 }], []]);
  expect(await read(sql`select 1 as n`, sql`select 1 as n`)).toEqual([[{ n: 1 }], [{ n: 1 }]]);
  expect(texts).toHaveLength(4);
});

it('refuses the value of one, and answers the others', async () => {
  const given = (n: number) => sql`select ${n}::int as n`;
  const [one, large, two] = await rowsOfEach(([1, 3e9, 2] as const).map(given), db);
  expect([one, two]).toEqual([[{ n: 1 }], [{ n: 2 }]]);
  expect(large).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

it('fails all where PostgreSQL fails, and does not ask it again', async () => {
  const divide = (by: number) => sql`select 6 / ${by}::int as q`;
  await expect(rowsOfEach([divide(1), divide(0)], db)).rejects.toMatchObject({ code: '22012' });
  expect(texts).toHaveLength(1);
});
