import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSchema } from 'graphql';
import { sendEach } from '../../shared/http/batch';
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
/** What becomes of batches: what is neither taken nor refused is answered with this text. */
let batches: string;
/** Batches that are refused, all at once when there are so many. */
const refused: ServerResponse[] = [];
const BURST = 6;
/** Resolves when slow ones are to be answered. */
let slowOnes: Promise<void>;
let server: Server;
let transport: Transport;
beforeAll(async () => {
  const answerTo = async ({ variables: { representations, lang = '' } }: Asked) => {
    if (representations.some(({ id }) => id === 'slow')) await slowOnes;
    const found = representations.map(({ id }) => ({ name: `${id} ${lang}` }));
    const data = { _entities: found };
    const bad = representations.some(({ id }) => id === 'bad');
    return { status: 200, headers: {}, body: JSON.stringify(bad ? { data: { _entities: found.map(() => null) }, errors: [{ message: 'bad' }] } : { data }) };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await text(request)) as Asked | Asked[];
    asked.push([body].flat());
    if (!Array.isArray(body)) response.end((await answerTo(body)).body);
    else if (batches === 'taken') await sendEach(response, body.map(answerTo));
    else if (batches === 'refused') {
      refused.push(response);
      if (refused.length === BURST) for (const one of refused) one.writeHead(400).end('{"errors": [{"message": "No batches here."}]}\n');
    }
    else response.end(batches);
  };
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  transport = overHttp('things', `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, null);
});
afterAll(async () => {
  await transport.close();
  server.close();
});
beforeEach(() => {
  asked = [];
  batches = 'taken';
  slowOnes = Promise.resolve();
});

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

it('none waits for one that takes longer', async () => {
  let end!: () => void;
  slowOnes = new Promise((resolve) => (end = resolve));
  const ask = joined(transport);
  const slow = ask(fetchOf(['slow']));
  const done = jest.fn();
  void slow.then(done);
  expect(namesOf(await ask(fetchOf(['a'])))).toEqual(['a']);
  expect(asked.map((fetches) => fetches.length)).toEqual([2]);
  expect(done).not.toHaveBeenCalled();
  end();
  expect(namesOf(await slow)).toEqual(['slow']);
});

const FOR_A = '{"data": {"_entities": [{"name": "a"}]}}';
it.each([
  ['leaves one out', `0 ${FOR_A}\n`, ['b']],
  ['answers one twice', `0 ${FOR_A}\n0 ${FOR_A}\n`, ['b']],
  ['answers one that was not asked for', `0 ${FOR_A}\n2 ${FOR_A}\n`, ['b']],
  ['answers no JSON', `0 ${FOR_A}\n1 {"data":\n`, ['b']],
  ['answers nothing', '', ['a', 'b']],
])('of a subgraph that %s, who has no answer asks alone', async (_, answer, again) => {
  batches = answer;
  const ask = joined(transport);
  expect((await Promise.all([ask(fetchOf(['a'])), ask(fetchOf(['b']))])).map(namesOf)).toEqual([['a'], ['b']]);
  expect(asked.slice(1).map(([one]) => one!.variables.representations[0]!.id)).toEqual(again);
});

it('a subgraph of an older version, which takes no batches, is not left alone for that', async () => {
  batches = 'refused';
  const ask = joined(transport);
  const fetches = Array.from({ length: 2 * BURST }, (_, at) => ({ ...fetchOf([String(at)]), query: `${QUERY} # ${at >> 1}` }));
  expect((await Promise.all(fetches.map((one) => ask(one)))).map(namesOf)).toEqual(fetches.map((_, at) => [String(at)]));
  expect(asked.filter((one) => one.length === 2)).toHaveLength(BURST);
});
