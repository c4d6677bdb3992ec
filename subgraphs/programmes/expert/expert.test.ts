import sql from 'sql-template-tag';
import { codes, programmeOf } from '../../../test/testkit/programmes';
import { useHub } from '../../../test/testkit/hub';
import { story } from '../../../test/testkit/stories';

const hub = useHub();
const { rows, make, edition, told } = programmeOf(hub);

const RECORD = 'mutation($input: RecordExpertInput!) { recordExpert(input: $input) { expert { id langs topics territory { id } organisation { id } } userErrors { code path } } }';
const CALL = `mutation($application: ID!, $experts: [ID!]!, $version: Int!, $idempotencyKey: String) {
  callExperts(application: $application, experts: $experts, version: $version, idempotencyKey: $idempotencyKey) { application { version experts { id } } userErrors { code path } } }`;
const person = { name: 'Paula Coach', email: 'paula@coach.example', basis: 'CONTRACT', purpose: 'coaching', eraseAfter: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) };

let relay: string;
let operator: string;
/** One that *startups* has as well. */
let startup: { id: string; name: string };
let serial = 0;
const record = async (input: object, key = relay) =>
  (await hub.data(RECORD, { key, variables: { input: { territory: 'nuts-dec0', langs: ['DE'], topics: ['IoT '], idempotencyKey: `expert-${++serial}`, ...input } } })).recordExpert;
const call = async (variables: object, key = relay) => (await hub.data(CALL, { key, variables })).callExperts;
async function application(state = 'COACHED'): Promise<string> {
  const id = `test-application-${++serial}`;
  await rows(sql`insert into application (id, edition_id, startup_id, relay_id, state, created_at) values (${id}, ${await edition()}, ${startup.id}, 'test-relay', ${state}, now())`);
  return id;
}

beforeAll(async () => {
  await make();
  [startup] = (await rows(sql`select id, name from startup where merged_into is null order by id limit 1`)) as [typeof startup];
  relay = await hub.partner([['RELAY', 'test-relay']]);
  operator = await hub.partner([['PARTNER', 'test-operator']]);
});

it('a relay or who runs a programme records an expert, whom others find by topic, language and place', async () => {
  const { expert, userErrors } = await record({ organisation: 'luxinnovation', langs: ['DE', 'FR', 'DE'], topics: [' Robotics', 'robotics'], person });
  expect(userErrors).toEqual([]);
  expect(expert).toMatchObject({ langs: ['DE', 'FR'], topics: ['robotics'], territory: { id: 'nuts-dec0' }, organisation: { id: 'luxinnovation' } });
  expect(codes(await record({ topics: ['robotics'], langs: ['FR'], territory: 'fr-commune-57463' }, operator))).toEqual([]);
  const find = async (args: string) => (await hub.data(`{ experts(${args}) { totalCount nodes { id } } }`, { key: relay })).experts;
  expect(await find('topics: ["ROBOTICS"], langs: [DE]')).toEqual({ totalCount: 1, nodes: [{ id: expert.id }] });
  expect(await find('topics: ["robotics"]')).toMatchObject({ totalCount: 2 });
  expect(await find('topics: ["robotics"], within: "sillon-lorrain"')).toMatchObject({ totalCount: 1 });
  expect(await rows(sql`select from outbox where data::text ilike '%coach%' or subject_id ilike '%coach%'`)).toEqual([]);
});

it('is refused with all that is wrong, and to who is neither', async () => {
  expect((await record({ organisation: 'nobody', territory: 'nowhere', langs: [], topics: [' '], person: { ...person, email: 'x' } })).userErrors).toEqual([
    { code: 'INVALID_VALUE', path: ['input', 'organisation'] }, { code: 'INVALID_VALUE', path: ['input', 'territory'] }, { code: 'INVALID_VALUE', path: ['input', 'langs'] }, { code: 'INVALID_VALUE', path: ['input', 'topics'] }, { code: 'INVALID_VALUE', path: ['input', 'person', 'email'] },
  ]);
  expect(codes(await record({}, await hub.partner([['PARTNER', 'test-former']])))).toEqual(['FORBIDDEN']);
});

it('whoever may record experts and not read them is not shown the one recorded', async () => {
  const blind = await hub.partner([['RELAY', 'test-relay']], { scopes: ['applications:manage'] });
  const input = { territory: 'nuts-dec0', langs: ['DE'], topics: ['blind'], idempotencyKey: 'blind' };
  const { data, errors } = await hub.ask(RECORD, { key: blind, variables: { input } });
  expect(data).toEqual({ recordExpert: { expert: null, userErrors: [] } });
  expect(errors).toMatchObject([{ path: ['recordExpert', 'expert'], extensions: { code: 'FORBIDDEN', scopes: ['applications:read'] } }]);
});

it('experts are called to an application that is under way, once each, whoever calls on an older version is told', async () => {
  const [a, b] = [(await record({})).expert.id, (await record({})).expert.id];
  const id = await application();
  expect(await call({ application: id, experts: [a], version: 1, idempotencyKey: 'call' })).toEqual({ application: { version: 2, experts: [{ id: a }] }, userErrors: [] });
  expect(await call({ application: id, experts: [a], version: 1, idempotencyKey: 'call' })).toMatchObject({ application: { version: 2 }, userErrors: [] });
  expect(codes(await call({ application: id, experts: [b], version: 1, idempotencyKey: 'call' }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => call({ application: id, experts: [index % 2 ? a : b, b], version: 2 }, index % 3 ? relay : operator)));
  expect(answers.flatMap(codes)).toEqual(Array(19).fill('STALE_VERSION'));
  expect(answers.every((answer) => answer.application.version === 3)).toBe(true);
  expect((await hub.data(`{ application(id: "${id}") { experts { id } } }`, { key: relay })).application.experts).toEqual([{ id: a }, { id: b }]);
  expect(await told(id)).toEqual(['experts called', 'experts called']);
});

it('not to one that is over or not known, no unknown expert, not by the startup', async () => {
  const { id: expert } = (await record({})).expert;
  const id = await application();
  expect((await call({ application: id, experts: [expert, 'x'], version: 1 })).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['experts'] }]);
  expect(codes(await call({ application: await application('LAUREATE'), experts: [expert], version: 1 }))).toEqual(['INVALID_MOVE']);
  expect(codes(await call({ application: id, experts: [expert], version: 1 }, await hub.partner([['RELAY', 'test-relay-2']])))).toEqual(['NOT_FOUND']);
  expect(codes(await call({ application: id, experts: [expert], version: 1 }, await hub.partner([['STARTUP', startup.id], ['RELAY', 'test-relay-2']])))).toEqual(['FORBIDDEN']);
});

it('who an expert is: relays know, and the startup that the expert was called to; each reading is in the audit', async () => {
  const { id: expert } = (await record({ topics: ['persons'], person })).expert;
  const coached = await hub.partner([['STARTUP', startup.id]]);
  const query = '{ experts(topics: ["persons"]) { nodes { person { name email } } } }';
  const known = async (key: string) => (await hub.data(query, { key })).experts.nodes[0].person;
  const { name, email } = person;
  expect(await known(await hub.partner([['RELAY', 'test-relay-2']]))).toEqual({ name, email });
  expect(await known(coached)).toBeNull();
  await call({ application: await application(), experts: [expert], version: 1 });
  expect(await known(coached)).toEqual({ name, email });
  expect((await hub.ask(query, { key: operator })).errors).toHaveLength(1);
  expect(await rows(sql`select from audit where action = 'read experts' and subjects = ${[expert]}::text[]`)).toHaveLength(2);
});

it('15. the experts that a coached project can call on, for its relay', async () => {
  const id = await application();
  const { expert } = await record({ organisation: 'luxinnovation', langs: ['DE', 'FR'], topics: ['iot'] });
  await call({ application: id, experts: [expert.id], version: 1 });
  const { applications } = await hub.data(story(15).query, { key: relay, langs: 'fr' });
  expect(applications.nodes).toContainEqual({
    startup: { name: startup.name },
    relay: { territory: { name: 'Luxembourg' } },
    experts: [{ organisation: { name: expect.any(String) }, territory: { name: 'Sarre' }, langs: ['DE', 'FR'], topics: ['iot'] }],
  });
  const { data, errors } = await hub.ask(story(15).query);
  expect([data?.applications ?? null, errors?.length]).toEqual([null, 1]);
});
