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
/** The one address of a server whose socket moves with each start. */
const sockets = new Set<Socket>();

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
    sockets.add(client);
    server.on('error', () => client.destroy());
    client.on('error', () => server.destroy()).on('close', () => sockets.delete(client));
    client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
});
afterAll(async () => {
  hub?.child.kill('SIGKILL');
  await hub?.ended;
  for (const socket of sockets) socket.destroy();
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
