import sql from 'sql-template-tag';
import { erasePersons, exportPersons } from '../../../shared/persons/persons';
import { codes, programmeOf } from '../../../test/testkit/programmes';
import { useHub } from '../../../test/testkit/hub';
import { programmes } from '../index';
import { applicationLife, ApplicationState } from './life';

const hub = useHub();
const { rows, make, edition, startups, history, told } = programmeOf(hub);

const payload = 'application { id state version submittedAt } userErrors { code path message }';
const SUBMIT = `mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { ${payload} } }`;
const MOVE = `mutation($id: ID!, $to: ApplicationState!, $version: Int!, $reason: String, $score: Float, $idempotencyKey: String) {
  moveApplication(id: $id, to: $to, version: $version, reason: $reason, score: $score, idempotencyKey: $idempotencyKey) { ${payload} } }`;
const person = { name: 'Jeanne Secret', email: 'jeanne@secret.example', basis: 'CONSENT', purpose: 'the application', eraseAfter: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) };

let keys: { startup: string; relay: string; otherRelay: string; operator: string; former: string; jury: string; all: string };
let serial = 0;
const submit = async (input: object, key: string) =>
  (await hub.data(SUBMIT, { key, variables: { input: { relay: 'test-relay', startup: 'test-startup', idempotencyKey: `key-${++serial}`, ...input } } })).submitApplication;
const move = async (variables: object, key: string) => (await hub.data(MOVE, { key, variables })).moveApplication;
/** A new application through the relay, in a new edition. */
const begun = async (input: object = {}): Promise<{ id: string; edition: string }> => {
  const to = await edition();
  const { application, userErrors } = await submit({ edition: to, ...input }, keys.relay);
  expect(userErrors).toEqual([]);
  return { id: application.id, edition: to };
};

beforeAll(async () => {
  await make();
  await startups('test-startup', 'test-other');
  keys = {
    startup: await hub.partner([['STARTUP', 'test-startup']]),
    relay: await hub.partner([['RELAY', 'test-relay']]),
    otherRelay: await hub.partner([['RELAY', 'test-relay-2']]),
    operator: await hub.partner([['PARTNER', 'test-operator']]),
    former: await hub.partner([['PARTNER', 'test-former']]),
    jury: await hub.partner([['RELAY', 'test-relay']], { scopes: ['applications:read', 'applications:submit', 'applications:manage', 'applications:jury'] }),
    all: await hub.partner([['STARTUP', 'test-startup'], ['RELAY', 'test-relay'], ['PARTNER', 'test-operator']], {
      scopes: ['applications:read', 'applications:submit', 'applications:manage', 'applications:jury', 'contacts:read'],
    }),
  };
});

describe('a relay takes an application from its submission to its prize', () => {
  it('through GraphQL alone, each step in history and outbox, the prize among the awards', async () => {
    const to = await edition();
    let { application } = await submit({ edition: to }, keys.jury);
    const { id } = application;
    const course = ['ELIGIBLE', 'ADMITTED', 'COACHED', 'PLAN_SUBMITTED', 'JURY_SCORED', 'LAUREATE'];
    for (const state of course) {
      const answer = await move({ id, to: state, version: application.version, ...(state === 'JURY_SCORED' ? { score: 87.5 } : {}) }, keys.jury);
      expect(answer).toMatchObject({ userErrors: [], application: { id, state, version: application.version + 1 } });
      application = answer.application;
    }
    const data = await hub.data(`{ application(id: "${id}") { score history { from to by } edition { awards { id } } } }`, { key: keys.jury });
    expect(data.application.score).toBe(87.5);
    expect(data.application.history.map((step: any) => step.to)).toEqual(['SUBMITTED', ...course]);
    expect(data.application.history[0]).toEqual({ from: null, to: 'SUBMITTED', by: expect.stringMatching(/^test-/) });
    // The prize is public with the results.
    expect(data.application.edition.awards).toEqual([]);
    await rows(sql`update edition set closes_at = now() - interval '2 hours', results_at = now() - interval '1 hour' where id = ${to}`);
    const { edition: ended } = await hub.data(`{ edition(id: "${to}") { awards { title(lang: DE) startup { id } provenance { source { id } } } } }`);
    expect(ended.awards).toEqual([{ title: expect.stringMatching(/^Preisträger: Essai/), startup: { id: 'test-startup' }, provenance: { source: { id: 'hub' } } }]);
    expect(await told(id)).toEqual(['application begun', ...course.map(() => 'application moved')]);
    const audit = await rows(sql`select action, result from audit where ${id} = any(subjects) order by id`);
    expect(audit.map(({ action, result }) => [action, ...result])).toEqual([['submitApplication', 'OK'], ...course.map(() => ['moveApplication', 'OK'])]);
  });

  it('but scores nothing without the jury’s scope, and gives no score elsewhere', async () => {
    const { id } = await begun();
    await rows(sql`update application set state = 'PLAN_SUBMITTED' where id = ${id}`);
    expect(await move({ id, to: 'JURY_SCORED', version: 1, score: 50 }, keys.relay)).toMatchObject({ userErrors: [{ code: 'FORBIDDEN', path: ['to'] }], application: { version: 1 } });
    for (const score of [undefined, -1, 100.5]) expect(await move({ id, to: 'JURY_SCORED', version: 1, score }, keys.jury)).toMatchObject({ userErrors: [{ code: 'INVALID_VALUE', path: ['score'] }] });
    expect(codes(await move({ id, to: 'DROPPED', reason: 'no plan', version: 1, score: 3 }, keys.jury))).toEqual(['INVALID_VALUE']);
  });
});

describe('handing in', () => {
  it('the startup itself may; the same key again answers the same and writes nothing, with another input it is refused', async () => {
    const input = { edition: await edition(), idempotencyKey: 'once', applicant: person };
    const first = await submit(input, keys.startup);
    expect(first).toMatchObject({ userErrors: [], application: { state: 'SUBMITTED', version: 1, submittedAt: expect.any(String) } });
    expect(await submit(input, keys.startup)).toEqual(first);
    expect(await submit({ ...input, edition: await edition() }, keys.startup)).toMatchObject({ application: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
    expect(await history('application', first.application.id)).toEqual(['· → SUBMITTED']);
  });

  it('tells all that is wrong at once, each with its path', async () => {
    const closed = await edition();
    await rows(sql`update edition set closes_at = now() where id = ${closed}`);
    await rows(sql`insert into startup (id, name, merged_into) values ('test-merged', 'x', 'test-startup') on conflict do nothing`);
    const wrong = async (input: object, key = keys.startup) => (await submit(input, key)).userErrors.map(({ code, path }: any) => [code, path.at(-1)]);
    expect(await wrong({ edition: closed, startup: 'test-other', relay: 'test-relay-past', applicant: { ...person, name: ' ', eraseAfter: '2000-01-01' } })).toEqual([
      ['FORBIDDEN', 'startup'], ['NOT_OPEN', 'edition'], ['INVALID_VALUE', 'relay'], ['INVALID_VALUE', 'name'], ['INVALID_VALUE', 'eraseAfter'],
    ]);
    expect(await wrong({ edition: 'none', relay: 'none', startup: 'none' })).toEqual([['FORBIDDEN', 'startup'], ['NOT_FOUND', 'edition'], ['NOT_FOUND', 'startup'], ['NOT_FOUND', 'relay']]);
    expect(await wrong({ edition: await edition(), relay: '123go-saarland-ihk' })).toEqual([['INVALID_VALUE', 'relay']]);
    const merged = await submit({ edition: await edition(), startup: 'test-merged' }, keys.startup);
    expect(merged.userErrors).toMatchObject([{ code: 'INVALID_VALUE', message: 'test-merged was merged into test-startup: apply as that one.' }]);
    expect((await rows(sql`select result from audit where action = 'submitApplication' and result && '{NOT_OPEN}'`))[0].result).toEqual(['FORBIDDEN', 'NOT_OPEN', 'INVALID_VALUE', 'INVALID_VALUE', 'INVALID_VALUE']);
  });

  it('one who fails a rule is told which, with why', async () => {
    const to = await edition();
    await rows(sql`insert into edition_rule (edition_id, position, kind, value) values (${to}, 0, 'MIN_HEADCOUNT', 3)`);
    await rows(sql`insert into startup (id, name, headcount) values ('test-small', 'x', 2) on conflict do nothing`);
    const { userErrors } = await submit({ edition: to, startup: 'test-small' }, keys.relay);
    expect(userErrors).toEqual([{ code: 'NOT_ELIGIBLE', path: ['input', 'startup'], message: 'Au moins 3 salariés. 2 salariés : condition non remplie.' }]);
  });

  it('many at once for one startup: one is taken, the others are told of it', async () => {
    const to = await edition();
    const answers = await Promise.all(Array.from({ length: 12 }, () => submit({ edition: to }, keys.relay)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const [{ id }] = await rows(sql`select id from application where edition_id = ${to}`);
    expect(answers.map(({ application }) => application.id)).toEqual(answers.map(() => id));
    expect(answers.flatMap(codes)).toEqual(Array(11).fill('ALREADY_EXISTS'));
    expect(await history('application', id)).toEqual(['· → SUBMITTED']);
    // One that was withdrawn is no hindrance.
    await move({ id, to: 'WITHDRAWN', reason: 'too early', version: 1 }, keys.startup);
    expect(codes(await submit({ edition: to }, keys.relay))).toEqual([]);
  });

  it('a draft is for startup and relay alone, and may not come late', async () => {
    const { id, edition: to } = await begun({ draft: true });
    const seen = async (key: string) => (await hub.data(`{ application(id: "${id}") { state submittedAt } }`, { key })).application;
    expect(await seen(keys.startup)).toEqual({ state: 'DRAFT', submittedAt: null });
    expect(await seen(keys.operator)).toBeNull();
    await rows(sql`update edition set closes_at = now() where id = ${to}`);
    expect(await move({ id, to: 'SUBMITTED', version: 1 }, keys.startup)).toMatchObject({ userErrors: [{ code: 'NOT_OPEN', path: ['to'] }] });
    await rows(sql`update edition set closes_at = now() + interval '1 day' where id = ${to}`);
    expect(await move({ id, to: 'SUBMITTED', version: 1 }, keys.startup)).toMatchObject({ application: { state: 'SUBMITTED', version: 2, submittedAt: expect.any(String) } });
    expect(await seen(keys.operator)).toMatchObject({ state: 'SUBMITTED' });
  });
});

describe('moves', () => {
  it('twenty at once on one version: exactly one wins, nothing is lost', async () => {
    const { id } = await begun();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => move({ id, to: index % 2 ? 'ELIGIBLE' : 'INCOMPLETE', reason: `writer ${index}`, version: 1 }, keys.relay)));
    const [won, ...more] = answers.filter(({ userErrors }) => userErrors.length === 0);
    expect(more).toEqual([]);
    expect(answers.flatMap(codes)).toEqual(Array(19).fill('STALE_VERSION'));
    expect(answers.every(({ application }) => application.state === won.application.state && application.version === 2)).toBe(true);
    expect(await history('application', id)).toEqual(['· → SUBMITTED', `SUBMITTED → ${won.application.state}`]);
  });

  it('sent again with its key: done once; with another input: refused', async () => {
    const { id } = await begun();
    const first = await move({ id, to: 'ELIGIBLE', version: 1, idempotencyKey: 'move' }, keys.relay);
    expect(await move({ id, to: 'ELIGIBLE', version: 1, idempotencyKey: 'move' }, keys.relay)).toEqual(first);
    expect(codes(await move({ id, to: 'ADMITTED', version: 2, idempotencyKey: 'move' }, keys.relay))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(await history('application', id)).toHaveLength(2);
  });

  it('what the life does not have is refused, whoever asks; a step without its reason too', async () => {
    const { id } = await begun();
    const states = Object.values(ApplicationState);
    for (const from of states) {
      await rows(sql`update application set state = ${from} where id = ${id}`);
      for (const to of states) {
        const steps = applicationLife.moves.filter((one) => one.from === from && one.to === to);
        if (steps.length === 0) expect([from, to, ...codes(await move({ id, to, reason: 'test', version: 1, score: 1 }, keys.all))]).toEqual([from, to, 'INVALID_MOVE']);
        else if (steps[0]!.reason) expect([from, to, ...codes(await move({ id, to, reason: ' ', version: 1 }, keys.all))]).toEqual([from, to, 'REASON_NEEDED']);
      }
    }
    expect(await history('application', id)).toEqual(['· → SUBMITTED']);
  });

  it.each([
    ['SUBMITTED', 'ELIGIBLE', 'startup'],
    ['SUBMITTED', 'ELIGIBLE', 'operator'],
    ['SUBMITTED', 'WITHDRAWN', 'relay'],
    ['COACHED', 'PLAN_SUBMITTED', 'operator'],
    ['JURY_SCORED', 'LAUREATE', 'startup'],
    ['ADMITTED', 'DROPPED', 'startup'],
  ] as const)('from %s to %s is not for the %s', async (from, to, who) => {
    const { id } = await begun();
    await rows(sql`update application set state = ${from} where id = ${id}`);
    expect(codes(await move({ id, to, reason: 'test', version: 1 }, who === 'relay' ? keys.relay : who === 'startup' ? await hub.partner([['STARTUP', 'test-startup'], ['RELAY', 'test-relay-2']]) : keys.operator))).toEqual(['INVALID_MOVE']);
  });

  it('an application that the caller may not know of is not found', async () => {
    const { id } = await begun();
    for (const key of [keys.otherRelay, keys.former]) expect(await move({ id, to: 'ELIGIBLE', version: 1 }, key)).toMatchObject({ application: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    const { errors } = await hub.ask(MOVE, { variables: { id, to: 'ELIGIBLE', version: 1 } });
    expect(errors?.[0]?.extensions?.code).toMatch(/UNAUTH/);
  });
});

describe('reading', () => {
  it('shows each caller its own: by list, by id, through the startup', async () => {
    const [{ id: startup }] = await rows(sql`select id from startup where merged_into is null and id not like 'test-%' order by id limit 1`);
    const { id, edition: to } = await begun({ startup });
    const query = `{ applications(filter: {edition: "${to}"}) { totalCount nodes { id relay { id } startup { name } } } application(id: "${id}") { id } startup(id: "${startup}") { applications { id } } }`;
    const sees = async (key: string) => {
      const { applications, application, startup } = await hub.data(query, { key });
      return [applications.totalCount, applications.nodes.map((node: any) => node.id), application?.id ?? null, startup.applications.map((one: any) => one.id)];
    };
    for (const key of [await hub.partner([['STARTUP', startup]]), keys.relay, keys.operator]) expect(await sees(key)).toEqual([1, [id], id, [id]]);
    for (const key of [keys.otherRelay, keys.former, keys.startup]) expect(await sees(key)).toEqual([0, [], null, []]);
    const { data, errors } = await hub.ask('{ applications { totalCount } }');
    expect(data?.applications ?? null).toBeNull();
    expect(errors).toHaveLength(1);
  });

  it('a startup is the same under the id that it was merged from', async () => {
    const { id } = await begun();
    await rows(sql`insert into startup (id, name, merged_into) values ('test-old', 'x', 'test-startup') on conflict do nothing`);
    const key = await hub.partner([['STARTUP', 'test-old']]);
    expect((await hub.data(`{ application(id: "${id}") { id } }`, { key })).application).toEqual({ id });
    expect(codes(await move({ id, to: 'WITHDRAWN', reason: 'test', version: 1 }, key))).toEqual([]);
  });

  it('the score is for the jury, never for the startup', async () => {
    const { id } = await begun();
    await rows(sql`update application set score = 61 where id = ${id}`);
    const query = `{ application(id: "${id}") { state score } }`;
    expect((await hub.data(query, { key: keys.jury })).application.score).toBe(61);
    for (const key of [keys.startup, keys.relay, keys.operator]) {
      const { data, errors } = await hub.ask(query, { key });
      expect([data.application.state, data.application.score, errors?.length]).toEqual(['SUBMITTED', null, 1]);
    }
    // With the scope for another programme than the one it applies to.
    const both = await hub.partner([['STARTUP', 'test-startup'], ['PARTNER', 'test-former']], { scopes: ['applications:read', 'applications:jury'] });
    expect((await hub.data(query, { key: both })).application.score).toBeNull();
  });

  it('the applicant is for startup and relay, each reading in the audit', async () => {
    const { id } = await begun({ applicant: person });
    const query = `{ application(id: "${id}") { applicant { name email basis eraseAfter } } }`;
    expect((await hub.data(query, { key: keys.relay })).application.applicant).toEqual({ name: person.name, email: person.email, basis: 'CONSENT', eraseAfter: person.eraseAfter });
    expect(await rows(sql`select result from audit where action = 'read applicants' and subjects = ${[id]}::text[]`)).toHaveLength(1);
    const both = await hub.partner([['PARTNER', 'test-operator'], ['RELAY', 'test-relay-2']]);
    expect((await hub.data(query, { key: both })).application.applicant).toBeNull();
    expect((await hub.ask(query, { key: keys.operator })).errors).toHaveLength(1);
    expect(await rows(sql`select from audit where action = 'read applicants' and subjects = ${[id]}::text[]`)).toHaveLength(1);
  });

  it('of two applications of a company whose records were merged, one wins, also when both try at once', async () => {
    await startups('test-twin-a', 'test-twin-b');
    const one = await begun({ startup: 'test-twin-a' });
    const { application: two } = await submit({ edition: one.edition, startup: 'test-twin-b' }, keys.relay);
    await rows(sql`update startup set merged_into = 'test-twin-a' where id = 'test-twin-b'`);
    await rows(sql`update application set state = 'JURY_SCORED' where edition_id = ${one.edition}`);
    const answers = await Promise.all([one.id, two.id].map((id) => move({ id, to: 'LAUREATE', version: 1 }, keys.relay)));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'ALREADY_EXISTS', path: ['to'] }]);
    // Both answer with the one that won.
    expect(answers[0].application).toEqual(answers[1].application);
    expect(await rows(sql`select from award where edition_id = ${one.edition}`)).toHaveLength(1);
  });

  it('whoever may write applications and not read them is not shown what a write made of one', async () => {
    const { id } = await begun();
    const blind = await hub.partner([['RELAY', 'test-relay']], { scopes: ['applications:manage'] });
    const { data, errors } = await hub.ask(MOVE, { key: blind, variables: { id, to: 'ELIGIBLE', version: 1 } });
    expect(data).toEqual({ moveApplication: { application: null, userErrors: [] } });
    expect(errors).toMatchObject([{ path: ['moveApplication', 'application'], extensions: { code: 'FORBIDDEN', scopes: ['applications:read'] } }]);
    expect(await history('application', id)).toContain('SUBMITTED → ELIGIBLE');
  });

  it('an applicant whose day is over is erased; nothing else ever held the person', async () => {
    const { id } = await begun({ applicant: person });
    const { db } = hub.hub.running.get('programmes')!;
    await move({ id, to: 'INCOMPLETE', reason: `${person.name.toUpperCase()} must send the plan`, version: 1 }, keys.relay);
    await move({ id: person.email, to: 'ELIGIBLE', version: 1 }, keys.relay);
    // From the day after, nobody reads it, even where the erasure is late.
    await rows(sql`update applicant set erase_after = current_date - 1 where application_id = ${id}`);
    expect((await hub.data(`{ application(id: "${id}") { applicant { name } } }`, { key: keys.relay })).application.applicant).toBeNull();
    expect(Object.keys(await exportPersons(db, programmes.persons, { name: person.name.toLowerCase() }))).toEqual(['applicant']);
    await erasePersons(db, programmes.persons, { before: new Date(Date.now() + 3 * 86_400_000) }, 'schedule');
    expect((await hub.data(`{ application(id: "${id}") { state applicant { name } history { to reason } } }`, { key: keys.relay })).application).toEqual({
      state: 'INCOMPLETE',
      applicant: null,
      history: [{ to: 'SUBMITTED', reason: null }, { to: 'INCOMPLETE', reason: '[erased]' }],
    });
    expect(await told(id)).toEqual(['application begun', 'application moved', 'applicant erased']);
    for (const table of ['history', 'outbox', 'audit', 'idempotency', 'application', 'applicant']) {
      const [{ held }] = await db.dataSource.query(`select count(*)::int as held from ${table} t where t::text ilike '%secret%'`);
      expect([table, held]).toEqual([table, 0]);
    }
  });
});
