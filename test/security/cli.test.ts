import { useHub } from '../testkit/hub';
import { run } from '../testkit/processes';

// The operator's commands, as built, on the database of a hub that runs.

const hub = useHub();
const operate = async (...command: string[]) => {
  const cli = run('gateway/cli.js', { DATABASE_URL: hub.databaseUrl }, ...command);
  return { code: await cli.ended, said: cli.output };
};

it('partners get roles about records that exist, and keys that the hub takes at once', async () => {
  expect(await operate('partner', 'add', 'ihk', '--name', 'IHK', '--role', 'RELAY:nowhere')).toEqual({ code: 1, said: expect.stringContaining('There is no relay with the id "nowhere". Ask the hub: {') });
  expect(await operate('partner', 'add', 'ihk', '--name', 'IHK', '--role', 'JURY')).toEqual({ code: 1, said: expect.stringContaining('Expected one of STARTUP, RELAY') });
  expect((await operate('partner', 'add', 'ihk', '--name', 'IHK', '--role', 'RELAY:123go-saarland-ihk')).code).toBe(0);
  expect(await operate('key', 'create', 'ihk', '--scopes', 'jobs:write')).toEqual({ code: 1, said: expect.stringContaining('The roles of "ihk" do not have jobs:write') });
  const { said } = await operate('key', 'create', 'ihk', '--also', 'applications:jury');
  expect(said).toMatch(/Scopes: .*applications:jury/);
  const key = /^hub_\S+/m.exec(said)![0];
  expect((await hub.ask<any>('{ applications { totalCount } }', { key })).data.applications).toEqual({ totalCount: 0 });
  // The secret may hold underscores, at its start too.
  const [, prefix, secret] = /^hub_([a-z0-9]+)_(.{43})$/.exec(key)!;
  expect((await operate('key', 'list', 'ihk')).said).toContain(prefix);
  expect((await operate('key', 'list')).said).not.toContain(secret);
  expect((await operate('key', 'rotate', prefix!, '--overlap', '1')).said).toMatch(/good until \d{4}-/);
  expect((await operate('partner', 'remove', 'ihk')).code).toBe(0);
  const audit = (await operate('audit', '--first', '4')).said.trim().split('\n').map((line) => (JSON.parse(line) as { action: string }).action);
  expect(audit).toEqual(['remove partner', 'rotate key', 'create key', 'grant RELAY']);
});

it('a person is exported and erased over all subgraphs, by address or by name', async () => {
  const startups = hub.hub.running.get('startups')!.db.dataSource;
  const [{ id }] = await startups.query('select id from startup limit 1');
  await startups.query(`insert into contact (id, startup_id, role, name, email, basis, purpose, erase_after) values ('test-contact', $1, 'CEO', 'Ute Muster', null, 'CONSENT', 'to test', current_date + 1)`, [id]);
  expect(JSON.parse((await operate('person', 'export', 'ute muster')).said)).toMatchObject({ startups: { contact: [{ id: 'test-contact', name: 'Ute Muster' }] }, programmes: {} });
  expect((await operate('person', 'erase', 'nobody@example.org')).said).toContain('Nothing was kept');
  expect((await operate('person', 'erase', 'Ute Muster')).said).toContain('Erased 1 record.');
  expect(await startups.query(`select from contact where id = 'test-contact'`)).toEqual([]);
});

it.each([[['audit', '--first', 'many'], 'Expected a number'], [['key', 'create', 'x', '--expires', 'soon'], 'Expected a day such as'], [['key', 'rotate', 'x'], 'no key with the prefix'], [['foo'], "unknown command 'foo'"]])('%j: %s', async (command, why) => {
  expect(await operate(...command)).toEqual({ code: 1, said: expect.stringContaining(why) });
});
