import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { log } from '../../shared/log';
import { wrongErrors } from '../testkit/checkAnswer';
import { useHub } from '../testkit/hub';

// What nobody sends who means well. Each is answered or refused in GraphQL's own form, tells nothing of the inside, and leaves the hub at work.
// What is no GraphQL request is in test/http/malformed.test.ts, the limits in gateway/plugins/limits.test.ts.

const hub = useHub({ COST_PER_MINUTE: '1000000000' });
const JSON_TYPE = { 'content-type': 'application/json' };
const many = (count: number, make: (at: number) => string): string => Array.from({ length: count }, (_, at) => make(at)).join(' ');

afterEach(async () => {
  expect(await hub.data('{ territory(id: "sillon-lorrain") { name(lang: FR) } }')).toEqual({ territory: { name: 'Sillon Lorrain' } });
});

interface Told {
  status: number;
  data?: any;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

/** The answer to a body, if it is one of GraphQL that tells nothing of the inside. */
async function send(body: string | Buffer | object, headers: Record<string, string> = {}): Promise<Told> {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const response = await fetch(`${hub.hub.url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: text as never });
  const answer = JSON.parse(await response.text()) as Omit<Told, 'status'>;
  expect(wrongErrors(answer.errors)).toEqual([]);
  expect(response.status).toBeLessThan(500);
  expect(answer.data !== undefined || answer.errors!.length > 0).toBe(true);
  return { ...answer, status: response.status };
}
const codesOf = ({ errors = [] }: Told) => [...new Set(errors.map(({ extensions }) => extensions.code))];

const overlapping = (operation: string) => `${operation} { territory(id: "x") { ${many(150, (at) => `...F${at}`)} } } ${many(150, (at) => `fragment F${at} on Territory { parents { id ${at < 149 ? `...F${at + 1}` : ''} } }`)}`;

describe('operations that are more work than they look', () => {
  it.each<[string, object, string]>([
    ['a field as often as words are allowed', { query: `{ territory(id: "x") { ${many(4900, () => 'id')} } }` }, 'GRAPHQL_VALIDATION_FAILED'],
    ['values too deep', { query: '{ territory(id: "x") { id } }', variables: { deep: JSON.parse('['.repeat(1000) + ']'.repeat(1000)) } }, 'LIMIT_EXCEEDED'],
    ['a value too deep in the text', { query: `{ territory(id: ${'['.repeat(2000)}${']'.repeat(2000)}) { id } }` }, 'BAD_USER_INPUT|GRAPHQL_PARSE_FAILED'],
    ['directives on everything', { query: `{ sources { ${many(61, () => 'id @include(if: true)')} } }` }, 'LIMIT_EXCEEDED'],
    ['a directive twice', { query: '{ sources { id @skip(if: false) @skip(if: true) } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['unknown directives', { query: `{ sources { id ${many(50, (at) => `@d${at}`)} } }` }, 'GRAPHQL_VALIDATION_FAILED'],
    ['fragments that spread each other', { query: '{ ...A } fragment A on Query { ...B sources { id } } fragment B on Query { ...C } fragment C on Query { ...A }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['fragments that double', { query: `{ territory(id: "x") { ...F0 } } ${many(15, (at) => `fragment F${at} on Territory { parents { ...F${at + 1} } children { nodes { ...F${at + 1} } } }`)} fragment F15 on Territory { id }` }, 'LIMIT_EXCEEDED'],
    ['inline fragments that double', { query: `{ territory(id: "x") { ${many(1000, () => '... on Territory { id }')} } }` }, 'LIMIT_EXCEEDED'],
    ['fragments that overlap', { query: overlapping('query') }, 'LIMIT_EXCEEDED'],
    ['fragments that overlap, in an operation that is not asked for', { query: `query A { sources { id } } ${overlapping('query B')}`, operationName: 'A' }, 'LIMIT_EXCEEDED'],
    ['fragments that overlap, and an operation that is not there', { query: overlapping('query B'), operationName: 'A' }, 'LIMIT_EXCEEDED'],
    ['fragments that overlap, and no word which operation is meant', { query: `query A { sources { id } } ${overlapping('query B')}` }, 'LIMIT_EXCEEDED'],
    ['introspection into the depth', { query: `{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }` }, 'GRAPHQL_VALIDATION_FAILED'],
    ['children of children', { query: '{ territories(first: 100) { nodes { children(first: 100) { nodes { children(first: 100) { nodes { id } } } } } } }' }, 'LIMIT_EXCEEDED'],
    ['forty times the dearest page', { query: `{ ${many(40, (at) => `a${at}: jobOffers(first: 100) { nodes { employer { ... on Startup { jobOffers(first: 100) { nodes { id } } } } } }`)} }` }, 'LIMIT_EXCEEDED'],
    ['very many operations', { query: many(900, (at) => `query Q${at} { __typename }`), operationName: 'Q899' }, ''],
    ['very many operations of one name', { query: many(900, () => 'query Q { __typename }'), operationName: 'Q' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['very many variables', { query: `query(${many(1000, (at) => `$v${at}: Int`)}) { __typename }` }, 'GRAPHQL_VALIDATION_FAILED'],
    ['very many unknown fields', { query: `{ ${many(40, (at) => `nothing${at}`)} sources { ${many(2000, (at) => `x${at}`)} } }` }, 'LIMIT_EXCEEDED'],
  ])('%s', async (_, body, code) => {
    expect(codesOf(await send(body))).toEqual(code ? [expect.stringMatching(`^(${code})$`)] : []);
  });

  it('one mistake at very many entities is told a hundred times', async () => {
    const { data, errors } = await send({ query: '{ editions { territories { jobOffers(radiusKm: 20) { totalCount } } } }' });
    expect(data.editions.flatMap(({ territories }: any) => territories).filter(({ jobOffers }: any) => jobOffers === null).length).toBeGreaterThan(100);
    expect(errors).toHaveLength(100);
  });

  it.each([63, 41])('a list of %d kilobytes of ids', async (kilobytes) => {
    const ids = Array.from({ length: 1000 }, (_, at) => `${at}`.padEnd(kilobytes, 'x'));
    const { data } = await send({ query: 'query($ids: [ID!]) { startups(filter: {within: $ids}) { totalCount } }', variables: { ids } });
    expect(data?.startups?.totalCount ?? 0).toBe(0);
  });
});

describe('names of what every object has', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', 'then', 'toJSON', 'length'];

  it.each(NAMES)('%s as an alias', async (name) => {
    const { data } = await send(`{"query": "{ ${name}: territory(id: \\"sillon-lorrain\\") { ${name}: id places { ${name}: id } } }"}`);
    expect(Object.getOwnPropertyDescriptor(data, name)!.value).toMatchObject(JSON.parse(`{"${name}": "sillon-lorrain"}`) as object);
  });

  it.each(NAMES)('%s as a variable, given and not', async (name) => {
    const query = `query($${name}: Int! = 1) { territories(first: $${name}) { nodes { id } } }`;
    expect((await send({ query })).data.territories.nodes).toHaveLength(1);
    expect((await send(`{"query": "${query}", "variables": {"${name}": 2}}`)).data.territories.nodes).toHaveLength(2);
    expect(await send({ query: `query($${name}: ID) { places(within: $${name}) { id } }` })).toMatchObject({ status: 200 });
  });

  it.each(NAMES)('%s as an operation, a field, an enum, an id, a cursor, a code', async (name) => {
    expect(codesOf(await send({ query: `query ${name} { __typename }`, operationName: name }))).toEqual([]);
    expect(codesOf(await send({ query: 'query A { __typename }', operationName: name }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await send({ query: `{ ${name} }` }))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(codesOf(await send({ query: `{ startups(orderBy: ${name}) { totalCount } }` }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await send({ query: '{ startups { ...F } } fragment F on ' + name + ' { id }' }))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect((await send({ query: `{ territory(id: "${name}") { id } startup(id: "${name}") { id } }` })).data?.territory ?? null).toBeNull();
    expect(codesOf(await send({ query: `{ territories(after: "${name}") { totalCount nodes { id } } }` }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await send({ query: `{ territories(after: "${Buffer.from(JSON.stringify([name, name, name])).toString('base64url')}") { nodes { id } } }` }))).toEqual(['BAD_USER_INPUT']);
    expect((await send({ query: `{ territory(code: {scheme: NUTS, value: "${name}"}) { id } }` })).data?.territory ?? null).toBeNull();
  });
});

describe('values', () => {
  const IDS = ['', ' ', '\0', 'a\0b', '\ud800', '\u202esillon-lorrain', 'x'.repeat(100_000), "' or 1=1 --", '1; drop table x', '%', '../../etc/passwd', '01890000-0000-7000-8000-00000000000g', '-1', '9'.repeat(400), '{"id":1}'];
  const ROOTS = ['territory', 'startup', 'jobOffer', 'edition', 'programme', 'organisation', 'place', 'occupation'];

  it.each(ROOTS)('%s by ids that are none', async (field) => {
    for (const id of IDS) {
      const answer = await send({ query: `query($id: ID!) { ${field}(id: $id) { id } }`, variables: { id } });
      expect([id, answer.data?.[field] ?? null]).toEqual([id, null]);
    }
    for (const id of [null, {}, [], [['x']], true, 1.5]) expect(codesOf(await send({ query: `query($id: ID!) { ${field}(id: $id) { id } }`, variables: { id } }))).toEqual(['BAD_USER_INPUT']);
  });

  const CURSORS = [...IDS, 'W10', 'bnVsbA', 'e30', ...['[]', 'null', '{}', '["name"]', '["name",1,2]', '["name",null,null]', '["name","a","b","c"]', '["other","a","b"]', '["name","\\u0000","b"]', `["name","${'x'.repeat(5000)}","b"]`].map((text) => Buffer.from(text).toString('base64url'))];
  it.each(['territories', 'startups', 'jobOffers', 'programmes', 'occupations', 'statements', 'duplicateCandidates'])('%s after cursors that are none', async (field) => {
    for (const after of CURSORS) {
      const { data, errors } = await send({ query: `query($after: Cursor) { ${field}(after: $after, first: 1) { nodes { id } } }`, variables: { after } });
      expect([after, data?.[field]?.nodes ?? errors!.map(({ extensions }) => extensions.code)]).toEqual([after, expect.anything()]);
    }
  });

  it.each([-1, -(2 ** 31), 101, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 1e308, 1.5, '1', true, [], {}, null])('pages of %j', async (first) => {
    for (const field of ['territories', 'startups', 'jobOffers', 'occupations']) {
      expect(['BAD_USER_INPUT', 'LIMIT_EXCEEDED']).toContain(codesOf(await send({ query: `query($first: Int!) { ${field}(first: $first) { totalCount } }`, variables: { first } }))[0]);
    }
  });

  it.each(['0000-00-00', '0000-01-01', '2024-02-30', '2024-13-01', '-1', '', '275760-09-13', '+275760-09-13', '-000001-01-01', 'now', 'infinity', 'epoch', '2024-01-01T00:00:00Z', 20240101, {}, [], false])('the day %j is refused', async (day) => {
    expect(codesOf(await send({ query: 'query($day: Date) { statements(filter: {asOf: $day}) { totalCount } }', variables: { day } }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await send({ query: `{ programmes(filter: {openOn: ${JSON.stringify(day).replace(/"(\w+)":/g, '$1:')}}) { totalCount } }` }))).toEqual(['BAD_USER_INPUT']);
  });

  it.each(['0001-01-01', '9999-12-31'])('the day %s is one', async (day) => {
    expect(codesOf(await send({ query: 'query($day: Date) { statements(filter: {asOf: $day}) { totalCount } programmes(filter: {openOn: $day}) { totalCount } }', variables: { day } }))).toEqual([]);
  });

  it.each(['0000-01-01T00:00:00Z', '2024-02-30T00:00:00Z', '9999-12-31T23:59:59.999Z', '2024-01-01', '', 'infinity', '275760-09-13T00:00:00Z', 0, -1, 8.64e15, {}])('the instant %j', async (from) => {
    await send({ query: 'query($from: DateTime) { events(from: $from) { id } }', variables: { from } });
  });

  it.each(['{radiusKm: -1, point: {lat: 49, lon: 6}}', '{radiusKm: 2147483647, point: {lat: 49, lon: 6}}', '{radiusKm: 10, point: {lat: 90.1, lon: 6}}', '{radiusKm: 10, point: {lat: 49, lon: 1e308}}', '{radiusKm: 10, point: {lat: NaN, lon: 6}}', '{radiusKm: 10, point: {lat: 1e400, lon: 6}}', `{radiusKm: 10, point: {lat: 49, lon: ${'9'.repeat(400)}}}`, '{radiusKm: 10}', '{radiusKm: 10, territory: "nothing"}', '{radiusKm: 10, territory: "sillon-lorrain", point: {lat: 49, lon: 6}}', '{radiusKm: 1e3, point: {lat: 49, lon: 6}}', '{}'])('the circle %s', async (near) => {
    expect(codesOf(await send({ query: `{ jobOffers(filter: {near: ${near}}) { totalCount } }` }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await send({ query: `{ trainings(near: ${near}) { id } }` }))).toEqual(['BAD_USER_INPUT']);
  });

  const TEXTS = [...IDS, '%', '_', '\\', '\\\\%', '*', '.*(a+)+$', '& | ! <-> :*', "a' & b:*", '!!!', '(((', 'a <-> ', ':*', '"', '🦔🦔', 'ß', 'İI', '\u0301'.repeat(150), 'a '.repeat(99), 'le la les', 'e'.repeat(200), "'; select pg_sleep(10); --", '$1', '${7*7}', '<script>', '\r\nset-cookie: x=1', '\ufeff', 'NULL'];
  it.each(['jobOffers(filter: {search: $text})', 'startups(filter: {search: $text})', 'programmes(filter: {search: $text})', 'territories(filter: {search: $text})', 'occupations(search: $text)'])('%s with texts that are none', async (field) => {
    for (const text of TEXTS) await send({ query: `query($text: String) { ${field} { totalCount nodes { id } } }`, variables: { text } });
    // A sign that SQL gives a meaning has none.
    expect((await send({ query: `query($text: String) { found: ${field} { totalCount } }`, variables: { text: "x' or '1'='1" } })).data?.found.totalCount ?? 0).toBe(0);
  });

  it.each([
    'organisations(search: $text) { id }',
    'territories(filter: {country: $text}) { totalCount }',
    'territory(code: {scheme: LAU, value: $text}) { id }',
    'startup(registerId: {scheme: SIREN, value: $text}) { id }',
    'startups(filter: {networks: [$text]}) { totalCount }',
    'startups(filter: {activities: [{scheme: NACE_2, code: $text}]}) { totalCount }',
    'occupation(code: {scheme: ROME, code: $text}) { id }',
    'jobOffers(filter: {occupation: {scheme: ISCO_08, code: $text}}) { totalCount }',
    'hiringStartups(occupation: {scheme: ESCO, code: $text}) { startup { id } }',
  ])('%s with texts that are none', async (field) => {
    for (const text of TEXTS) await send({ query: `query($text: String!) { ${field} }`, variables: { text } });
  });
});

describe('what operations are sent with', () => {
  it.each<[string, object, string]>([
    ['@skip without its condition', { query: '{ sources @skip { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['@skip on null', { query: '{ sources @skip(if: null) { id } }' }, 'BAD_USER_INPUT'],
    ['@include on a variable that is missing', { query: 'query($a: Boolean!) { sources @include(if: $a) { id } }' }, 'BAD_USER_INPUT'],
    ['@skip on a variable that may be null', { query: 'query($a: Boolean) { sources @skip(if: $a) { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['@skip on a variable that nobody declares', { query: '{ sources @skip(if: $a) { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['@skip on null for a variable with a default', { query: 'query($a: Boolean! = true) { sources @skip(if: $a) { id } }', variables: { a: null } }, 'BAD_USER_INPUT'],
    ['@skip on a text', { query: 'query($a: Boolean!) { sources @skip(if: $a) { id } }', variables: { a: 'true' } }, 'BAD_USER_INPUT'],
    ['@defer', { query: '{ ... @defer { sources { id } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['@stream', { query: '{ sources @stream(initialCount: 1) { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['directives of federation', { query: '{ sources @external @key(fields: "id") { id @cost(weight: 0) } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['the schema of a subgraph', { query: '{ _service { sdl } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['entities from outside', { query: 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Startup { contacts { id } } } }', variables: { r: [{ __typename: 'Startup', id: 'x' }] } }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable twice', { query: 'query($a: Int, $a: Int) { sources { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of an output type', { query: 'query($a: Startup) { sources { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a mutation without credentials', { query: 'mutation { moveEdition(id: "x", to: OPEN, version: 1) { userErrors { code } } }' }, 'UNAUTHENTICATED'],
    ['a mutation of everything', { query: `mutation { ${many(30, (at) => `a${at}: moveEdition(id: "x", to: OPEN, version: ${at}) { userErrors { code } }`)} }` }, 'UNAUTHENTICATED'],
    ['a very long name of an operation', { query: '{ __typename }', operationName: 'x'.repeat(100_000) }, 'BAD_USER_INPUT'],
    ['a type definition', { query: 'type Query { a: Int } { __typename }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['half a character', { query: '{ territory(id: "\ud800") { id } }' }, 'GRAPHQL_PARSE_FAILED'],
    ['NUL in the text', { query: '{ \0 }' }, 'GRAPHQL_PARSE_FAILED'],
    ['persisted by no hash', { extensions: { persistedQuery: { version: 1, sha256Hash: ['x'] } } }, 'BAD_REQUEST'],
    ['persisted by another hash', { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }, 'BAD_REQUEST'],
    ['persisted in a later version', { query: '{ __typename }', extensions: { persistedQuery: { version: 2, sha256Hash: 'a'.repeat(64) } } }, 'BAD_REQUEST'],
    ['extensions that nobody knows', { query: '{ __typename }', extensions: { cost: 'x', __proto__: 1, tracing: {} } }, ''],
    ['extensions that are a list', { query: '{ __typename }', extensions: [] }, 'BAD_REQUEST'],
    ['variables that nobody declared', { query: '{ __typename }', variables: { a: 1, b: { c: [] } } }, ''],
  ])('%s', async (_, body, code) => {
    expect(codesOf(await send(body))).toEqual(code ? [expect.stringMatching(`^(${code})$`)] : []);
  });
});

describe('headers', () => {
  const body = { query: '{ __typename }' };
  it.each<[string, Record<string, string>, string | null]>([
    ['languages of 10 kB', { 'accept-language': many(900, (at) => `x${at};q=0.${at % 10},`) }, null],
    ['languages that are none', { 'accept-language': ';;;q=,*;q=9,\u00ff' }, null],
    ['a trace that is none', { traceparent: '00-zz-zz-zz', tracestate: '=,=', baggage: ';;' }, null],
    ['a request id of 10 kB', { 'x-request-id': 'x'.repeat(10_000) }, null],
    ['a client name of 10 kB', { 'apollographql-client-name': '"\\'.repeat(5000) }, null],
    ['addresses that are none', { 'x-forwarded-for': ',,::::,999.0.0.1,<script>' }, null],
    ['a type in capitals', { 'content-type': 'APPLICATION/JSON; CHARSET=UTF-8' }, null],
    ['a type that is nearly JSON', { 'content-type': 'application/jsonx' }, 'BAD_REQUEST'],
    ['a code of characters that is none', { 'content-type': 'application/json; charset=utf-7' }, null],
    ['nothing that can be accepted', { accept: 'image/png' }, 'BAD_REQUEST'],
    ['an etag that is none', { 'if-none-match': '*' }, null],
    ['a token signed by nobody', { authorization: `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"admin","exp":9999999999}').toString('base64url')}.` }, 'UNAUTHENTICATED'],
    ['a key that is none', { authorization: 'Bearer hub_\u00ff' }, 'UNAUTHENTICATED'],
    ['another scheme', { authorization: 'Negotiate YII=' }, 'UNAUTHENTICATED'],
    ['an empty scheme', { authorization: '' }, 'UNAUTHENTICATED'],
  ])('%s', async (_, headers, code) => {
    expect(codesOf(await send(body, headers))).toEqual(code ? [code] : []);
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(5_000_000))],
    ['x-unknown', Buffer.from('{"query":"{ __typename }"}')],
  ])('a body in %s is not unpacked', async (encoding, bytes) => {
    expect((await send(bytes, { 'content-encoding': encoding })).status).toBeLessThan(500);
  });
});

/** What comes back for bytes, all that was written before the connection closed. */
async function bytes(text: string | Buffer, { leave = false } = {}): Promise<string> {
  const { port } = new URL(hub.hub.url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(text);
      if (leave) socket.destroy();
    });
    socket.on('data', (chunk) => (answer += chunk)).on('close', () => resolve(answer)).on('error', () => resolve(answer));
  });
}
const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as Omit<Told, 'status'>;
const statusesOf = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
const POST = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const BODY = '{"query":"{ __typename }"}';
const CLOSE = 'connection: close\r\n';

describe('bytes', () => {
  it.each<[string, string, number[]]>([
    ['headers of 50 kB', `${POST}accept-language: ${'x'.repeat(50_000)}\r\n\r\n`, [431]],
    ['an address of 50 kB', `GET /graphql?query=${'x'.repeat(50_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, [431]],
    ['a chunk whose length is none', `${POST}transfer-encoding: chunked\r\n\r\nzz\r\n${BODY}`, [400]],
    ['two words on the length', `${POST}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, [400]],
    ['a length below zero', `${POST}content-length: -1\r\n\r\n`, [400]],
    ['a header that goes on in the next line', `${POST}x-request-id: a\r\n b\x00c\r\n\r\n`, [400]],
    ['a method that nobody knows', `HACK /graphql HTTP/1.1\r\nhost: x\r\n\r\n`, [400]],
    ['HTTP/1.0', `POST /graphql HTTP/1.0\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`, [200]],
    ['TRACE', `TRACE /graphql HTTP/1.1\r\nhost: x\r\n${CLOSE}\r\n`, [400]],
    ['a body that is longer than it says', `${POST}content-length: 26\r\n${CLOSE}\r\n${BODY}rest`, [400]],
    ['two requests at once', `${POST}content-length: ${BODY.length}\r\n\r\n${BODY}${POST}content-length: ${BODY.length}\r\n${CLOSE}\r\n${BODY}`, [200, 200]],
  ])('%s', async (_, text, statuses) => {
    const answer = await bytes(text);
    expect(statusesOf(answer)).toEqual(statuses);
    if (statuses.length > 1) return;
    const { data, errors } = bodyOf(answer);
    expect(wrongErrors(errors)).toEqual([]);
    expect([data !== undefined, errors !== undefined]).toEqual([statuses[0] === 200, statuses[0] !== 200]);
  });

  it('a client that leaves in the middle of its body is no failure of the hub', async () => {
    const told = jest.spyOn(log, 'error');
    await bytes(`${POST}content-length: 1000\r\n\r\n{"query"`, { leave: true });
    await hub.data('{ __typename }');
    expect(told).not.toHaveBeenCalled();
    told.mockRestore();
  });

  it('a body that never ends is given up', async () => {
    const answer = await bytes(`${POST}content-length: 1000\r\n\r\n{"query"`);
    expect(statusesOf(answer)).toEqual([408]);
    expect(wrongErrors(bodyOf(answer).errors)).toEqual([]);
  });
});

describe('addresses', () => {
  const at = (path: string, method = 'GET') =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { port } = new URL(hub.hub.url);
      httpRequest({ port, host: '127.0.0.1', path, method }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve({ status: response.statusCode!, text }));
      }).on('error', reject).end();
    });

  it.each(['//graphql', '/graphql/', '/graphql%00', '/graphql/..%2f', '/%2e%2e/package.json', '/explorer/../../package.json', '/explorer/..%2f..%2fpackage.json', '/explorer/%2e%2e/%2e%2e/package.json', '/explorer//etc/passwd', '/explorer/react.js/', '/explorer/__proto__', '/explorer/constructor', '/.env', '/.git/config', '/%', '/%ff', '/\\graphql', '/metrics/../graphqlx', '/dist/gateway/hub.js', '/\u0001'.replace('\u0001', '%01')])('there is nothing at %s', async (path) => {
    const { status, text } = await at(path);
    expect(status).toBe(404);
    const { errors } = JSON.parse(text) as Told;
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(text).not.toMatch(/"(dependencies|private)"|root:|node_modules/);
  });

  it.each(['http://elsewhere.example/graphql', '*', '?query={__typename}'])('%s is not an address of the hub', async (path) => {
    expect((await at(path)).status).toBeLessThan(500);
  });

  it.each<[string, number]>([
    ['HEAD', 400],
    ['DELETE', 400],
    ['PROPFIND', 400],
    ['OPTIONS', 204],
  ])('%s', async (method, status) => {
    expect((await at('/graphql', method)).status).toBe(status);
  });
});
