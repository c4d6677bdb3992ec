import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serveForeign, type ForeignSubgraph, type ForeignSubgraphs } from '../testkit/foreign';
import { post } from '../testkit/hub';
import { count, load } from '../testkit/load';
import { run, type Running } from '../testkit/processes';
import { shop } from './shop';

// A gateway whose supergraph changes while readers ask, by its file and by its subgraphs.

const folder = mkdtempSync(join(tmpdir(), 'reload-'));
const file = join(folder, 'supergraph.graphql');
let subgraphs: ForeignSubgraphs;
/** The supergraph with what the first tests add. */
let wider: string;
/** Follows the file; follows the subgraphs; lets queries break. */
let filed: Running, polled: Running, careless: Running;
const endpoints = new Map<Running, string>();
beforeAll(async () => {
  subgraphs = await serveForeign(shop);
  writeFileSync(file, subgraphs.supergraph());
  wider = withChanged('accounts', withAge);
  const safelist = join(folder, 'safelist.graphql');
  writeFileSync(safelist, 'query Me { me { name } }');
  const start = (more: Record<string, string>) => run('gateway/main.js', { SUPERGRAPH_PATH: file, PORT: '0', ...more });
  filed = start({ SAFELIST_FILE: safelist });
  polled = start({ SUPERGRAPH_WATCH: 'false', SUPERGRAPH_POLL_SECONDS: '0.5' });
  careless = start({ SUPERGRAPH_BREAKING: 'allow' });
  for (const one of [filed, polled, careless]) endpoints.set(one, (await one.says(/ready at (\S+)/))[1]!);
});
afterEach(async () => {
  for (const [name, subgraph] of Object.entries({ ...shop, accounts: withAge })) subgraphs.replace(name, subgraph);
});
afterAll(async () => {
  for (const { child } of endpoints.keys()) child.kill('SIGTERM');
  expect(await Promise.all([...endpoints.keys()].map(({ ended }) => ended))).toEqual([0, 0, 0]);
  await subgraphs.close();
  rmSync(folder, { recursive: true });
});

const ask = (one: Running, query: string) => post(endpoints.get(one)!, query);
/** Writes another file and puts it in the place of the old one at once. */
function put(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
function changed({ sdl, resolvers }: ForeignSubgraph, from: string, to: string): ForeignSubgraph {
  if (!sdl.includes(from)) throw new Error(`There is no ${from} to change.`);
  return { sdl: sdl.replace(from, to), resolvers };
}
/** The supergraph with another version of a subgraph. */
const withChanged = (name: string, subgraph: ForeignSubgraph): string => subgraphs.supergraph({ [name]: subgraph });
const { accounts, 'stock.v2': stock } = shop as Record<'accounts' | 'stock.v2', ForeignSubgraph>;
const withAge = changed(accounts, 'email: String!', 'email: String! age: Int');
/** Waits until a query is answered without errors; how long that took, in milliseconds. */
async function answered(one: Running, query: string): Promise<number> {
  const begun = performance.now();
  while ((await ask(one, query)).errors) {
    if (performance.now() - begun > 10_000) throw new Error(`Never without errors: ${query}\n${one.output}`);
    await pause(20);
  }
  return performance.now() - begun;
}
/** What a process says after the work, in place of what it said before. */
async function saysThen(one: Running, work: () => unknown, pattern: RegExp): Promise<string> {
  const from = one.output.length;
  await work();
  for (let tries = 0; tries < 200; tries++) {
    // The log has its message last; here it stands first.
    const found = one.output.slice(from).replaceAll(/^(.*)"message":"([^"]*)"(.*)$/gm, '$2 $1$3').match(pattern);
    if (found) return found[0];
    await pause(50);
  }
  throw new Error(`It never said ${pattern}: ${one.output.slice(from)}`);
}

const QUERY = '{ me { name reviews { body product { name stock } } } }';
const NEW = '{ me { name age } }';

it.each([
  ['its subgraphs', () => polled, () => undefined],
  ['its file', () => filed, () => put(wider)],
])('under load, no answer is lost or wrong with a change of %s, and what is new is answered within 2 s', async (_, of, change) => {
  const one = of();
  expect((await ask(one, NEW)).errors?.[0]?.message).toMatch('age');
  const expected = (await post<any>(endpoints.get(one)!, QUERY)).data;
  expect(expected.me.reviews[0].product).toEqual({ name: 'Table', stock: 7 });
  // Queries that differ, so that some have no plan yet when the supergraph changes.
  const driven = load(endpoints.get(one)!, (number) => `query Q${number % 30} ${QUERY}`, 60);
  await pause(700);
  subgraphs.replace('accounts', withAge);
  change();
  expect(await answered(one, NEW)).toBeLessThan(2000);
  await pause(700);
  const samples = await driven.stop();
  expect(samples.length).toBeGreaterThan(60);
  expect(count(samples.map(({ status }) => status))).toEqual({ 200: samples.length });
  for (const { data, errors } of samples) {
    expect(errors).toEqual([]);
    expect(data).toEqual(expected);
  }
});

it.each([
  ['a file that is no GraphQL', () => 'type Query {', /not taken[^\n]*Syntax Error/],
  ['a file that is no supergraph', () => 'type Query { me: Int }', /not taken[^\n]*supergraph/i],
  ['an empty file', () => '', /not taken[^\n]*Syntax Error/],
  ['rights that the hub does not enforce', () => wider.replace('schema\n', 'schema @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)\n'), /not taken[^\n]*policy/],
  ['a field less', () => withChanged('accounts', changed(withAge, 'email: String!', '')), /not taken[^\n]*User\.email was removed/],
  ['an operation of the safelist less', () => withChanged('accounts', changed(withAge, 'me: User', 'myself: User')), /not taken[^\n]*SAFELIST_FILE/],
  ['a subgraph without an address', () => wider.replaceAll(subgraphs.addresses.accounts!, 'nowhere'), /not taken[^\n]*accounts/],
])('%s is not taken: the last good one stays, and the log says why', async (_, text, pattern) => {
  await saysThen(filed, () => put(text()), pattern);
  expect(await ask(filed, '{ me { name email } }')).toMatchObject({ status: 200, data: { me: { email: 'u1@example.org' } } });
});

it('a field less is taken where the operator allows it, and comes back', async () => {
  put(wider);
  await answered(careless, '{ me { email } }');
  put(withChanged('accounts', changed(withAge, 'email: String!', '')));
  for (let tries = 0; !(await ask(careless, '{ me { email } }')).errors && tries < 200; tries++) await pause(50);
  expect((await ask(careless, '{ me { email } }')).errors?.[0]?.message).toMatch('email');
  put(wider);
  await answered(careless, '{ me { email } }');
});

it('subgraphs that do not compose leave the last good supergraph, until they do', async () => {
  const said = await saysThen(polled, () => subgraphs.replace('stock.v2', changed(stock, 'lead: Int', 'lead: Int name: Int @shareable')), /not taken[^\n]*/);
  expect(said).toMatch(/do not compose[^\n]*Vendor\.name/);
  expect(await ask(polled, '{ product(sku: "p1") { stock shipping } }')).toMatchObject({ data: { product: { stock: 7, shipping: 6 } } });
  subgraphs.replace('stock.v2', changed(stock, 'stock: Int!', 'stock: Int! reserved: Int'));
  await answered(polled, '{ product(sku: "p1") { stock reserved } }');
});

it('a field that gets a scope is closed with the reload, and opened with the next', async () => {
  const scoped = withChanged('accounts', changed(changed(withAge, '"@key"', '"@key", "@requiresScopes"'), 'born: Date', 'born: Date @requiresScopes(scopes: [["births:read"]])'));
  expect(scoped).toMatch('for: SECURITY');
  put(wider);
  expect((await ask(filed, '{ me { name born } }')).data).toEqual({ me: { name: 'User u1', born: 19991231 } });
  // Asked all the while: the very document is known already, its plan too.
  const driven = load(endpoints.get(filed)!, '{ me { name born } }', 50);
  await saysThen(filed, () => put(scoped), /a new supergraph is served/);
  const closed = driven.now();
  await pause(500);
  const samples = await driven.stop();
  for (const { data, errors } of samples) expect([JSON.stringify(data), errors.length]).toEqual(data.me.born === null ? ['{"me":{"name":"User u1","born":null}}', 1] : ['{"me":{"name":"User u1","born":19991231}}', 0]);
  const after = samples.filter(({ at }) => at > closed);
  expect(after.length).toBeGreaterThan(10);
  expect(after.filter(({ data }) => data.me.born !== null)).toEqual([]);
  put(wider);
  await answered(filed, '{ me { name born } }');
});

it('a subgraph that left the supergraph leaves /health/ready and the metrics, and is reached again when it is back', async () => {
  // What answers there is another subgraph, as good as any for being up.
  subgraphs.addresses.extra = subgraphs.addresses.accounts!;
  const withExtra = subgraphs.supergraph({ extra: { sdl: 'type Query { extra: Int }', resolvers: {} } });
  const at = (path: string) => fetch(new URL(path, endpoints.get(careless)!));
  const subgraphsOf = async () => ((await (await at('/health/ready')).json()) as { subgraphs: Record<string, { status: string }> }).subgraphs;
  const breakers = async () => [...(await (await at('/metrics')).text()).matchAll(/^hub_breaker_open\{subgraph="([^"]*)"/gm)].map(([, name]) => name);
  const settled = async (text: string) => {
    await saysThen(careless, () => put(text), /a new supergraph is served/);
    // What was found is told again for a second.
    await pause(1100);
  };
  for (let times = 0; times < 2; times++) {
    await settled(withExtra);
    expect(await subgraphsOf()).toMatchObject({ extra: { status: 'up' }, accounts: { status: 'up' } });
    expect(await breakers()).toContain('extra');
    await settled(wider);
    const left = Object.keys(await subgraphsOf());
    expect(left.sort()).toEqual(Object.keys(shop).sort());
    expect((await breakers()).sort()).toEqual(left);
  }
});
