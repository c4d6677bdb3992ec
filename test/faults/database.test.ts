import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../shared/database/embeddedPostgres';
import { count, load } from '../testkit/load';
import { run, type Running } from '../testkit/processes';

// The built hub on a PostgreSQL of this test, which is stopped and started again while readers go on to ask.

let folder: string;
let postgres: EmbeddedPostgres | undefined;
let door: Server;
let hub: Running | undefined;
/** The connections through the one address of a server whose socket moves with each start; from client to server. */
const sockets = new Map<Socket, Socket>();
/** Nothing passes while it is set. */
let hanging = false;

const start = async () => (postgres = await startEmbeddedPostgres({ folder, durable: false }));
const stop = async () => {
  const stopping = postgres!;
  postgres = undefined;
  await stopping.stop();
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-faults-'));
  chmodSync(folder, 0o755);
  await start();
  door = createServer((client) => {
    if (!postgres) return client.resetAndDestroy();
    const { host, port } = postgres.connection;
    const server = connect(`${host}/.s.PGSQL.${port}`);
    sockets.set(client, server);
    server.on('error', () => client.destroy());
    client.on('error', () => server.destroy()).on('close', () => sockets.delete(client));
    if (!hanging) client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
});
afterAll(async () => {
  hub?.child.kill('SIGKILL');
  await hub?.ended;
  for (const socket of sockets.keys()) socket.destroy();
  door.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a PostgreSQL that is restarted ends no process; errors meanwhile say so, and then all is whole again', async () => {
  const { port } = door.address() as { port: number };
  hub = run('gateway/hub.js', { DATABASE_URL: `postgresql://hub@127.0.0.1:${port}/hub`, PORT: '0', HUB_DEMO_OFFERS: '20', FEED_INTERVAL_SECONDS: '1', CACHE_BYTES: '0', COST_PER_MINUTE: '1000000000' });
  const [, url] = await hub.says(/GraphQL +(http:\S+)\/graphql/);
  const ready = async () => (await fetch(`${url}/health/ready`)).status;
  expect(await ready()).toBe(200);
  const driven = load(`${url}/graphql`, '{ territory(id: "sillon-lorrain") { name startups { totalCount } programmes { id } } }', 50);
  await pause(1000);
  const stopped = driven.now();
  await stop();
  await pause(1500);
  expect(await ready()).toBe(503);
  const started = driven.now();
  await start();
  await pause(3000);
  expect(await ready()).toBe(200);
  const samples = await driven.stop();
  expect(count(samples.map(({ status }) => status))).toEqual({ 200: samples.length });
  expect(count(samples.flatMap(({ errors }) => errors.map((error) => error.split(' ')[0]!)))).toEqual({ DATABASE_UNAVAILABLE: expect.any(Number) });
  expect(samples.filter(({ at, took }) => at + took < stopped).every(({ errors }) => errors.length === 0)).toBe(true);
  const later = samples.filter(({ at }) => at > started + 2500);
  expect(later.length).toBeGreaterThan(10);
  expect(later.every(({ errors }) => errors.length === 0)).toBe(true);
  hub.child.kill('SIGTERM');
  expect(await hub.ended).toBe(0);
  expect(hub.output).not.toMatch(/^\s+at |Unhandled|uncaught/im);
});

describe('a PostgreSQL that hangs', () => {
  const DEADLINE = 2;
  const QUERY = '{ territory(id: "sillon-lorrain") { name startups { totalCount } programmes { id } } }';
  /** From here on what is sent either way stays where it is, and new connections get no word. */
  function hang(): void {
    hanging = true;
    for (const [client, server] of sockets) {
      client.unpipe(server);
      server.unpipe(client);
    }
  }
  const flow = () => {
    hanging = false;
    for (const [client, server] of sockets) client.pipe(server).pipe(client);
  };

  it.each([
    ['and goes on', flow],
    // As after a failover: old connections are dead and nobody says so, new ones are good.
    ['and comes back with its connections lost', () => (hanging = false)],
  ])('%s: each request is answered by its deadline, and all is whole again', async (_, back) => {
    const { port } = door.address() as { port: number };
    hub = run('gateway/hub.js', { DATABASE_URL: `postgresql://hub@127.0.0.1:${port}/hub`, PORT: '0', HUB_DEMO_OFFERS: '20', FEED_INTERVAL_SECONDS: '3600', CACHE_BYTES: '0', COST_PER_MINUTE: '1000000000', REQUEST_DEADLINE_SECONDS: String(DEADLINE) });
    const [, url] = await hub.says(/GraphQL +(http:\S+)\/graphql/);
    const ask = async () => (await (await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: QUERY }) })).json()) as { errors?: unknown };
    expect((await ask()).errors).toBeUndefined();
    // Each another query: identical ones would share one answer.
    const driven = load(`${url}/graphql`, (number) => `query Q${number} ${QUERY}`, 30);
    await pause(500);
    const hung = driven.now();
    hang();
    await pause(4000);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    back();
    for (let tries = 0; (await ask()).errors; tries++) {
      if (tries > 100) throw new Error('It never was whole again.');
      await pause(100);
    }
    const whole = driven.now();
    await pause(1000);
    const samples = await driven.stop();
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.filter(({ status }) => status === null)).toEqual([]);
    // 504 is the last word of the deadline, 503 of what is shed.
    for (const { status, errors, took } of samples) {
      expect([200, 503, 504]).toContain(status);
      expect(took).toBeLessThan(DEADLINE * 1000 + 4000);
      for (const error of errors) expect(error).toMatch(/^(DEADLINE_EXCEEDED|DATABASE_UNAVAILABLE|OVERLOADED)/);
    }
    expect(samples.some(({ at, errors }) => at > hung && errors.length > 0)).toBe(true);
    expect(samples.filter(({ at, errors }) => at > whole + 500 && errors.length > 0)).toEqual([]);
    hub.child.kill('SIGTERM');
    expect(await hub.ended).toBe(0);
    expect(hub.output).not.toMatch(/^\s+at |Unhandled|uncaught/im);
    for (const socket of sockets.keys()) socket.destroy();
  });
});
