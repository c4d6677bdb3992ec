import { connect } from 'node:net';
import { useHub } from '../testkit/hub';

// Each kind of HTTP that is no GraphQL request: a 4xx with a code, never a 5xx, a stack, an address or a page of HTML.

const hub = useHub();
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = JSON_TYPE) => fetch(`${hub.hub.url}/graphql`, { method: 'POST', headers, body: body as never });
const ask = (body: unknown, headers = JSON_TYPE) => post(JSON.stringify(body), headers);

async function expectRefusal(response: Response, status: number | number[], code?: string) {
  const text = await response.text();
  expect([response.status].flat()[0]).toBeGreaterThanOrEqual(400);
  expect([status].flat()).toContain(response.status);
  expect(response.headers.get('content-type')).toMatch(/json/);
  expect(text).not.toMatch(/node_modules|\.ts:|\.js:|127\.0\.0\.1|localhost|select |<html/i);
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
  expect(errors[0]!.extensions.code).toBe(code ?? errors[0]!.extensions.code);
  return errors[0]!;
}

it.each<[string, string | Buffer, Record<string, string>?]>([
  ['no body', ''],
  ['half a body', '{"query": "{ sources'],
  ['null', 'null'],
  ['a number', '7'],
  ['a text', '"{ sources { id } }"'],
  ['an empty object', '{}'],
  ['a query that is no text', '{"query": 7}'],
  ['a query that is null', '{"query": null}'],
  ['an empty query', '{"query": ""}'],
  ['variables that are no object', '{"query": "{ sources { id } }", "variables": [1]}'],
  ['variables that are a text', '{"query": "{ sources { id } }", "variables": "{}"}'],
  ['an operation name that is no text', '{"query": "{ sources { id } }", "operationName": {}}'],
  ['extensions that are no object', '{"query": "{ sources { id } }", "extensions": 1}'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['another type', 'query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a form', 'x', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['plain text', '{"query": "{ sources { id } }"}', { 'content-type': 'text/plain' }],
  ['bare GraphQL', '{ sources { id } }', { 'content-type': 'application/graphql' }],
  ['a batch', '[{"query": "{ sources { id } }"}, {"query": "{ sources { id } }"}]'],
])('%s', async (...[, body, headers]) => {
  await expectRefusal(await post(body, headers), [400, 415]);
});

it('a body that is too large is refused, whether or not its length is announced', async () => {
  const large = JSON.stringify({ query: '{ sources { id } }', variables: { text: 'x'.repeat(6_000_000) } });
  expect(await expectRefusal(await post(large), 413, 'LIMIT_EXCEEDED')).toMatchObject({ extensions: { limit: 'body', most: 500_000 } });
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < 60; at++) controller.enqueue(new TextEncoder().encode(large.slice(at * 100_000, (at + 1) * 100_000)));
      controller.close();
    },
  });
  const streamed = await fetch(`${hub.hub.url}/graphql`, { method: 'POST', headers: JSON_TYPE, body: stream, duplex: 'half' } as never).catch(() => null);
  if (streamed) await expectRefusal(streamed, 413, 'LIMIT_EXCEEDED');
  expect((await ask({ query: '{ sources { id } }' })).status).toBe(200);
});

it.each([
  ['an unknown operation', { query: 'query A { sources { id } }', operationName: 'B' }],
  ['one of several, without its name', { query: 'query A { sources { id } } query B { sources { id } }' }],
  ['no operation at all', { query: 'fragment F on Query { sources { id } }' }],
  ['an operation name that is empty', { query: 'query A { sources { id } } query B { sources { id } }', operationName: '' }],
  ['a fragment that spreads itself', { query: '{ ...F } fragment F on Query { sources { id } ...F }' }],
  ['a subscription', { query: 'subscription { sources { id } }' }],
  ['an unknown directive', { query: '{ sources @nothing { id } }' }],
  ['a variable that is missing', { query: 'query($id: ID!) { territory(id: $id) { id } }' }],
  ['a variable of another type', { query: 'query($id: ID!) { territory(id: $id) { id } }', variables: { id: {} } }],
  ['a field of federation', { query: '{ _entities(representations: []) { __typename } }' }],
])('%s is a 400', async (_, body) => {
  await expectRefusal(await ask(body), 400);
});

it.each(['PUT', 'DELETE', 'PATCH'])('%s is not allowed', async (method) => {
  const response = await fetch(`${hub.hub.url}/graphql`, { method, headers: JSON_TYPE, body: '{}' });
  expect(response.headers.get('allow')).toMatch(/POST/);
  await expectRefusal(response, 405);
});

it('a mutation by GET is not allowed, a query from a foreign page neither', async () => {
  const get = (query: string, headers: Record<string, string> = { 'apollo-require-preflight': 'true' }) => fetch(`${hub.hub.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
  await expectRefusal(await get('mutation { moveEdition(id: "x", to: OPEN, version: 1) { userErrors { code } } }'), 405);
  await expectRefusal(await get('{ sources { id } }', {}), 400);
  expect((await get('{ sources { id } }')).status).toBe(200);
});

it.each(['variables=%7B', 'variables=1', 'extensions=%5B'])('a GET with %s', async (part) => {
  await expectRefusal(await fetch(`${hub.hub.url}/graphql?query=%7B__typename%7D&${part}`, { headers: { 'apollo-require-preflight': 'true' } }), 400);
});

it.each(['Bearer', 'Bearer ', 'Basic eDp5', 'Bearer a b', `Bearer ${'x'.repeat(5000)}`])('the credentials "%s" are refused, not taken for the public', async (authorization) => {
  const response = await ask({ query: '{ sources { id } }' }, { ...JSON_TYPE, authorization } as never);
  await expectRefusal(response, [401, 429]);
});

it('what is no HTTP at all does not hurt', async () => {
  const { port } = new URL(hub.hub.url);
  for (const bytes of ['GET / HTTP/9.9\r\n\r\n', '\0\0\0\0', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\ncontent-length: 20\r\n\r\n', `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`]) {
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes));
      socket.setTimeout(1000, () => socket.destroy());
      socket.on('data', (chunk) => (text += chunk)).on('close', () => resolve(text)).on('error', () => resolve(text));
    });
    expect(answer).not.toMatch(/HTTP\/1.1 5/);
  }
  expect((await ask({ query: '{ sources { id } }' })).status).toBe(200);
});

it('answers bear headers that keep browsers from guessing and framing', async () => {
  const { headers } = await ask({ query: '{ sources { id } }' });
  expect(Object.fromEntries(headers)).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'access-control-allow-origin': '*' });
});
