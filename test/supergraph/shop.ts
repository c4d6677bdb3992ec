import type { ForeignSubgraph } from '../testkit/foreign';

// A supergraph with what the hub's own has not: other names of subgraphs and root types, scalars of the hub's names that mean
// something else, keys of several fields, values that readers do not see, resolvers that fail.

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@external", "@requires", "@provides", "@override"])';
const fail = (message: string) => () => {
  throw new Error(message);
};

const vendors = [{ id: 'v1', name: 'Vosges' }, { id: 'v2', name: null }];
const products = [
  { sku: 'p1', vendor: vendors[0], name: 'Table', status: 'NEW', released: '31/12/1999', tags: [['a', 'b'], null, []], weight: 3 },
  { sku: 'p2', vendor: vendors[1], name: 'Chair', status: 'OLD', released: { year: 2000 }, tags: [], weight: null },
  { sku: 'p3', vendor: vendors[0], name: 'Lamp', status: 'SECRET', released: null, tags: [['c']], weight: 1 },
];
const productOf = ({ sku }: { sku: string }) => products.find((one) => one.sku === sku) ?? null;
const named = (value: { sku?: string; title?: string }) => (value.sku ? 'Product' : value.title ? 'Voucher' : 'Vendor');

const catalogue: ForeignSubgraph = {
  sdl: `${link}
    schema { query: Questions mutation: Changes subscription: Events }
    scalar Date
    scalar Cursor
    enum Status { NEW OLD SECRET @inaccessible }
    enum Currency { EUR CHF }
    interface Named { name: String }
    type Product implements Named @key(fields: "sku vendor { id }") {
      sku: ID! vendor: Vendor! name: String status: Status released: Date tags: [[String!]]! weight: Int
      price(currency: Currency = EUR, factor: Float! = 1): Float
      related(first: Int = 1): [Product!]! failing: String strict: String! strictList: [Int!] internal: String @inaccessible
    }
    type Vendor implements Named @key(fields: "id") { id: ID! name: String @shareable products: [Product!]! }
    type Voucher implements Named { title: String! name: String hidden: Int @inaccessible }
    union Item = Product | Vendor | Voucher
    input Filter { status: Status since: Date cursor: Cursor names: [String!] = ["Table"] not: Filter }
    type Questions {
      product(sku: ID!): Product products(filter: Filter, first: Int = 2): [Product!]! items: [Item!]! named: [Named] matrix: [[Item!]!]
      echo(date: Date, cursor: Cursor, status: Status): String must: Int! text(of: [Int!]! = [1, 2]): String
    }
    type Changes { rename(sku: ID!, name: String!): Product increment(by: Int = 1): Int! break: Int! }
    type Events { ticks: Int }`,
  resolvers: {
    Questions: {
      product: (_: unknown, key: { sku: string }) => productOf(key),
      products: (_: unknown, { filter, first }: any) => products.filter((one) => !filter?.status || one.status === filter.status).filter((one) => !filter?.names || filter.since || filter.names.includes(one.name)).slice(0, first),
      items: () => [products[0], vendors[1], { title: 'Ten' }],
      named: () => [products[1], null, { title: 'Ten', name: 'Voucher of ten' }, vendors[0]],
      matrix: () => [[products[0]], [], [vendors[0], { title: 'Ten' }]],
      echo: (_: unknown, args: object) => JSON.stringify(args),
      must: fail('no'),
      text: (_: unknown, { of }: { of: number[] }) => of.join(),
    },
    Changes: { rename: (_: unknown, { sku, name }: any) => ({ ...productOf({ sku }), name }), increment: (_: unknown, { by }: any) => by + 1, break: fail('broken') },
    Product: {
      __resolveReference: productOf,
      price: ({ weight }: any, { currency, factor }: any) => (weight === null ? null : weight * factor * (currency === 'EUR' ? 10 : 11)),
      related: (_: unknown, { first }: any) => products.slice(0, first),
      failing: fail('it fails'),
      strict: ({ sku }: any) => (sku === 'p2' ? null : 'strict'),
      strictList: ({ sku }: any) => (sku === 'p1' ? [1, null] : [1]),
    },
    Vendor: { __resolveReference: ({ id }: any) => vendors.find((one) => one.id === id), products: ({ id }: any) => products.filter(({ vendor }) => vendor!.id === id) },
    Item: { __resolveType: named },
    Named: { __resolveType: named },
  },
};

const stock: ForeignSubgraph = {
  sdl: `${link}
    type Product @key(fields: "sku vendor { id }") { sku: ID! vendor: Vendor! weight: Int @external stock: Int! shipping: Int @requires(fields: "weight") places: [Place!] }
    type Vendor @key(fields: "id") { id: ID! lead: Int }
    type Place @key(fields: "id") @key(fields: "code country") { id: ID! code: String! country: String! size: Float full: Boolean! }
    type Query { place(id: ID!): Place places: [Place]! }`,
  resolvers: {
    Query: { place: (_: unknown, { id }: any) => (id === 'none' ? null : { id, code: 'A', country: 'FR', size: 1, full: false }), places: () => [{ id: '1', code: 'A', country: 'FR', size: 1.5, full: false }, null, { id: '2', code: 'B', country: 'LU', full: true }] },
    Product: {
      stock: ({ sku }: any) => (sku === 'p3' ? null : 7),
      shipping: ({ weight }: any) => (weight === null ? null : weight * 2),
      places: ({ sku }: any) => (sku === 'p1' ? [{ id: '1', code: 'A', country: 'FR', full: false }] : null),
    },
    Vendor: { lead: ({ id }: any) => id.length },
    Place: { __resolveReference: (key: any) => ({ id: '1', code: 'A', country: 'FR', size: 2, full: false, ...key }) },
  },
};

const reviews: ForeignSubgraph = {
  sdl: `${link}
    scalar DateTime
    enum Rating { GOOD BAD }
    type Review @key(fields: "id") { id: ID! body: String at: DateTime rating: Rating author: User product: Product! quick: User @provides(fields: "name") }
    type User @key(fields: "id") { id: ID! name: String @external reviews: [Review!]! }
    type Product @key(fields: "sku vendor { id }") { sku: ID! vendor: Vendor! reviews(first: Int = 2): [Review!]! best: Review }
    type Vendor @key(fields: "id") { id: ID! }
    type Query { reviews: [Review!]! review(id: ID!): Review }`,
  resolvers: (() => {
    const all = [1, 2, 3, 4].map((n) => ({
      id: `r${n}`, body: n === 2 ? null : `Review ${n}`, at: n * 1000, rating: n % 2 ? 'GOOD' : 'BAD', author: { id: `u${n}` }, quick: { id: `u${n}`, name: `Quick ${n}` },
      product: { sku: n === 4 ? 'gone' : `p${n}`, vendor: { id: 'v1' } },
    }));
    return {
      Query: { reviews: () => all, review: (_: unknown, { id }: any) => all.find((one) => one.id === id) },
      Review: { __resolveReference: ({ id }: any) => all.find((one) => one.id === id) },
      User: { reviews: ({ id }: any) => all.filter(({ author }) => author.id === id) },
      Product: { reviews: (_: unknown, { first }: any) => all.slice(0, first), best: ({ sku }: any) => all.find(({ product }) => product.sku === sku) ?? null },
    };
  })(),
};

const accounts: ForeignSubgraph = {
  sdl: `${link}
    type User @key(fields: "id") { id: ID! name: String @shareable email: String! friends: [User!]! born: Date }
    scalar Date
    type Query { me: User user(id: ID!): User }`,
  resolvers: (() => {
    const user = ({ id }: { id: string }) => {
      if (id === 'u3') throw new Error('no such luck');
      return id === 'u4' ? null : { id, name: `User ${id}`, email: id === 'u2' ? null : `${id}@example.org`, born: 19991231 };
    };
    return {
      Query: { me: () => user({ id: 'u1' }), user: (_: unknown, key: { id: string }) => user(key) },
      User: { __resolveReference: user, friends: () => [user({ id: 'u1' }), user({ id: 'u5' })] },
    };
  })(),
};

/** By name; a name is any text. */
export const shop: Record<string, ForeignSubgraph> = { catalogue, 'stock.v2': stock, 'customer-reviews': reviews, accounts };
