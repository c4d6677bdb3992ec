import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import type { Exchange, Params } from '../request/exchange';
import { walk } from '../request/exchange';
import { operationOf, Operations } from '../request/operation';
import { persistedQueries } from './persistedQueries';
import { listedByName, readSafelist, safelist, type OperationsMode } from './safelist';

const schema = buildSchema('type Query { a(x: Int): Int b: Int }');
const folder = mkdtempSync(join(tmpdir(), 'safelist-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (text: string) => {
  const file = join(folder, `${createHash('md5').update(text).digest('hex')}.graphql`);
  writeFileSync(file, text);
  return file;
};
const list = readSafelist(fileOf('query A($x: Int) { ...F } fragment F on Query { a(x: $x) } # a comment\n query B { b }'), schema);

const persisted = persistedQueries();
const operations = new Operations();
const noted: unknown[] = [];
async function send(params: Params, mode: OperationsMode = 'open') {
  const exchange = { params: structuredClone(params), operation: null } as unknown as Exchange;
  const read = (one: Exchange, next: () => Promise<any>) => {
    if (one.params?.query) one.operation = operationOf(operations.read(one.params.query, () => undefined).document, one.params.operationName);
    return next();
  };
  const answer = await walk([persisted, listedByName(() => list), read, safelist(() => list, mode, (name) => noted.push(name))], exchange, async () => ({ status: 200, headers: {}, body: 'answered' })).catch(({ status, code }: any) => ({ status, code }));
  return { answer, query: exchange.params?.query };
}
const answered = { status: 200, headers: {}, body: 'answered' };
const hashOf = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } });

describe('automatic persisted queries', () => {
  it('are asked for once, then known by their hash', async () => {
    expect((await send({ extensions: hashOf('{ a }') })).answer).toMatchObject({ status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect((await send({ query: '{ a }', extensions: hashOf('{ a }') })).answer).toEqual(answered);
    expect(await send({ extensions: hashOf('{ a }') })).toEqual({ answer: answered, query: '{ a }' });
  });

  it('are not remembered under another hash, nor when they cannot be read', async () => {
    expect((await send({ query: '{ b }', extensions: hashOf('{ c }') })).answer).toMatchObject({ status: 400 });
    await send({ query: '{', extensions: hashOf('{') });
    for (const query of ['{ c }', '{ b }', '{']) expect((await send({ extensions: hashOf(query) })).answer).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });

  it.each([{ version: 2, sha256Hash: 'a'.repeat(64) }, { version: 1 }, { version: 1, sha256Hash: 7 }, {}, 'x'])('refuses %j', async (persistedQuery) => {
    expect((await send({ extensions: { persistedQuery } })).answer).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });
});

describe('the safelist', () => {
  it('answers a listed operation by its text, however laid out, and by its name alone', async () => {
    for (const params of [{ query: 'query A($x: Int)\n{ ...F, } fragment F on Query { a(x:$x) }' }, { query: 'fragment F on Query { a(x: $x) } query A($x: Int) { ...F }' }, { operationName: 'B' }]) {
      expect((await send(params, 'safelisted-only')).answer).toEqual(answered);
    }
    expect((await send({ operationName: 'B' })).query).toBe('query B {\n  b\n}');
  });

  it.each([
    { query: '{ b }' },
    { query: 'query B { b a }' },
    { query: 'query C { b }' },
    { query: 'query A($x: Int) { ...F } fragment F on Query { a(x: $x) b }' },
    { query: 'query B { b: a }' },
    { query: '{ __schema { types { name } } }' },
    { query: '{' },
    { operationName: 'C' },
    {},
  ])('refuses, notes, or answers %j, as its mode says', async (params) => {
    noted.length = 0;
    expect((await send(params, 'safelisted-only')).answer).toEqual({ status: 403, code: 'OPERATION_NOT_SAFELISTED' });
    expect((await send(params, 'log')).answer).toEqual(answered);
    expect(noted).toHaveLength(2);
    expect((await send(params, 'open')).answer).toEqual(answered);
  });

  it.each([
    ['{ b }{', /line 1, column 7: Syntax Error/],
    ['query A { c }', /line 1, column 11: Cannot query field "c"/],
    ['{ b } query A { a }', /anonymous operation must be the only/],
    ['query A { a } query A { b }', /only one operation named "A"/],
  ])('says where a file is wrong: %s', (text, why) => expect(() => readSafelist(fileOf(text), schema)).toThrow(why));

  it('says that there is no such file', () => expect(() => readSafelist(join(folder, 'none'), schema)).toThrow(/no such file/));
});
