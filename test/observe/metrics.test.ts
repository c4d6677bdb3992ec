import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { log } from '../../shared/log';
import { get, useHub } from '../testkit/hub';

const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
const listed = join(folder, 'listed.graphql');
writeFileSync(listed, 'query Listed { __typename }');
afterAll(() => rmSync(folder, { recursive: true }));
const hub = useHub({ CACHE_BYTES: '1000000', LIMIT_DEPTH: 'measure:1', LIMIT_BODY: '5000', SAFELIST_FILE: listed });
const scrape = async () => (await fetch(`${hub.hub.url}/metrics`)).text();
/** The value of a series; undefined where there is none. */
const valueOf = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};
const send = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${hub.hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

it('counts what was asked, by whom, how it went and where it came from', async () => {
  const client = { 'apollographql-client-name': 'dashboard', authorization: `Bearer ${await hub.partner([['ADMIN']])}` };
  const query = 'query Places($id: ID!) { territory(id: $id) { id labels { id } } }';
  for (let count = 0; count < 2; count++) expect((await send({ query, variables: { id: 'nuts-dec0' } }, client)).status).toBe(200);
  expect((await send({ query: '{ nothing }' }, { 'x-client-name': 'another' })).status).toBe(400);
  expect((await send({ query: '{' })).status).toBe(400);
  expect((await send({ query: `#${'x'.repeat(6000)}` })).status).toBe(413);
  const text = await scrape();
  expect(valueOf(text, 'hub_requests_total{operation="Places",client="dashboard",status="2xx"}')).toBe(2);
  expect(valueOf(text, 'hub_requests_total{operation="anonymous",client="other",status="4xx"}')).toBe(1);
  expect(valueOf(text, 'hub_requests_total{operation="anonymous",client="unnamed",status="4xx"}')).toBe(2);
  expect(valueOf(text, 'hub_request_duration_seconds_count{operation="Places"}')).toBe(2);
  expect(valueOf(text, 'hub_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
  expect(valueOf(text, 'hub_errors_total{code="LIMIT_EXCEEDED"}')).toBe(1);
  expect(valueOf(text, 'hub_limits_exceeded_total{limit="depth",mode="measure"}')).toBe(2);
  expect(valueOf(text, 'hub_limits_exceeded_total{limit="body",mode="enforce"}')).toBe(1);
  expect(valueOf(text, 'hub_cache_answers_total{result="miss"}')).toBe(1);
  expect(valueOf(text, 'hub_cache_answers_total{result="hit"}')).toBe(1);
  expect(valueOf(text, 'hub_fetch_duration_seconds_count{subgraph="territories"}')).toBe(1);
  expect(valueOf(text, 'hub_breaker_open{subgraph="jobs"}')).toBe(0);
  expect(valueOf(text, 'hub_requests_in_flight')).toBe(0);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
});

describe('names that clients choose', () => {
  const labels = async (name: string) => [...new Set([...(await scrape()).matchAll(new RegExp(`^hub_requests_total\\{.*${name}="([^"]*)"`, 'gm'))].map(([, value]) => value!))];
  const robot = (count: number) => ({ 'x-client-name': `robot ${count} ${'x'.repeat(100)}` });

  it('of strangers are not told apart, so that they leave the place to those of the hub’s own lists and of partners', async () => {
    for (let count = 0; count < 260; count++) await send({ query: `query Invented${count} { __typename }` }, robot(count));
    expect((await labels('operation')).filter((name) => name.startsWith('Invented'))).toEqual([]);
    expect((await labels('client')).filter((name) => name.startsWith('robot'))).toEqual([]);
    const key = await hub.partner([['ADMIN']]);
    await send({ query: 'query Listed { __typename }' });
    await send({ query: 'query HiringNow { __typename }' });
    await send({ query: 'query OfPartner { __typename }' }, { 'x-client-name': 'partner', authorization: `Bearer ${key}` });
    expect(await labels('operation')).toEqual(expect.arrayContaining(['Listed', 'HiringNow', 'OfPartner', 'other']));
    expect(await labels('client')).toEqual(expect.arrayContaining(['partner', 'other']));
  });

  it('of partners are some hundred, and of a bounded length', async () => {
    const authorization = `Bearer ${await hub.partner([['ADMIN']])}`;
    for (let count = 0; count < 260; count++) await send({ query: `query Made${count} { __typename }` }, { ...robot(count), authorization });
    for (const name of ['operation', 'client']) {
      const values = await labels(name);
      // Beside those of the lists, and those that stand for what is not named.
      expect(values.filter((value) => /^(Made|robot)/.test(value)).length).toBeGreaterThan(100);
      expect(values.length).toBeLessThanOrEqual(205);
      for (const value of values) expect(value.length).toBeLessThanOrEqual(60);
    }
    // What is listed keeps its name all the same.
    await send({ query: 'query Dashboard { __typename }' });
    expect(await labels('operation')).toContain('Dashboard');
  });
});

it('tells what operations cost, in the metrics and on the log', async () => {
  const lines: { operation: string; cost?: object }[] = [];
  const told = jest.spyOn(log, 'debug').mockImplementation((line: unknown) => void lines.push(line as (typeof lines)[number]));
  const before = await scrape();
  const spent = (text: string, kind: string) => valueOf(text, `hub_operation_cost_points_sum{kind="${kind}"}`) ?? 0;
  const times = (text: string, kind: string) => valueOf(text, `hub_operation_cost_points_count{kind="${kind}"}`) ?? 0;
  const query = 'query Costs { territories(first: 50, filter: {ids: ["nuts-dec0"]}) { nodes { id } } }';
  const body = (await (await send({ query, extensions: { cost: true } })).json()) as { data: unknown; extensions: { cost: { estimated: number; actual: number } } };
  told.mockRestore();
  const { estimated, actual } = body.extensions.cost;
  expect(actual).toBeLessThan(estimated);
  const after = await scrape();
  expect(spent(after, 'estimated') - spent(before, 'estimated')).toBe(estimated);
  expect(spent(after, 'actual') - spent(before, 'actual')).toBe(actual);
  expect(times(after, 'actual') - times(before, 'actual')).toBe(1);
  expect(lines.find(({ operation }) => operation === 'Costs')).toMatchObject({ cost: { estimated, actual } });
});

it('tells of the SQL connections of this process', async () => {
  const { db } = hub.hub.running.get('jobs')!;
  const jobs = (text: string, what: string) => valueOf(text, `hub_sql_${what}{schema="jobs",pool="reads"}`);
  // Twelve statements for the eight connections of readers, each until it is let go.
  const sleeping = Promise.all(Array.from({ length: 12 }, () => db.rows(sql`select pg_sleep(1)`)));
  let busy = '';
  for (let tries = 0; tries < 40 && jobs(busy, 'waiting') !== 4; tries++) busy = await scrape();
  expect([jobs(busy, 'connections'), jobs(busy, 'connections_idle'), jobs(busy, 'waiting')]).toEqual([8, 0, 4]);
  await sleeping;
  const after = await scrape();
  expect([jobs(after, 'connections_idle'), jobs(after, 'waiting')]).toEqual([8, 0]);
  for (const pool of ['reads', 'writes']) expect(valueOf(after, `hub_sql_connections{schema="access",pool="${pool}"}`)).toBeGreaterThanOrEqual(0);
});

it('holds no variables, keys or texts of queries', async () => {
  const key = await hub.partner([['ADMIN']]);
  const query = 'query Secret($id: ID!) { territory(id: $id) { secretAlias: name } }';
  expect((await hub.ask(query, { key, variables: { id: 'secret-variable' } })).status).toBe(200);
  const text = await scrape();
  expect(text).not.toMatch(/secret-variable|secretAlias|hub_[A-Za-z0-9]{6,}_[A-Za-z0-9]{10}/);
  expect(text).not.toContain(key);
});

it('is not for what a proxy passes on', async () => {
  expect((await fetch(`${hub.hub.url}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(404);
});

it('an answer bears the request’s id: the client’s own if it is a sane one', async () => {
  const ids = await Promise.all(['from-the-client-1', 'bad id\t"', 'x'.repeat(500)].map(async (id) => (await get(`${hub.hub.url}/graphql`, '{ __typename }', { 'x-request-id': id })).headers.get('x-request-id')));
  expect(ids).toEqual(['from-the-client-1', expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

describe('METRICS=false', () => {
  const without = useHub({ METRICS: 'false' });
  it('leaves it out', async () => {
    expect((await fetch(`${without.hub.url}/metrics`)).status).toBe(404);
    expect((await without.ask('{ __typename }')).status).toBe(200);
  });
});
