import { setTimeout as pause } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, execute, parse, validate, type GraphQLObjectType, type GraphQLResolveInfo, type GraphQLUnionType } from 'graphql';
import { preparePlainRun } from './plainRun';

const schema = buildSchema(`
  type Query { thing(id: ID = "t", late: Boolean = false): Thing all(count: Int!): [Thing!]! any: [Any] grid: [[Int!]] color: Color broken: Thing mixed: [Thing] }
  interface Named { name: String! }
  enum Color { RED GREEN }
  scalar Anything
  type Thing implements Named { id: ID! name(upper: Boolean = false): String! size: Float next: Thing nextOrFail: Thing! others(first: Int = 2): [Thing] named: Named must: Int! loose: Int anything: Anything wrong: Int list: [Int] }
  type Other implements Named { name: String! color: Color! }
  union Any = Thing | Other`);

interface Given {
  id: string;
}
const paths: string[] = [];
const pathOf = (path: GraphQLResolveInfo['path'] | undefined): string => (path ? `${pathOf(path.prev)}/${path.typename ?? ''}.${path.key}` : '');
const resolvers: Record<string, Record<string, (source: Given, args: any, context: unknown, info: GraphQLResolveInfo) => unknown>> = {
  Query: {
    thing: async (_, { id, late }) => (late ? pause(2).then(() => ({ id })) : { id }),
    all: (_, { count }) => Array.from({ length: count }, (_one, at) => (at % 2 ? Promise.resolve({ id: `p${at}` }) : { id: `s${at}` })),
    any: () => [{ id: 'x' }, null, Promise.resolve({ color: 'GREEN', name: 'other' }), Promise.resolve(null)],
    grid: () => [[1, 2], null, Promise.resolve([Promise.resolve(3)])],
    color: () => 'RED',
    broken: () => new Error('given back'),
    mixed: () => [new Error('at once'), pause(1).then(() => Promise.reject(new Error('later')))],
  },
  Thing: {
    name: ({ id }, { upper }, _context, { path, fieldName, parentType, returnType, fieldNodes, operation, variableValues }) => {
      paths.push(`${pathOf(path)} ${fieldName} ${parentType.name} ${String(returnType)} ${fieldNodes.length} ${operation.name?.value ?? ''} ${Object.keys(variableValues).join()}`);
      return upper ? Promise.resolve(`NAME ${id}`) : `name ${id}`;
    },
    size: ({ id }) => id.length / 2,
    next: ({ id }) => (id.length > 3 ? null : pause(0).then(() => ({ id: `${id}n` }))),
    nextOrFail: ({ id }) => (id.length > 2 ? Promise.reject(new Error(`no next of ${id}`)) : { id: `${id}f` }),
    others: ({ id }, { first }) => Array.from({ length: first }, (_, at) => Promise.resolve(at === 1 ? null : { id: `${id}${at}` })),
    named: ({ id }) => (id.length % 2 ? { id } : { name: 'named', color: 'RED' }),
    must: ({ id }) => (id === 'p1' ? null : 1),
    loose: ({ id }) => (id === 'p1' ? undefined : id.length),
    anything: ({ id }) => ({ of: [id] }),
    wrong: () => 'no number',
    list: () => new Set([1, 2]),
  },
};
for (const [type, fields] of Object.entries(resolvers)) for (const [name, resolve] of Object.entries(fields)) (schema.getType(type) as GraphQLObjectType).getFields()[name]!.resolve = resolve as never;
(schema.getType('Any') as GraphQLUnionType).resolveType = (value) => ('color' in (value as object) ? 'Other' : 'Thing');
// That of an interface may take its time.
(schema.getType('Named') as GraphQLUnionType).resolveType = (value) => Promise.resolve('color' in (value as object) ? 'Other' : 'Thing');

/** What graphql-js says, and what the plain run does; null where that leaves it to graphql-js. */
async function both(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  expect(validate(schema, document).map(String)).toEqual([]);
  paths.length = 0;
  const { data, errors } = await execute({ schema, document, variableValues: variables, contextValue: {} });
  const theirPaths = [...paths].sort();
  paths.length = 0;
  const plain = preparePlainRun(schema, document);
  const ours = plain && (await plain(null, variables, {}));
  return { ours, text: JSON.stringify(data), errors: errors?.map(String), ourPaths: [...paths].sort(), theirPaths };
}

it.each<[string, Record<string, unknown>]>([
  ['{ color __typename }', {}],
  ['{ thing { id name a: name(upper: true) size anything } }', {}],
  ['query Q($late: Boolean!, $id: ID) { thing(id: $id, late: $late) { id next { id next { name __typename next { id } } } } }', { late: true, id: 'q' }],
  ['query Q($late: Boolean) { a: thing(late: $late) { loose } thing { id } thing { next { id } next { name } } }', {}],
  ['query Q($count: Int!) { all(count: $count) { id others { id name } one: others(first: 1) { id } } }', { count: 5 }],
  ['{ any { __typename ... on Thing { id named { name ... on Other { color } ... on Thing { id } } } ... on Other { color name } ...N } } fragment N on Named { name t: __typename }', {}],
  ['{ grid all(count: 1) { must } }', {}],
  ['query Q($count: Int!) { all(count: $count) { ...T } } fragment T on Thing { name ...U } fragment U on Thing { next { ...V name } } fragment V on Thing { id size }', { count: 4 }],
])('does what graphql-js does: %s', async (query, variables) => {
  const { ours, text, errors, ourPaths, theirPaths } = await both(query, variables);
  expect(errors).toBeUndefined();
  // The order of fields too.
  expect(JSON.stringify(ours)).toBe(text);
  expect(ourPaths).toEqual(theirPaths);
});

it.each<[string, string, Record<string, unknown>]>([
  ['an error', '{ thing { id nextOrFail { nextOrFail { id nextOrFail { id } } } } }', {}],
  ['an error that is given back', '{ color broken { id } }', {}],
  ['an error before another', '{ mixed { id } }', {}],
  ['null where none may be', '{ all(count: 2) { must } }', {}],
  ['a value of another type', '{ thing { wrong } }', {}],
  ['a list that is no array', '{ thing { list } }', {}],
  ['a wrong variable', 'query Q($count: Int!) { all(count: $count) { id } }', { count: 'many' }],
  ['a condition', 'query Q($yes: Boolean!) { color @include(if: $yes) __typename }', { yes: true }],
  ['introspection', '{ __schema { queryType { name } } }', {}],
  ['a name that objects have', '{ toString: color }', {}],
])('leaves it to graphql-js: %s', async (_, query, variables) => {
  expect((await both(query, variables)).ours).toBeNull();
});

it('leaves mutations to graphql-js, and one of several operations, and one of another name', async () => {
  expect(preparePlainRun(schema, parse('query A { color } query B { color }'))).toBeNull();
  expect(preparePlainRun(buildSchema('type Query { a: Int } type Mutation { b: Int }'), parse('mutation { b }'))).toBeNull();
  const run = preparePlainRun(schema, parse('query A { color }'))!;
  expect(await run('A', {}, {})).toEqual({ color: 'RED' });
  expect(await run('B', {}, {})).toBeNull();
});

it('leaves out a field that the schema does not have, as graphql-js does', async () => {
  const document = parse('{ thing { id nothing } nothing }');
  expect(await preparePlainRun(schema, document)!(null, {}, {})).toEqual(JSON.parse(JSON.stringify((await execute({ schema, document })).data)));
});

it('goes no further once it has failed', async () => {
  const document = parse('{ all(count: 2) { must } thing(late: true) { name } }');
  paths.length = 0;
  expect(await preparePlainRun(schema, document)!(null, {}, {})).toBeNull();
  await pause(20);
  expect(paths).toEqual([]);
});

const federated = buildSubgraphSchema({
  typeDefs: parse('type Query { plain: Plain } type Thing @key(fields: "id") { id: ID! name: String } type Stub @key(fields: "id") { id: ID! } type Plain { a: Int }'),
  resolvers: {
    Thing: {
      __resolveReference({ id }: Given) {
        if (id === 'none') return null;
        if (id === 'throws') throw new Error('at once');
        if (id === 'fails') return pause(1).then(() => Promise.reject(new Error('later')));
        return id === 'late' ? pause(1).then(() => ({ id, name: 'late' })) : { __typename: 'Thing', id, name: `name ${id}` };
      },
    },
  },
});
const thing = (id: string) => ({ __typename: 'Thing', id });

it.each<[string, unknown[], boolean]>([
  ['found, now and later, and not', [thing('a'), thing('late'), thing('none'), { __typename: 'Stub', id: 's' }, thing('a')], true],
  ['none', [], true],
  ['failing', [thing('late'), thing('fails')], false],
  ['thrown', [thing('late'), thing('throws')], false],
  ['of a type that is none', [{ __typename: 'Nothing', id: 'a' }], false],
  ['of a type that is no entity', [{ __typename: 'Plain', a: 1 }, { __typename: 'Query' }], false],
  ['of no type', [{ id: 'a' }], false],
])('finds entities as graphql-js does: %s', async (_, representations, plainly) => {
  const document = parse('query($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Thing { id n: name } ... on Stub { id } } }');
  const { data, errors } = await execute({ schema: federated, document, variableValues: { representations }, contextValue: {} });
  const ours = await preparePlainRun(federated, document)!(null, { representations }, {});
  expect(errors === undefined).toBe(plainly);
  expect(JSON.stringify(ours)).toBe(plainly ? JSON.stringify(data) : 'null');
});
