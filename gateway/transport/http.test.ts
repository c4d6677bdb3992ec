import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSchema } from 'graphql';
import { PUBLIC } from '../../shared/rights/caller';
import { overHttp } from './http';
import { joined } from './joined';
import type { Fetch, Transport } from './reach';

// Fetches of several requests over HTTP, to a server that notes what it is asked.

const QUERY = 'query($representations: [_Any!]!, $lang: String) { _entities(representations: $representations) { ... on Thing { name(lang: $lang) } } }';
const schema = buildSchema('type Query { a: Int }');

interface Asked {
  query: string;
  variables: { representations: { id: string }[]; lang?: string };
}
/** The fetches of each request. */
let asked: Asked[][] = [];
let takesBatches = true;
let server: Server;
let transport: Transport;
beforeAll(async () => {
  const answerTo = ({ variables: { representations, lang = '' } }: Asked) => {
    const found = representations.map(({ id }) => ({ name: `${id} ${lang}` }));
    return representations.some(({ id }) => id === 'bad') ? { data: { _entities: found.map(() => null) }, errors: [{ message: 'bad' }] } : { data: { _entities: found } };
  };
  const answer = async (request: IncomingMessage) => {
    const body = JSON.parse(await text(request)) as Asked | Asked[];
    asked.push([body].flat());
    if (Array.isArray(body) && !takesBatches) return { errors: [{ message: 'Operation batching disabled.' }] };
    return Array.isArray(body) ? body.map(answerTo) : answerTo(body);
  };
  server = createServer((request, response) => void answer(request).then((body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  transport = overHttp('things', `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, null);
});
afterAll(async () => {
  await transport.close();
  server.close();
});
beforeEach(() => (asked = []));

const fetchOf = (ids: string[], variables: object = {}) =>
  ({
    query: QUERY,
    operationName: null,
    variables: { representations: ids.map((id) => ({ __typename: 'Thing', id })), ...variables },
    mutation: false,
    context: { caller: PUBLIC, deadline: Date.now() + 10_000 },
    signal: new AbortController().signal,
    schema,
  }) as unknown as Fetch;
const namesOf = ({ data }: { data?: Record<string, unknown> | null }) => (data!._entities as { name: string }[]).map(({ name }) => name.trim());

it('several are asked for in one request, and each gets its own', async () => {
  const ask = joined(transport);
  const answers = await Promise.all([ask(fetchOf(['a', 'b'])), ask(fetchOf(['c'], { lang: 'de' })), ask(fetchOf(['b', 'd']))]);
  expect(answers.map(namesOf)).toEqual([['a', 'b'], ['c de'], ['b', 'd']]);
  expect(asked.map((fetches) => fetches.map(({ variables }) => variables.representations.map(({ id }) => id)))).toEqual([[['a', 'b'], ['c'], ['b', 'd']]]);
});

it('one alone is no batch', async () => {
  expect(namesOf(await joined(transport)(fetchOf(['a'])))).toEqual(['a']);
  expect(asked).toEqual([[expect.objectContaining({ query: QUERY })]]);
});

it('not of very many entities, nor where they are long together', async () => {
  expect(transport.kinOf(fetchOf(Array.from({ length: 101 }, String)))).toBeNull();
  expect(transport.kinOf(fetchOf(['a']))).toBe(transport.kinOf(fetchOf([])));
  const ask = joined(transport);
  const long = 'x'.repeat(150_000);
  expect((await Promise.all([ask(fetchOf(['a'], { long })), ask(fetchOf(['b'], { long }))])).map(namesOf)).toEqual([['a'], ['b']]);
  expect(asked.map((fetches) => fetches.length)).toEqual([1, 1]);
});

it('where one is wrong it alone is asked for again', async () => {
  const ask = joined(transport);
  const [good, bad] = await Promise.all([ask(fetchOf(['a'])), ask(fetchOf(['bad']))]);
  expect(namesOf(good)).toEqual(['a']);
  expect(bad.errors).toEqual([{ message: 'bad' }]);
  expect(asked.map((fetches) => fetches.length)).toEqual([2, 1]);
});

it('of a subgraph that takes no batch each asks alone, and it is not left alone for that', async () => {
  takesBatches = false;
  const ask = joined(transport);
  for (let times = 0; times < 6; times++) expect((await Promise.all([ask(fetchOf(['a'])), ask(fetchOf(['b']))])).map(namesOf)).toEqual([['a'], ['b']]);
  expect(transport.leftAlone()).toBe(false);
  takesBatches = true;
});
