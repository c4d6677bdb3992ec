import { get, useHub } from '../testkit/hub';

const hub = useHub({ CACHE_BYTES: '1000000', LIMIT_DEPTH: 'measure:1', LIMIT_BODY: '5000' });
const scrape = async () => (await fetch(`${hub.hub.url}/metrics`)).text();
/** The value of a series; undefined where there is none. */
const valueOf = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};
const send = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${hub.hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

it('counts what was asked, by whom, how it went and where it came from', async () => {
  const client = { 'apollographql-client-name': 'dashboard' };
  const query = 'query Places($id: ID!) { territory(id: $id) { id labels { id } } }';
  for (let count = 0; count < 2; count++) expect((await send({ query, variables: { id: 'nuts-dec0' } }, client)).status).toBe(200);
  expect((await send({ query: '{ nothing }' }, { 'x-client-name': 'another' })).status).toBe(400);
  expect((await send({ query: '{' })).status).toBe(400);
  expect((await send({ query: `#${'x'.repeat(6000)}` })).status).toBe(413);
  const text = await scrape();
  expect(valueOf(text, 'hub_requests_total{operation="Places",client="dashboard",status="2xx"}')).toBe(2);
  expect(valueOf(text, 'hub_requests_total{operation="anonymous",client="another",status="4xx"}')).toBe(1);
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

it('tells some hundred names apart, however many clients make up', async () => {
  for (let count = 0; count < 260; count++) await send({ query: `query Invented${count} { __typename }` }, { 'x-client-name': `robot ${count} ${'x'.repeat(100)}` });
  const text = await scrape();
  const labels = (name: string) => new Set([...text.matchAll(new RegExp(`^hub_requests_total\\{.*${name}="([^"]*)"`, 'gm'))].map(([, value]) => value!));
  for (const name of ['operation', 'client']) {
    const values = labels(name);
    expect(values).toContain('other');
    expect(values.size).toBeLessThanOrEqual(201);
    for (const value of values) expect(value.length).toBeLessThanOrEqual(60);
  }
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
