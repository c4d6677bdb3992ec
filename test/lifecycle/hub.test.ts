import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processesOf, run } from '../testkit/processes';

// The built hub as a person runs it: these need `npm run build`, which `npm test` does first.

const READY = /GraphQL +(http:\S+)\/graphql/;

describe('the hub on its embedded database', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-life-'));
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

  it('stops in the middle of a start', async () => {
    const hub = start();
    await hub.says(/PostgreSQL/);
    hub.child.kill('SIGINT');
    expect(await hub.ended).toBe(0);
    expect(await gone()).toEqual([]);
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

  it('a database that does not exist, or cannot be migrated', async () => {
    const good = process.env.HUB_TEST_DATABASE_URL!;
    expect(await refusal({ DATABASE_URL: good.replace('/hub?', '/nowhere?') })).toMatch(/there is no such database/);
    const { Client } = await import('pg');
    const client = new Client({ connectionString: good });
    await client.connect();
    await client.query('create database occupied');
    await client.end();
    const other = new Client({ connectionString: good.replace('/hub?', '/occupied?') });
    await other.connect();
    await other.query('create schema territories; create table territories.source (mine int)');
    await other.query('grant all on schema territories to public');
    await other.end();
    expect(await refusal({ DATABASE_URL: good.replace('/hub?', '/occupied?') })).toMatch(/schema "territories" .* cannot be migrated: .*"source" already exists/);
  });
});
