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
  variables: { representations: { id: string }[]; lang?: string };
}
let asked: Asked['variables'][] = [];
let server: Server;
let transport: Transport;
beforeAll(async () => {
  const answer = async (request: IncomingMessage) => {
    const { variables } = JSON.parse(await text(request)) as Asked;
    asked.push(variables);
    const found = variables.representations.map(({ id }) => ({ name: `${id} ${variables.lang ?? ''}` }));
    return variables.representations.some(({ id }) => id === 'bad') ? { data: { _entities: found.map(() => null) }, errors: [{ message: 'bad' }] } : { data: { _entities: found } };
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

it('entities of several requests are asked for in one, and each gets its own', async () => {
  const ask = joined(transport);
  const answers = await Promise.all([ask(fetchOf(['a', 'b'])), ask(fetchOf(['c'])), ask(fetchOf(['b', 'd']))]);
  expect(answers.map(namesOf)).toEqual([['a', 'b'], ['c'], ['b', 'd']]);
  expect(asked.map(({ representations }) => representations.map(({ id }) => id))).toEqual([['a', 'b', 'c', 'b', 'd']]);
});

it('not with other variables, nor without entities, nor of very many', async () => {
  const ask = joined(transport);
  const answers = await Promise.all([ask(fetchOf(['a'], { lang: 'de' })), ask(fetchOf(['a'], { lang: 'fr' }))]);
  expect(answers.map(namesOf)).toEqual([['a de'], ['a fr']]);
  expect(asked).toHaveLength(2);
  expect(transport.kinOf(fetchOf([]))).toBeNull();
  expect(transport.kinOf(fetchOf(Array.from({ length: 101 }, String)))).toBeNull();
  expect(transport.kinOf(fetchOf(['a']))).toBe(transport.kinOf(fetchOf(['b'])));
});

it('where one is wrong each is asked for alone', async () => {
  const ask = joined(transport);
  const [good, bad] = await Promise.all([ask(fetchOf(['a'])), ask(fetchOf(['bad']))]);
  expect(namesOf(good)).toEqual(['a']);
  expect(bad.errors).toEqual([{ message: 'bad' }]);
  expect(asked).toHaveLength(3);
});
