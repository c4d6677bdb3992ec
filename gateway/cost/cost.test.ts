import { buildSchema, getOperationAST, parse } from 'graphql';
import { bucketsInMemory } from './bucket';
import { OperationCost } from './cost';
import { readWeights } from './weights';

const sdl = `
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  type Query { one: Item  items(first: Int = 20): [Item!] @listSize(slicingArguments: ["first"])  page(first: Int! = 20): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes"])
    known: [Item] @listSize(assumedSize: 3)  all: [Item]  dear: Item @cost(weight: 50)  any: Any }
  type Mutation { write: Item }
  type Page { totalCount: Int @cost(weight: 5)  nodes: [Item!] }
  type Item { id: ID  child: Item  page(first: Int! = 20): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
  type Other @cost(weight: 7) { id: ID }
  union Any = Item | Other`;
const schema = buildSchema(sdl);
const weights = readWeights(sdl);
const of = (text: string, variables: object = {}) => new OperationCost(parse(text), getOperationAST(parse(text), null)!, schema, weights, variables as Record<string, unknown>);

it.each<[string, number, object?]>([
  ['{ one { id } }', 1],
  ['{ a: one { id child { id } } b: one { id } }', 3],
  ['{ items { id } }', 20 + 2],
  ['{ items(first: 3) { id child { id } } }', 7],
  ['query($n: Int) { items(first: $n) { id } }', 8, { n: 7 }],
  ['query($n: Int = 4) { items(first: $n) { id } }', 4],
  ['{ page(first: 5) { totalCount nodes { id } } }', 12],
  ['{ page(first: 5) { nodes { page(first: 2) { nodes { id } } } } }', 1 + 5 * (1 + 1 + 2.2)],
  ['{ page(first: 100) { totalCount } }', 6],
  ['{ known { id } }', 3],
  ['{ all { id } }', 11],
  ['{ dear { id } }', 50],
  ['{ any { ... on Item { id child { id } } ... on Other { id } } }', 1 + 1],
  ['{ one { ...F } } fragment F on Item { child { id } ...F }', 2],
  ['query($no: Boolean = false) { one @include(if: $no) { id } dear @skip(if: true) { id } }', 0],
  ['mutation { write { id } }', 11],
])('%s costs %i at most', (...[text, cost, variables]) => expect(of(text, variables).estimated()).toBe(cost));

it('afterwards it costs what came back', () => {
  const asked = of('{ page(first: 100) { totalCount nodes { id child { id } } } one { id } any { ... on Other { id } } }');
  expect(asked.estimated()).toBe(1 + 5 + 200 + 20 + 1 + 1);
  const item = { id: '1', child: { id: '2' } };
  expect(asked.actual({ page: { totalCount: 2, nodes: [item, { id: '3', child: null }] }, one: null, any: { id: '4' } })).toBe(1 + 5 + 3 + 0 + 1);
  expect(asked.actual(null)).toBe(0);
});

describe('a bucket', () => {
  it('is emptied, fills up evenly within a minute, and takes back what was not spent', async () => {
    let now = 0;
    const buckets = bucketsInMemory(() => now);
    expect(await buckets.take('a', 60, 100)).toEqual({ taken: true, remaining: 40, wait: 0, full: 36 });
    expect(await buckets.take('a', 60, 100)).toEqual({ taken: false, remaining: 40, wait: 12, full: 36 });
    expect((await buckets.take('b', 100, 100)).taken).toBe(true);
    now += 12_000;
    expect((await buckets.take('a', 60, 100)).taken).toBe(true);
    await buckets.settle('a', -50, 100);
    expect((await buckets.take('a', 50, 100)).taken).toBe(true);
    now += 3_600_000;
    expect(await buckets.take('a', 100, 100)).toMatchObject({ taken: true, remaining: 0 });
  });
});
