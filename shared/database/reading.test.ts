import { DatabaseError, types } from 'pg';
import { databaseNamed } from '../../test/testkit/database';
import { TracedClient } from './tracedClient';

const clients: TracedClient[] = [];
async function connect(): Promise<TracedClient> {
  const client = new TracedClient({ connectionString: databaseNamed('postgres') });
  clients.push(client);
  await client.connect();
  return client;
}
afterEach(() => Promise.all(clients.splice(0).map((client) => client.end())));

const VALUES: [type: string, value: unknown][] = [
  ['text', "O'Neill \\ \" ` ${x} – ü"],
  ['int', 12],
  ['int8', '9007199254740993'],
  ['numeric', 12.5],
  ['float8', -0.1],
  ['boolean', false],
  ['date', '2026-02-28'],
  ['timestamptz', new Date('2026-11-24T01:02:03.004Z')],
  ['jsonb', { a: [1, null, 'b'] }],
  ['text[]', ['a', null, 'b,c', '"']],
  ['float8[]', [1.5, 2]],
  ['bytea', Buffer.from([0, 1, 255])],
  ['interval', '3 days 02:00:00'],
];

it.each(['of a name', undefined])('reads what pg reads, of all types: %s', async (name) => {
  const client = await connect();
  const text = `select ${VALUES.flatMap(([type], at) => [`$${at + 1}::${type} as "${type}"`, `null::${type} as "no ${type}"`]).join(', ')} from generate_series(1, 3)`;
  const values = VALUES.map(([, value]) => value);
  const { rows } = await client.query({ text, values });
  expect(rows[2]).toMatchObject({ text: VALUES[0]![1], boolean: false, 'no boolean': null, jsonb: { a: [1, null, 'b'] } });
  for (const time of [1, 2]) expect([time, await client.read(name, text, values)]).toEqual([time, rows]);
});

it('reads nothing from what has no rows', async () => {
  const client = await connect();
  expect(await client.read('none', 'select 1 as one where false', [])).toEqual([]);
  expect(await client.read('change', 'create temp table nothing (one int)', [])).toEqual([]);
  expect(await client.read('empty', '', [])).toEqual([]);
});

it('keeps apart what has no name, and takes columns of any name', async () => {
  const client = await connect();
  const named = ['a"b', 'a\\b', 'a\nb', '`${a}`', "a'b"];
  const texts = ['select 1 as a', `select ${named.map((name, at) => `${at} as "${name.replaceAll('"', '""')}"`).join(', ')}`, 'select true as a, 2 as b'];
  const rows = [{ a: 1 }, Object.fromEntries(named.map((name, at) => [name, at])), { a: true, b: 2 }];
  for (const at of [0, 1, 2, 0, 1, 2]) expect(await client.read(undefined, texts[at]!, [])).toEqual([rows[at]]);
});

it('tells an error of PostgreSQL, and goes on', async () => {
  const client = await connect();
  const divide = (by: number) => client.read<{ q: number }>('divide', 'select 6 / $1::int as q', [by]);
  await expect(divide(0)).rejects.toThrow(DatabaseError);
  expect(await divide(2)).toEqual([{ q: 3 }]);
  await expect(divide(0)).rejects.toMatchObject({ code: '22012' });
  await expect(client.read('mistyped', 'selec 1', [])).rejects.toMatchObject({ code: '42601' });
  expect(await divide(3)).toEqual([{ q: 2 }]);
});

it('tells that a value cannot be read, or sent, and goes on', async () => {
  const client = await connect();
  const lines = types.getTypeParser(628 as never);
  types.setTypeParser(628 as never, () => {
    throw new Error('no line');
  });
  try {
    await expect(client.read('line', `select '{1,2,3}'::line from generate_series(1, 3)`, [])).rejects.toThrow('no line');
  } finally {
    types.setTypeParser(628 as never, lines as never);
  }
  await expect(client.read('twice', 'select 1 as "__proto__", 2 as "__proto__"', [])).rejects.toThrow(SyntaxError);
  const unsendable = { toPostgres: () => { throw new Error('cannot be sent'); } };
  await expect(client.read('sent', 'select $1::text as sent', [unsendable])).rejects.toThrow('cannot be sent');
  expect(await client.read('sent', 'select $1::text as sent', ['x'])).toEqual([{ sent: 'x' }]);
});

it('learns the columns anew on each connection: a table may have changed meanwhile', async () => {
  const [owner, before] = [await connect(), await connect()];
  await owner.query('drop table if exists changing; create table changing (a int, b text)');
  try {
    await owner.query(`insert into changing values (1, 'b')`);
    const read = (client: TracedClient) => client.read('changing', 'select * from changing', []);
    expect(await read(before)).toEqual([{ a: 1, b: 'b' }]);
    await owner.query('alter table changing alter a type text, drop b, add c boolean default true');
    expect(await read(await connect())).toEqual([{ a: '1', c: true }]);
    await expect(read(before)).rejects.toMatchObject({ code: '0A000' });
  } finally {
    await owner.query('drop table changing');
  }
});

it('refuses where the connection is gone', async () => {
  const client = await connect();
  clients.pop();
  await client.end();
  await expect(client.read('late', 'select 1', [])).rejects.toThrow('not queryable');
});
