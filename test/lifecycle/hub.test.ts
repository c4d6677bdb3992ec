import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseNamed } from '../testkit/database';
import { processesOf, run } from '../testkit/processes';

// The built hub as a person runs it: these need `npm run build`, which `npm test` does first.

const READY = /GraphQL +(http:\S+)\/graphql/;

describe('the hub on its embedded database', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-life-'));
    chmodSync(folder, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = () => run('gateway/hub.js', { PORT: '0', HUB_DATA_DIR: folder, HUB_DEMO_OFFERS: '20' });
  const population = async (url: string) => {
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent('{ territory(id: "sillon-lorrain") { population { value } } }')}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    return ((await response.json()) as any).data.territory.population.value as number;
  };
  const gone = async () => {
    for (let wait = 0; wait < 100 && processesOf(folder).length > 0; wait++) await pause(100);
    return processesOf(folder);
  };

  it('fills it, answers, and leaves no process when it is stopped', async () => {
    const hub = start();
    const [, url] = await hub.says(READY);
    expect(hub.output).toMatch(/territories migrated and filled +\d+\.\d s/);
    expect(await population(url!)).toBeGreaterThan(600_000);
    hub.child.kill('SIGINT');
    expect(await hub.ended).toBe(0);
    expect(hub.output).toMatch(/stopped\s*$/);
    expect(await gone()).toEqual([]);
  });

  it('leaves no process when it is killed, and starts again on its data', async () => {
    const hub = start();
    await hub.says(READY);
    hub.child.kill('SIGKILL');
    await hub.ended;
    const again = start();
    const [, url] = await again.says(READY);
    expect(again.output).toMatch(/territories ready/);
    expect(await population(url!)).toBeGreaterThan(600_000);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    expect(await gone()).toEqual([]);
  });

  it('stops in the middle of a start, without going on with it', async () => {
    const hub = start();
    await hub.says(/PostgreSQL/);
    hub.child.kill('SIGINT');
    expect(await hub.ended).toBe(0);
    expect(hub.output).toMatch(/SIGINT: stopping …/);
    expect(hub.output).not.toMatch(READY);
    expect(await gone()).toEqual([]);
  });

  it('stops although somebody is connected and says nothing', async () => {
    const hub = start();
    const [, url] = await hub.says(READY);
    const socket = connect(Number(new URL(url!).port), '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    hub.child.kill('SIGTERM');
    expect(await hub.ended).toBe(0);
    socket.destroy();
  });

  it('ends, and says so, when its database does', async () => {
    const hub = start();
    await hub.says(READY);
    const [postmaster] = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGQUIT');
    expect(await hub.ended).toBe(1);
    expect(hub.output).toMatch(/the database is gone: stopping/);
  });
});

describe('what it cannot start with is said in one sentence, and it fails', () => {
  let busy: Server;
  beforeAll(() => new Promise<void>((resolve) => (busy = createServer().listen(0, '127.0.0.1', resolve))));
  afterAll(() => busy.close());

  const refusal = async (environment: Record<string, string>) => {
    const hub = run('gateway/hub.js', { PORT: '0', ...environment });
    expect(await hub.ended).toBe(1);
    expect(hub.output).not.toMatch(/^\s+at /m);
    return hub.output;
  };

  it('a busy port', async () => {
    const port = String((busy.address() as { port: number }).port);
    expect(await refusal({ PORT: port })).toMatch(new RegExp(`Cannot listen on 127.0.0.1:${port}: another program listens there`));
  });

  it('a data folder that is a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hub-life-')), 'file');
    writeFileSync(file, '');
    expect(await refusal({ HUB_DATA_DIR: file })).toContain(file);
  });

  it.each([
    ['postgresql://hub:secret@127.0.0.1:1/hub', /127\.0\.0\.1:1\/hub cannot be used: nothing answers there/],
    ['postgresql://hub:secret@no-such-host.invalid/hub', /no host of that name is known/],
    ['not-a-url', /DATABASE_URL: read \(not shown\), expected a postgres:\/\//],
  ])('DATABASE_URL=%s', async (url, reason) => {
    const said = await refusal({ DATABASE_URL: url });
    expect(said).toMatch(reason);
    expect(said).not.toContain('secret');
  });

  it('a database that accepts a connection and never answers', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const said = await refusal({ DATABASE_URL: `postgresql://hub@127.0.0.1:${(silent.address() as { port: number }).port}/hub` });
    expect(said).toMatch(/it did not answer in 10 seconds/);
    silent.close();
  });

  it('a database that does not exist, or cannot be migrated', async () => {
    expect(await refusal({ DATABASE_URL: databaseNamed('nowhere') })).toMatch(/there is no such database/);
    const { Client } = await import('pg');
    const client = new Client({ connectionString: databaseNamed('postgres') });
    await client.connect();
    await client.query('create database occupied');
    await client.end();
    const other = new Client({ connectionString: databaseNamed('occupied') });
    await other.connect();
    await other.query('create schema territories; create table territories.source (mine int)');
    await other.query('grant all on schema territories to public');
    await other.end();
    expect(await refusal({ DATABASE_URL: databaseNamed('occupied') })).toMatch(/schema "territories" .* cannot be migrated: .*"source" already exists/);
  });
});

it('needs no superuser: a user who owns the database and may create roles is enough', async () => {
  const { Client } = await import('pg');
  const admin = new Client({ connectionString: databaseNamed('postgres') });
  await admin.connect();
  await admin.query('create role owner login createrole');
  await admin.query('create database owned owner owner');
  await admin.end();
  const url = databaseNamed('owned', 'owner');
  const subgraph = run('subgraphs/main.js', { DATABASE_URL: url, HUB_SECRET: 'x'.repeat(32), TERRITORIES_URL: 'http://127.0.0.1:0/graphql', HUB_DEMO_OFFERS: '0' }, 'territories');
  await subgraph.says(/territories ready/);
  subgraph.child.kill('SIGTERM');
  expect(await subgraph.ended).toBe(0);
});
