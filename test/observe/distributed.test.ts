import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { post, useHub } from '../testkit/hub';
import { useDistributed } from '../testkit/distributed';
import { run } from '../testkit/processes';

// What processes of the build tell of themselves: the log, and traces that go to a collector.

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** The process that made it. */
  process: string;
  attributes: { key: string; value: { stringValue?: string } }[];
}

const attribute = ({ attributes }: Pick<Span, 'attributes'>, name: string) => attributes.find(({ key }) => key === name)?.value.stringValue;

/** What the collector was sent, as it came and as spans. */
const spans: Span[] = [];
let sent = '';
let collector: Server;
const traced: Record<string, string> = { LOG_LEVEL: 'debug' };

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk)).on('end', () => {
      sent += body;
      for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
        for (const scope of scopeSpans) spans.push(...scope.spans.map((span: Span) => ({ ...span, process: attribute(resource, 'service.name') })));
      }
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  traced.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => collector.close(resolve)));

const together = useHub();
const hub = useDistributed(together, traced);

const QUERY = 'query Traced($id: ID!) { territory(id: $id) { id name startups(first: 1) { totalCount } } }';
const newTrace = () => randomBytes(16).toString('hex');
const ask = (endpoint: string, trace: string, headers: Record<string, string> = {}) =>
  fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${trace}-00f067aa0ba902b7-01`, ...headers },
    body: JSON.stringify({ query: QUERY, variables: { id: 'fr-commune-57463' } }),
  });

/** The spans of a trace, once there is one of each kind. */
async function spansOf(trace: string): Promise<{ request: Span; fetches: Span[]; statements: Span[] }> {
  for (let tries = 0; tries < 100; tries++) {
    const own = spans.filter(({ traceId }) => traceId === trace);
    const request = own.find(({ name }) => name === 'Traced');
    const fetches = own.filter(({ name }) => name === 'gateway.fetch');
    const statements = own.filter((span) => attribute(span, 'db.system.name'));
    if (request && fetches.length >= 2 && new Set(statements.map(({ parentSpanId }) => parentSpanId)).size >= 2) return { request, fetches, statements };
    await pause(100);
  }
  throw new Error(`The collector has ${JSON.stringify(spans.filter(({ traceId }) => traceId === trace))} of ${trace}.`);
}

/** The lines of the log with a message. */
const linesOf = (output: string, message: string) => output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).filter((line) => line.message === message);

async function expectTrace(endpoint: string, processOf: (subgraph: string) => string): Promise<void> {
  const trace = newTrace();
  const response = await ask(endpoint, trace);
  expect((await response.json() as any).errors).toBeUndefined();
  const { request, fetches, statements } = await spansOf(trace);
  expect(request.parentSpanId).toBe('00f067aa0ba902b7');
  expect(fetches.map((fetch) => attribute(fetch, 'service'))).toEqual(expect.arrayContaining(['territories', 'startups']));
  for (const fetch of fetches) {
    const way = [fetch];
    while (way[0]!.parentSpanId !== request.parentSpanId) way.unshift(spans.find(({ spanId }) => spanId === way[0]!.parentSpanId)!);
    expect(way[0]).toBe(request);
  }
  for (const statement of statements) {
    expect(statement.name).toMatch(/^(SELECT|WITH) \w+$/);
    const parent = fetches.find(({ spanId }) => spanId === statement.parentSpanId)!;
    expect(parent).toBeDefined();
    expect(statement.process).toBe(processOf(attribute(parent, 'service')!));
  }
  expect(sent).not.toMatch(/fr-commune-57463|totalCount/);
}

it('a request is a trace: the gateway’s span, its fetches, and their statements in the subgraphs', async () => {
  await expectTrace(hub.gateway, (subgraph) => subgraph);
});

it('the log tells of a request with its ids, in the gateway', async () => {
  const trace = newTrace();
  await ask(hub.gateway, trace, { 'x-request-id': 'the-clients-own', 'apollographql-client-name': 'dashboard' });
  const { output } = hub.processes.get('gateway')!;
  expect(linesOf(output, 'request')).toContainEqual(expect.objectContaining({ level: 'debug', operation: 'Traced', client: 'dashboard', status: 200, requestId: 'the-clients-own', traceId: trace }));
  expect(output).not.toMatch(/fr-commune-57463|totalCount/);
});

it('an error that nobody foresaw has an id, and the log of its process the rest under it; no variable, key or query', async () => {
  const key = await together.partner([['ADMIN']]);
  const client = new Client({ connectionString: together.databaseUrl });
  await client.connect();
  try {
    await client.query('alter table startups.startup rename to away');
    const { errors, status } = await post<any>(hub.gateway, 'query Broken($id: ID!) { startup(id: $id) { id secretAlias: name } }', { variables: { id: 'secret-variable' }, key });
    expect(status).toBe(200);
    const { extensions, message } = errors![0]!;
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String), service: 'startups' });
    expect(message).not.toMatch(/relation|select/i);
    const { output } = hub.processes.get('startups')!;
    const [line] = linesOf(output, 'unforeseen error').filter(({ id }) => id === extensions!.id);
    expect(line).toMatchObject({ level: 'error', requestId: expect.any(String), traceId: expect.stringMatching(/^[0-9a-f]{32}$/), error: { message: expect.stringContaining('startup') } });
    const gateway = hub.processes.get('gateway')!.output;
    expect(linesOf(gateway, 'request')).toContainEqual(expect.objectContaining({ level: 'info', operation: 'Broken', requestId: line.requestId, traceId: line.traceId, codes: ['INTERNAL_SERVER_ERROR'] }));
    for (const text of [output, gateway, sent]) {
      expect(text).not.toMatch(/secret-variable|secretAlias/);
      expect(text).not.toContain(key);
    }
  } finally {
    await client.query('alter table startups.away rename to startup');
    await client.end();
  }
});

it('a hub in one process has the same traces', async () => {
  const alone = run('gateway/hub.js', { ...traced, DATABASE_URL: together.databaseUrl, PORT: '0' });
  try {
    const [, address] = await alone.says(/GraphQL +(\S+)/);
    await expectTrace(address!, () => 'hub');
  } finally {
    alone.child.kill('SIGTERM');
  }
  expect(await alone.ended).toBe(0);
});

// The Apollo gateway loads the SDK of metrics whatever it is told.
it('without a collector nothing of the SDK of traces is loaded, and `silent` is silent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-loaded-'));
  const probe = join(folder, 'probe.js');
  writeFileSync(probe, "process.on('exit', () => console.log('LOADED', Object.keys(require.cache).filter((file) => /opentelemetry\\/(sdk-trace|exporter-trace)/.test(file)).length, Object.keys(require.cache).length));");
  const loadedBy = async (environment: Record<string, string>): Promise<[sdk: number, all: number, log: string[]]> => {
    const alone = run('gateway/hub.js', { DATABASE_URL: together.databaseUrl, PORT: '0', NODE_OPTIONS: `--require=${probe}`, ...environment });
    const [, address] = await alone.says(/GraphQL +(\S+)/);
    expect((await post(address!, '{ __typename')).status).toBe(400);
    alone.child.kill('SIGTERM');
    expect(await alone.ended).toBe(0);
    const [, sdk, all] = alone.output.match(/LOADED (\d+) (\d+)/)!;
    return [Number(sdk), Number(all), alone.output.split('\n').filter((line) => line.startsWith('{'))];
  };
  try {
    const [sdk, all, lines] = await loadedBy({ LOG_LEVEL: 'silent' });
    expect(sdk).toBe(0);
    expect(all).toBeGreaterThan(100);
    expect(lines).toEqual([]);
    // The probe sees it where it is.
    expect((await loadedBy(traced))[0]).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
