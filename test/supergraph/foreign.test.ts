import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { serveForeign, type ForeignSubgraphs } from '../testkit/foreign';
import { post } from '../testkit/hub';
import { run, type Running } from '../testkit/processes';
import { shop } from './shop';

// The gateway alone, as a process, over a supergraph that is not the hub's, beside Apollo's own gateway over the same subgraphs.

const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
let subgraphs: ForeignSubgraphs;
let stock: ApolloServer;
let process: Running;
let endpoint: string;
beforeAll(async () => {
  subgraphs = await serveForeign(shop);
  const supergraphSdl = subgraphs.supergraph();
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, supergraphSdl);
  stock = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, logger: { debug() {}, info() {}, warn() {}, error() {} } }), stopOnTerminationSignals: false });
  await stock.start();
  process = run('gateway/main.js', { SUPERGRAPH_PATH: file, PORT: '0' });
  endpoint = (await process.says(/ready at (\S+)/))[1]!;
});
afterAll(async () => {
  process.child.kill('SIGTERM');
  expect(await process.ended).toBe(0);
  await stock.stop();
  await subgraphs.close();
  rmSync(folder, { recursive: true });
});

type Asked = { data?: unknown; errors: string[] };
const pathsOf = (errors: readonly { path?: readonly (string | number)[] | undefined }[] = []) => errors.map(({ path }) => (path ?? []).join('.')).sort();
async function byStock(query: string, variables: Record<string, unknown>): Promise<Asked> {
  const { body } = await stock.executeOperation({ query, variables });
  if (body.kind !== 'single') throw new Error('It came in parts.');
  const { data, errors } = JSON.parse(JSON.stringify(body.singleResult)) as { data?: unknown; errors?: [] };
  return { data: data ?? null, errors: pathsOf(errors) };
}
async function byHub(query: string, variables: Record<string, unknown>): Promise<Asked> {
  const { data, errors } = await post<unknown>(endpoint, query, { variables });
  return { data: data ?? null, errors: pathsOf(errors) };
}

const QUERIES: [query: string, variables?: Record<string, unknown>][] = [
  ['{ product(sku: "p1") { sku name } }'],
  ['{ product(sku: "none") { sku stock } }'],
  ['{ product(sku: "p1") { stock shipping reviews { id } } }'],
  ['{ product(sku: "p2") { stock shipping price } }'],
  ['{ product(sku: "p3") { name stock } }'],
  ['{ products(first: 3) { sku stock } }'],
  ['{ products { sku places { id size full } } }'],
  ['{ products(first: 3) { sku status released tags weight } }'],
  ['{ products(filter: {since: "whenever"}, first: 3) { sku reviews { body rating at author { name } } } }'],
  ['{ product(sku: "p1") { price cheap: price(factor: 0.5) swiss: price(currency: CHF) } }'],
  ['{ product(sku: "p1") { failing name } }'],
  ['{ products(filter: {since: 1}, first: 3) { sku failing } }'],
  ['{ product(sku: "p2") { strict name } }'],
  ['{ products(filter: {since: 1}, first: 3) { strict } }'],
  ['{ product(sku: "p1") { strictList name } }'],
  ['{ must }'],
  ['{ must product(sku: "p1") { name } }'],
  ['{ a: product(sku: "p1") { name } b: product(sku: "p2") { stock } c: place(id: 7) { size full } }'],
  ['{ items { __typename ... on Product { sku stock } ... on Vendor { id lead } ... on Voucher { title } } }'],
  ['{ items { ... on Named { name } ... on Product { reviews(first: 1) { id } } } }'],
  ['{ named { __typename name ... on Product { shipping } ... on Vendor { lead products { sku stock } } } }'],
  ['{ matrix { __typename ... on Product { tags places { code } } ... on Vendor { name } } }'],
  ['{ places { id code country size full } }'],
  ['{ place(id: "none") { id } }'],
  ['{ reviews { id author { id name email } } }'],
  ['{ reviews { id author { id name } } }'],
  ['{ reviews { quick { name } } }'],
  ['{ reviews { quick { name email } } }'],
  ['{ reviews { product { sku name } } }'],
  ['{ reviews { product { vendor { id name lead } stock } } }'],
  ['{ review(id: "r1") { author { friends { name reviews { body } born } } } }'],
  ['{ review(id: "r3") { body author { name } } }'],
  ['{ review(id: "r4") { body author { name } product { name stock } } }'],
  ['{ me { name reviews { product { name related(first: 2) { name stock } } } } }'],
  ['{ user(id: "u3") { name } me { name } }'],
  ['{ user(id: "u2") { name email } me { name } }'],
  ['query($sku: ID!) { product(sku: $sku) { name best { body author { name } } } }', { sku: 'p1' }],
  ['query($sku: ID = "p2") { product(sku: $sku) { name } }'.replace('ID =', 'ID! ='), {}],
  ['query($first: Int = 1, $f: Filter) { products(first: $first, filter: $f) { name } }', { f: { status: 'OLD', names: null } }],
  ['query($first: Int) { products(first: $first) { name } }', {}],
  ['query($d: Date, $c: Cursor) { echo(date: $d, cursor: $c) }', { d: { any: ['thing', 1] }, c: 12 }],
  ['{ echo(date: "not a day", cursor: 12, status: NEW) }'],
  ['{ echo(date: {a: [1]}) }'],
  ['{ echo(status: SECRET) }'],
  ['query($s: Status) { echo(status: $s) }', { s: 'SECRET' }],
  ['query($f: Filter) { products(filter: $f) { name } }', { f: { not: { since: 3, not: { names: [] } } } }],
  ['query($no: Boolean!, $yes: Boolean!) { product(sku: "p1") { name @skip(if: $yes) stock @include(if: $no) sku ...F @include(if: $yes) } } fragment F on Product { shipping weight }', { no: false, yes: true }],
  ['query($no: Boolean!) { reviews { id ... @include(if: $no) { author { email } } product @skip(if: true) { name } } }', { no: false }],
  ['fragment P on Product { sku ...Q } fragment Q on Product { places { ...R } best { ...S } } fragment R on Place { size } fragment S on Review { id product { name } } { products { ...P } }'],
  ['{ text other: text(of: [3]) }'],
  ['{ text(of: 5) }'],
  ['{ __typename product(sku: "p1") { __typename vendor { __typename id } } }'],
  ['{ __schema { queryType { name } mutationType { name } types { name kind enumValues { name } } } __type(name: "Product") { fields { name type { name kind ofType { name } } } } }'],
  ['mutation { rename(sku: "p1", name: "Desk") { name stock reviews { id } } }'],
  ['mutation { a: increment b: increment(by: 4) }'],
  ['mutation { increment break }'],
  ['mutation { rename(sku: "none", name: "x") { name } }'],
  ['{ product(sku: "p1") { internal } }'],
  ['{ product { name } }'],
  ['{ nothing }'],
  ['query($sku: ID!) { product(sku: $sku) { name } }', {}],
  ['subscription { ticks }'],
];

it.each(QUERIES)('%s', async (query, variables = {}) => {
  const expected = await byStock(query, variables);
  expect(await byHub(query, variables)).toEqual(expected);
  // What was asked before is answered another way.
  if (!query.startsWith('mutation')) expect(await byHub(query, variables)).toEqual(expected);
});

it('has been compared in answers, whole and partial, more than in refusals', async () => {
  const answers = await Promise.all(QUERIES.map(([query, variables = {}]) => byStock(query, variables)));
  const answered = answers.filter(({ data }) => data !== null);
  expect(answered.length).toBeGreaterThan(40);
  expect(answered.filter(({ errors }) => errors.length > 0).length).toBeGreaterThan(8);
});

it('sends foreign subgraphs no token, and what a reader sent to the hub neither', async () => {
  await post(endpoint, '{ me { name } }');
  expect(subgraphs.requests.length).toBeGreaterThan(0);
  expect(subgraphs.requests.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
});

it('is ready with its own subgraphs', async () => {
  const response = await fetch(new URL('/health/ready', endpoint));
  expect(response.status).toBe(200);
  expect(Object.keys(((await response.json()) as { subgraphs: object }).subgraphs).sort()).toEqual(Object.keys(shop).sort());
});
