import { getIntrospectionQuery, parse } from 'graphql';
import { readConfig } from '../../shared/config';
import { stories } from '../explorer/explorer';
import type { LimitName } from '../limits/limits';
import { measure, sizesOf } from '../limits/measure';
import type { Exchange } from '../request/exchange';
import { Operations } from '../request/operation';
import { limits } from './limits';

const standard = readConfig({}).limits;
const measuresOf = (text: string) => measure(parse(text));

/** What becomes of a request: its refusal, or what was only noted. */
async function send(params: object, changes: Partial<typeof standard> = {}) {
  const noted: [LimitName, number, string][] = [];
  const exchange = { params, operation: null } as unknown as Exchange;
  const step = limits({ ...standard, ...changes }, new Operations(), (...excess) => noted.push(excess));
  const answer = await step(exchange, async () => ({ status: 200, headers: {}, body: 'answered' })).catch((refusal: any) => ({ status: refusal.status, code: refusal.code, ...refusal.extensions, message: refusal.message }));
  return { answer, noted };
}
const many = (count: number, make: (at: number) => string) => Array.from({ length: count }, (_, at) => make(at)).join(' ');
const bomb = `{ ...F0 } ${many(20, (at) => `fragment F${at} on Query { ${`...F${at + 1} `.repeat(4)} }`)} fragment F20 on Query { indicators { id } }`;

it.each<[keyof typeof standard, object, number]>([
  ['tokens', { query: `query(${many(1500, (at) => `$v${at}: Int`)}) { id }` }, 5001],
  ['depth', { query: `{ ${'a { '.repeat(25)} id ${'}'.repeat(25)} }` }, 26],
  ['depth', { query: `query A { id } query B { ${'a { '.repeat(25)} id ${'}'.repeat(25)} }`, operationName: 'A' }, 26],
  ['depth', { query: `{ id } fragment F on Query { ${'a { '.repeat(25)} id ${'}'.repeat(25)} }` }, 26],
  ['depth', { query: `query A { ${'a { '.repeat(25)} id ${'}'.repeat(25)} }`, operationName: 'B' }, 26],
  ['aliases', { query: `{ t { ${many(61, (at) => `a${at}: id`)} } }` }, 61],
  ['rootFields', { query: `{ ${'sources { id } '.repeat(41)} }` }, 41],
  ['rootFields', { query: `{ ${'...F '.repeat(41)} } fragment F on Query { sources { id } }` }, 41],
  ['directives', { query: `{ sources { ${'id @skip(if: true) '.repeat(61)} } }` }, 61],
  ['selections', { query: `{ t { ${'...F '.repeat(60)} } } fragment F on T { ${'id '.repeat(100)} }` }, 6001],
  ['listItems', { query: `{ places(kinds: [${'LAB '.repeat(1001)}]) { id } }` }, 1001],
  ['listItems', { query: '{ id }', variables: { ids: Array(1001).fill(1) } }, 1001],
  ['variables', { query: '{ id }', variables: { text: 'x'.repeat(200_000) } }, 200_011],
  ['variableDepth', { query: '{ id }', variables: { nested: JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown } }, 101],
])('%s: one that goes further is refused, with the limit, what was found and what is allowed', async (limit, params, found) => {
  const { answer, noted } = await send(params);
  expect(answer).toEqual({ status: 400, code: 'LIMIT_EXCEEDED', limit, found, most: standard[limit].most, message: expect.stringContaining(`${limit}: ${found} `) });
  expect(noted).toEqual([[limit, found, 'enforce']]);
  const measured = await send(params, { [limit]: { ...standard[limit], mode: 'measure' } });
  expect([measured.answer, measured.noted]).toEqual([{ status: 200, headers: {}, body: 'answered' }, [[limit, found, 'measure']]]);
  const just = await send(params, { [limit]: { most: limit === 'tokens' ? 6100 : found, mode: 'enforce' } });
  expect([just.answer.status, just.noted]).toEqual([200, []]);
});

it('a bomb of fragments is measured without being spread', async () => {
  const { answer } = await send({ query: bomb });
  expect(answer).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: expect.stringMatching(/rootFields|selections/) });
  expect(measuresOf(bomb).selections).toBe(4 ** 20 * 2);
});

it('fragments that spread themselves, and texts that cannot be read, are left to validation', async () => {
  for (const query of ['{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }', '{', '"', '', '{ a } { b }']) expect((await send({ query })).answer.status).toBe(200);
});

it('variables as deep as a body can be are measured without recursion', () => {
  expect(sizesOf(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000))).depth).toBe(200_000);
});

it('every story and the introspection of the explorers stay far below', async () => {
  for (const query of [getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, schemaDescription: true, oneOf: true, specifiedByUrl: true }), ...stories().map((story) => story.query)]) {
    expect((await send({ query })).answer.status).toBe(200);
  }
});
