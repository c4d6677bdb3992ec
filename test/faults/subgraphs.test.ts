import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { useDistributed } from '../testkit/distributed';
import { post, useHub } from '../testkit/hub';
import { count, load, type Sample } from '../testkit/load';
import { registration } from '../testkit/startups';
import { startProxy, type Mischief } from '../testkit/proxy';

// Subgraphs and gateway as processes; one of them is killed, stalled, slowed down or lies while readers go on to ask.

const DEADLINE = 2;
const together = useHub();
let proxy: Awaited<ReturnType<typeof startProxy>>;
const apart = useDistributed(together, { REQUEST_DEADLINE_SECONDS: String(DEADLINE), FEED_INTERVAL_SECONDS: '3600' }, async (addresses) => {
  proxy = await startProxy(addresses.startups);
  return { STARTUPS_URL: proxy.address };
});
afterAll(() => proxy?.close());
afterEach(() => (proxy.mischief = (pass) => pass()));

const QUERY = '{ territory(id: "sillon-lorrain") { name startups { totalCount } programmes { id } } }';
const healthOf = async () => {
  const response = await fetch(new URL('/health/ready', apart.gateway));
  return { status: response.status, ...((await response.json()) as any) };
};

/** Each answer is 200 within its deadline, has every field of the other subgraphs, and names the one that is missing. */
function expectPartial(samples: Sample[], codes = /^(SUBGRAPH_UNAVAILABLE|DEADLINE_EXCEEDED) startups$/): void {
  expect(count(samples.map(({ status }) => status))).toEqual({ 200: samples.length });
  expect(Math.max(...samples.map(({ took }) => took))).toBeLessThan(DEADLINE * 1000 + 4000);
  for (const { data, errors } of samples) {
    expect(data.territory).toMatchObject({ name: 'Sillon Lorrain', programmes: expect.arrayContaining([{ id: '123go' }]) });
    expect(errors).toHaveLength(data.territory.startups === null ? 1 : 0);
    for (const error of errors) expect(error).toMatch(codes);
  }
}
const whole = ({ errors }: Sample) => errors.length === 0;
/** Waits until the hub answers whole again; how long that took, in milliseconds. */
async function recovery(query = QUERY): Promise<number> {
  const begun = performance.now();
  while ((await apart.ask(query)).errors) await pause(50);
  return performance.now() - begun;
}

it('one that is killed takes down its own fields alone, and is back within seconds of its return', async () => {
  expect(await healthOf()).toMatchObject({ status: 'ready', subgraphs: { startups: { status: 'up' } }, database: { status: 'up' } });
  const driven = load(apart.gateway, QUERY, 40);
  await pause(1000);
  await apart.kill('startups');
  const killed = driven.now();
  await pause(2000);
  expect(await healthOf()).toMatchObject({ status: 'ready', subgraphs: { startups: { status: 'down' }, jobs: { status: 'up' } } });
  await apart.restart('startups');
  const back = driven.now();
  await pause(3000);
  const samples = await driven.stop();
  expectPartial(samples);
  expect(samples.filter((sample) => sample.at < killed - 500).every(whole)).toBe(true);
  expect(samples.filter(whole).length).toBeLessThan(samples.length);
  const recovered = samples.filter(({ at }) => at > back + 2500);
  expect(recovered.length).toBeGreaterThan(0);
  expect(recovered.every(whole)).toBe(true);
});

it.each(['territories', 'startups', 'programmes', 'jobs'] as const)('without %s, all that the others know is answered', async (missing) => {
  const KNOWN = {
    territories: 'indicators { id }',
    startups: 'startups(first: 3) { nodes { id name territory { name } registerIds { value } provenance { recordId source { title } } } }',
    programmes: 'programmes(first: 3) { nodes { id territories { name } } } editions { id awards { year startup { name } } }',
    jobs: 'jobOffers(first: 3) { nodes { id title territory { name } employer { ... on Startup { name } } provenance { recordId source { title } } } } hiringStartups(first: 2) { openPositions startup { name } }',
  };
  const all = `{ ${Object.values(KNOWN).join(' ')} }`;
  const { data: before } = await apart.ask(all);
  await apart.kill(missing);
  const { status, data, errors } = await apart.ask(all);
  await apart.restart(missing);
  expect(status).toBe(200);
  // The same but for null at what the missing one has.
  const gone: string[] = [];
  const compare = (was: any, is: any, path: string): void => {
    if (was === is) return;
    if (is === null) gone.push(path);
    else for (const key of Object.keys(was)) compare(was[key], is[key], `${path}.${key}`.replace(/\.\d+/g, ''));
  };
  compare(before, data, 'data');
  const expected = {
    territories: ['data.indicators', 'data.jobOffers.nodes.provenance.source', 'data.jobOffers.nodes.territory', 'data.programmes.nodes.territories', 'data.startups.nodes.provenance.source', 'data.startups.nodes.territory'],
    startups: ['data.editions.awards.startup', 'data.hiringStartups.startup', 'data.jobOffers.nodes.employer', 'data.startups'],
    programmes: ['data.editions', 'data.programmes'],
    jobs: ['data.hiringStartups', 'data.jobOffers'],
  };
  expect([...new Set(gone)].sort()).toEqual(expected[missing]);
  expect(errors!.every(({ extensions, path }) => extensions!.code === 'SUBGRAPH_UNAVAILABLE' && extensions!.service === missing && path)).toBe(true);
  await recovery(all);
});

it('one that stalls delays answers until the deadline, then no more', async () => {
  const { child } = apart.processes.get('startups')!;
  // Queries that differ, so that each is fetched for itself.
  const driven = load(apart.gateway, (number) => `query Q${number % 20} ${QUERY}`, 30);
  await pause(500);
  child.kill('SIGSTOP');
  try {
    await pause(DEADLINE * 1000 + 2000);
    const rested = driven.now();
    await pause(1500);
    child.kill('SIGCONT');
    const resumed = driven.now();
    expect(await recovery()).toBeLessThan(10_000);
    const samples = await driven.stop();
    expectPartial(samples);
    expect(samples.some(({ errors }) => errors[0] === 'DEADLINE_EXCEEDED startups')).toBe(true);
    // It is left alone by now: nobody waits for it, not even whoever looks whether it is back.
    const alone = samples.filter(({ at }) => at > rested && at < resumed - 200).map(({ took }) => took).sort((a, b) => a - b);
    expect(alone[Math.floor(alone.length / 2)]).toBeLessThan(1500);
  } finally {
    child.kill('SIGCONT');
  }
});

it('one that is slow holds up its own fields alone, and of these only as many as there is room for', async () => {
  proxy.mischief = (pass) => void setTimeout(pass, 1700);
  const OTHERS = '{ territory(id: "sillon-lorrain") { name programmes { id } } }';
  const driven = load(apart.gateway, (number) => (number % 4 === 0 ? OTHERS : `query Q${number % 160} ${QUERY}`), 100);
  await pause(4000);
  const samples = await driven.stop();
  proxy.mischief = (pass) => pass();
  await recovery();
  const others = samples.filter(({ data }) => !('startups' in data.territory));
  expect(others.length).toBeGreaterThan(50);
  expect(others.every(whole)).toBe(true);
  // None waits for the slow one: half of them are far below its 1.7 s, on whatever machine.
  expect(others.map(({ took }) => took).sort((a, b) => a - b)[Math.floor(others.length / 2)]).toBeLessThan(1000);
  expectPartial(samples.filter(({ data }) => 'startups' in data.territory));
  expect(samples.some(({ errors, took }) => errors[0] === 'SUBGRAPH_UNAVAILABLE startups' && took < 1500)).toBe(true);
});

const answer = (body: string, status = 200): Mischief => (_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body);
const entities = (entity: unknown) => JSON.stringify({ data: { _entities: [entity] } });
it.each<[string, Mischief]>([
  ['is no JSON', answer('<html>Bad Gateway</html>', 502)],
  ['is a list', answer('[]')],
  ['has a number for data', answer('{"data": 7}')],
  ['has a text for an entity', answer(entities('what?'))],
  ['has null where none may be', answer(entities({ __typename: 'Territory', startups: { totalCount: null } }))],
  ['has a word for a number', answer(entities({ __typename: 'Territory', startups: { totalCount: 'many' } }))],
  ['has a list for an object', answer(entities({ __typename: 'Territory', startups: [] }))],
  ['lacks a field', answer(entities({ __typename: 'Territory' }))],
  ['lacks an entity', answer('{"data": {"_entities": []}}')],
  ['has errors that are none', answer('{"data": null, "errors": ["select * from secret"]}')],
  ['has an error that nobody has looked at', answer('{"data": null, "errors": [{"message": "select 1", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}')],
  ['is cut', (_, response) => void response.writeHead(200, { 'content-length': '1000' }).write('{"data": {', () => response.destroy())],
  ['is too large', (_, response) => response.end(`{"data": {"_entities": [null]}, "more": "${'x'.repeat(21_000_000)}"}`)],
])('an answer that %s is none', async (_, mischief) => {
  proxy.mischief = mischief;
  const { status, data, errors } = await apart.ask(QUERY);
  expect(status).toBe(200);
  expect(data.territory).toMatchObject({ name: 'Sillon Lorrain', startups: null });
  expect(errors).toEqual([{ message: 'The subgraph "startups" did not answer.', path: ['territory', 'startups'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'startups' } }]);
  proxy.mischief = (pass) => pass();
  await recovery();
});

it('of its errors readers see message, path, code and service, and what the hub itself adds', async () => {
  proxy.mischief = answer(JSON.stringify({ data: { _entities: [null] }, errors: [{ message: 'No.', path: ['_entities', 0, 'startups'], locations: [], extensions: { code: 'FORBIDDEN', scopes: ['a'], stacktrace: ['at /srv/x.js'], url: 'http://x' } }] }));
  const { errors } = await apart.ask(QUERY);
  expect(errors).toEqual([{ message: 'No.', path: ['territory', 'startups'], extensions: { code: 'FORBIDDEN', scopes: ['a'], service: 'startups' } }]);
});

it('a query is tried again when the connection breaks, a mutation never', async () => {
  let seen = 0;
  const breakOnce: Mischief = (pass, response) => (seen++ === 0 ? response.destroy() : pass());
  proxy.mischief = breakOnce;
  expect((await apart.ask(QUERY)).errors).toBeUndefined();
  expect(seen).toBe(2);
  const key = await together.partner([['STEWARD']]);
  seen = 0;
  const { errors } = await apart.ask('mutation { resolveDuplicate(id: "none", same: false) { userErrors { code } } }', { key });
  expect(errors).toEqual([expect.objectContaining({ path: ['resolveDuplicate'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'startups' } })]);
  expect(seen).toBe(1);
});

it('of a subgraph that fails again and again, about a fifth of the fetches are tried again', async () => {
  let seen = 0;
  let failing = false;
  proxy.mischief = (pass, response) => {
    seen++;
    if (failing) answer('{}', 503)(pass, response, undefined as never);
    else pass();
  };
  const FETCHES = 300;
  for (let number = 0; number < FETCHES; number++) {
    // Every second one passes, so that it is not left alone.
    failing = number % 2 === 1;
    expect((await apart.ask(QUERY)).errors?.length ?? 0).toBeLessThanOrEqual(1);
  }
  // What was saved before is there too. Without a budget half of them would be asked three times.
  expect(seen).toBeGreaterThan(FETCHES);
  expect(seen).toBeLessThanOrEqual(FETCHES * 1.2 + 10);
});

it('identical queries under way are fetched once, those of another caller or language apart; who leaves takes nobody along', async () => {
  let seen = 0;
  proxy.mischief = (pass) => void (seen++, setTimeout(pass, 400));
  const leaving = new AbortController();
  const first = fetch(apart.gateway, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: QUERY }), signal: leaving.signal }).catch(() => 'left');
  await pause(100);
  const others = Array.from({ length: 10 }, () => apart.ask(QUERY));
  const german = apart.ask(QUERY, { langs: 'de' });
  await pause(100);
  leaving.abort();
  expect(await first).toBe('left');
  for (const { errors, data } of await Promise.all([...others, german])) expect([errors, data.territory.programmes.length > 0]).toEqual([undefined, true]);
  expect(seen).toBe(2);
});

describe('a statement that takes long', () => {
  let locker: Client;
  // Within a transaction PostgreSQL shows the same activity again and again.
  let watcher: Client;
  beforeEach(async () => {
    [locker, watcher] = [new Client({ connectionString: together.databaseUrl }), new Client({ connectionString: together.databaseUrl })];
    await Promise.all([locker.connect(), watcher.connect()]);
    await locker.query('begin; lock table startups.startup, startups.seat, startups.seat_tally in access exclusive mode');
  });
  afterEach(() => Promise.all([locker.end(), watcher.end()]));
  const waiting = async () => (await watcher.query(`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'hub startups' and wait_event_type = 'Lock' and query !~ 'feed_'`)).rows[0].n as number;
  const until = async (n: number) => {
    for (let tries = 0; tries < 60 && (await waiting()) !== n; tries++) await pause(50);
    return waiting();
  };

  it.each([['in processes', () => apart.gateway], ['in one process', () => `${together.hub.url}/graphql`]])('is cancelled in PostgreSQL when its client leaves: %s', async (_, endpoint) => {
    const leaving = new AbortController();
    const asked = fetch(endpoint(), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: QUERY }), signal: leaving.signal }).catch(() => 'left');
    expect(await until(1)).toBe(1);
    const left = performance.now();
    leaving.abort();
    expect(await asked).toBe('left');
    expect(await until(0)).toBe(0);
    expect(performance.now() - left).toBeLessThan(5000);
  });

  it.each([['in processes', () => apart.gateway], ['in one process', () => `${together.hub.url}/graphql`]])('goes on to its end when it writes, though nobody waits for it: %s', async (where, endpoint) => {
    const key = await together.partner([['PARTNER', 'lorntech']]);
    const input = registration({ name: `Left alone ${where}` });
    const leaving = new AbortController();
    const asked = fetch(endpoint(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: 'mutation($input: RegisterStartupInput!) { registerStartup(input: $input) { startup { id } } }', variables: { input } }),
      signal: leaving.signal,
    }).catch(() => 'left');
    expect(await until(1)).toBe(1);
    leaving.abort();
    expect(await asked).toBe('left');
    await pause(300);
    await locker.query('commit');
    const written = async () => (await watcher.query('select from startups.startup where name = $1', [input.name])).rowCount;
    for (let tries = 0; tries < 60 && (await written()) !== 1; tries++) await pause(50);
    expect(await written()).toBe(1);
  });

  it('is cancelled at the deadline, and its reader gets the rest', async () => {
    const begun = performance.now();
    const { data, errors } = await apart.ask(QUERY);
    expect(performance.now() - begun).toBeLessThan(DEADLINE * 1000 + 4000);
    expect(data.territory).toMatchObject({ name: 'Sillon Lorrain', startups: null });
    expect(errors).toEqual([{ message: expect.any(String), path: ['territory', 'startups'], extensions: { code: 'DEADLINE_EXCEEDED', service: 'startups' } }]);
    expect(await until(0)).toBe(0);
  });
});

it('a gateway that is told to stop answers all that it has taken', async () => {
  proxy.mischief = (pass) => void setTimeout(pass, 400);
  // More queries than are under way, so that none is answered with another's.
  const driven = load(apart.gateway, (number) => `query Q${number % 40} ${QUERY}`, 50);
  await pause(2000);
  const { child, ended } = apart.processes.get('gateway')!;
  child.kill('SIGTERM');
  const told = driven.now();
  await pause(100);
  expect(await healthOf()).toMatchObject({ status: 'stopping' });
  const code = await ended;
  const samples = await driven.stop();
  apart.processes.delete('gateway');
  expect(code).toBe(0);
  expect(count(samples.map(({ status }) => status))).toEqual({ 200: expect.any(Number), refused: expect.any(Number) });
  expect(samples.filter(({ at, took, status }) => status === 200 && at < told && at + took > told).length).toBeGreaterThan(5);
  expect(samples.filter(({ status }) => status === 200).every(whole)).toBe(true);
  await expect(post(apart.gateway, QUERY)).rejects.toThrow();
});
