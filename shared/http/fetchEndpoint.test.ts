import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, type GraphQLFieldConfig } from 'graphql';
import type { Context } from '../graphql/context';
import { badInput } from '../graphql/errors';
import { log } from '../log';
import { fetchEndpoint, type FetchEndpoint } from './fetchEndpoint';

// What is carried out straight away answers as Apollo Server does. Which of the two it was shows in the context: Apollo Server works on a copy.

let seen: Context[] = [];
const field = (resolve: (given: { of?: number }) => unknown, type: GraphQLFieldConfig<unknown, Context>['type'] = GraphQLInt): GraphQLFieldConfig<unknown, Context> => ({
  type,
  args: { of: { type: GraphQLInt } },
  resolve(_, given, context) {
    seen.push(context);
    return resolve(given);
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      double: field(({ of = 0 }) => of * 2),
      text: field(() => '“é”\n', GraphQLString),
      refusing: field(({ of }) => Promise.reject(badInput('of', of, 'another'))),
      failing: field(() => Promise.reject(new Error('select * from secret'))),
      missing: field(() => null, new GraphQLNonNull(GraphQLInt)),
    },
  }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: { write: field(() => 1) } }),
});
const given = {} as Context;
let endpoint: FetchEndpoint;
beforeAll(async () => {
  log.level = 'silent';
  endpoint = await fetchEndpoint(schema, true);
});
afterAll(() => endpoint.stop());
beforeEach(() => (seen = []));

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
const ask = (body: unknown, { method = 'POST', headers = HEADERS, search = '' }: { method?: string; headers?: Record<string, string>; search?: string } = {}) => endpoint.answer({ method, headers, search, body, size: 0 }, given);
/** Ids are new ones each time; where an unforeseen error is in the text of the query, nobody reads. */
const plain = (body: string) => body.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replaceAll(/,"locations":\[[^\]]*\]/g, '');
const straight = () => seen.map((context) => context === given);

it.each([
  ['data', { query: 'query Q($of: Int) { a: double(of: $of) text }', operationName: 'Q', variables: { of: 2 } }, [true, true]],
  ['one of two operations', { query: 'query A { double(of: 1) } query B { double(of: 3) }', operationName: 'B', variables: {} }, [true]],
  ['a mutation', { query: 'mutation { write }', operationName: null, variables: {} }, [true]],
  // What goes wrong graphql-js carries out again.
  ['a refusal', { query: '{ refusing(of: 1) text }', variables: {} }, [true, true], 2],
  ['an error that nobody foresaw', { query: '{ text failing }', variables: {} }, [true, true], 2],
  ['null where none may be', { query: '{ missing }', variables: {} }, [true], 2],
  ['a name that is no operation’s', { query: 'query A { double } query B { double }', operationName: 'C', variables: {} }, []],
  ['a field that is none', { query: '{ nothing }', variables: {} }, []],
  ['what is no GraphQL', { query: '{', variables: {} }, []],
] as [string, object, boolean[], number?][])('the second answer is the first one’s like: %s', async (_, body, carriedOut, times = 1) => {
  const first = await ask(body);
  expect(straight()).toEqual(carriedOut.map(() => false));
  seen = [];
  const second = await ask(body);
  expect(straight()).toEqual(Array.from({ length: times }, () => carriedOut).flat());
  expect({ status: second.status, body: plain(second.body), type: second.headers['content-type'] }).toEqual({ status: first.status, body: plain(first.body), type: first.headers['content-type'] });
  expect(second.body).not.toMatch(/select|stack/);
});

it('what is wrong with the values of a text that is known is Apollo Server’s to say', async () => {
  const query = 'query V($of: Int!) { double(of: $of) }';
  await ask({ query, variables: { of: 1 } });
  const { status, body } = await ask({ query, variables: { of: 'one' } });
  expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  expect((await ask({ query, operationName: 'W', variables: { of: 1 } })).status).toBe(400);
  seen = [];
  expect((await ask({ query, variables: { of: 4 } })).body).toBe('{"data":{"double":8}}\n');
  expect(straight()).toEqual([true]);
});

it('what is asked in another way than gateways do is left to Apollo Server', async () => {
  const query = '{ double(of: 5) }';
  const body = { query, variables: {} };
  await ask(body);
  seen = [];
  const types = [];
  const other = { ...HEADERS, accept: 'application/graphql-response+json' };
  for (let times = 0; times < 2; times++) types.push((await ask(body, { headers: other })).headers['content-type']);
  expect(types).toEqual(Array(2).fill(expect.stringContaining('application/graphql-response+json')));
  expect(straight()).toEqual([false, true]);
  seen = [];
  expect((await ask({ query, variables: null })).status).toBe(200);
  expect((await ask({ ...body, extensions: {} })).status).toBe(200);
  expect((await ask(undefined, { method: 'GET', headers: { ...HEADERS, 'apollo-require-preflight': '1' }, search: `?query=${encodeURIComponent(query)}` })).status).toBe(200);
  expect(straight()).toEqual([false, false, false]);
  expect((await ask({ ...body, variables: [] })).status).toBe(400);
  expect((await ask([body])).status).toBe(400);
});
