import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse } from 'graphql';
import { readNeeds } from '../../gateway/rights/needs';
import { apiFile, supergraphFile } from '../../gateway/supergraph/compose';
import { Context } from '../../shared/graphql/context';
import type { Role, Scope } from '../../shared/rights/rights';
import { useHub } from '../testkit/hub';

// Who may do what, at a glance. `+` allowed; `o` the scope is there, the record is another's: it is not shown, or not written;
// `.` the scope is missing: refused by the gateway, and not planned.

const hub = useHub();

const METZ = 'fr-commune-57463';
const LONG = 'x'.repeat(20_001);
const person = { name: 'Test Person', email: 'person@rights.example', basis: 'CONSENT', purpose: 'the test', eraseAfter: new Date(Date.now() + 864e5).toISOString().slice(0, 10) };
const nobody = { ...person, name: ' ' };

/** Callers: one about the records that are asked for, one about others. The jury's scope is given by name. */
const callers: Record<string, [role: Role, about?: string][]> = {};
const jury: Scope[] = ['applications:read', 'applications:manage', 'applications:jury', 'programmes:write', 'challenges:write', 'challenges:read', 'jobs:write', 'startups:write'];
const ids: Record<string, string> = {};
const keys: Record<string, string | undefined> = { public: undefined };
const order = ['public', 'startup', 'other startup', 'relay', 'other relay', 'operator', 'other partner', 'officer', 'other officer', 'steward', 'admin'];

const rowsOf = <Row = any>(name: 'startups' | 'programmes' | 'jobs', statement: string, values: unknown[] = []): Promise<Row[]> => hub.hub.running.get(name)!.db.dataSource.query(statement, values);

beforeAll(async () => {
  const [mine] = await rowsOf('startups', `select id from startup where territory_id = $1 and synthetic and merged_into is null order by id limit 1`, [METZ]);
  const [other] = await rowsOf('startups', `select id from startup where territory_id <> $1 and merged_into is null order by id limit 1`, [METZ]);
  Object.assign(ids, { startup: mine.id, other: other.id, relay: '123go-saarland-ihk', edition: 'demo-123go' });
  Object.assign(callers, {
    startup: [['STARTUP', ids.startup]],
    'other startup': [['STARTUP', ids.other]],
    relay: [['RELAY', ids.relay]],
    'other relay': [['RELAY', '123go-lorraine-crci']],
    operator: [['PARTNER', 'house-of-entrepreneurship']],
    'other partner': [['PARTNER', 'grand-nancy']],
    officer: [['TERRITORY_OFFICER', 'fr-departement-57']],
    'other officer': [['TERRITORY_OFFICER', 'fr-departement-88']],
    steward: [['STEWARD']],
    admin: [['ADMIN']],
  } satisfies typeof callers);
  for (const [name, grants] of Object.entries(callers)) keys[name] = await hub.partner(grants, name === 'operator' ? { scopes: jury } : {});

  const data = async (query: string, variables: object, key: string | undefined) => Object.values((await hub.data(query, { variables, key })) as object)[0] as any;
  const submitted = await data('mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { application { id } userErrors { code path message } } }', {
    input: { edition: ids.edition, startup: ids.startup, relay: ids.relay, applicant: person, idempotencyKey: 'rights' },
  }, keys.startup);
  expect(submitted.userErrors).toEqual([]);
  ids.application = submitted.application.id;
  await rowsOf('programmes', `update application set state = 'JURY_SCORED', score = 50 where id = $1`, [ids.application]);
  const challenge = await data('mutation($input: PublishChallengeInput!) { publishChallenge(input: $input) { challenge { id } userErrors { message } } }', {
    input: { title: 'T', description: 'D', lang: 'EN', owner: 'house-of-entrepreneurship', territory: METZ, topics: [], idempotencyKey: 'rights' },
  }, keys.operator);
  ids.challenge = challenge.challenge.id;
  await data('mutation($input: AnswerChallengeInput!) { answerChallenge(input: $input) { userErrors { message } } }', { input: { challenge: ids.challenge, startup: ids.startup, message: 'we', idempotencyKey: 'rights' } }, keys.startup);
  for (const role of ['CEO', 'CTO']) {
    const { contact } = await data('mutation($input: RecordContactInput!) { recordContact(input: $input) { contact { id } } }', { input: { startup: ids.startup, role, person, idempotencyKey: role } }, keys.startup);
    ids.contact = contact.id;
  }
  const draft = await data('mutation($input: PublishJobOfferInput!) { publishJobOffer(input: $input) { jobOffer { id } userErrors { message path } } }', { input: { ...offer(), draft: true } }, keys.startup);
  ids.draft = draft.jobOffer.id;
  const expert = await data('mutation($input: RecordExpertInput!) { recordExpert(input: $input) { expert { id } userErrors { message } } }', { input: { territory: 'nuts-dec0', langs: ['DE'], topics: ['ai'], person, idempotencyKey: 'rights' } }, keys.relay);
  ids.expert = expert.expert.id;
});

const offer = () => ({
  employer: ids.startup, title: 'T', lang: 'EN', description: 'D', contract: 'PERMANENT', contractAsStated: 'CDI', workTime: 'FULL_TIME', remote: 'HYBRID', territory: METZ,
  validThrough: new Date(Date.now() + 864e5).toISOString(), source: 'synthetic', recordId: 'rights', idempotencyKey: 'rights',
});

/** Fields and mutations; these with a value that is refused afterwards, so that nothing is written. */
const asked: Record<string, () => [query: string, variables?: object]> = {
  'Startup.name': () => [`{ startup(id: "${ids.startup}") { name } }`],
  'Startup.contacts': () => [`{ startup(id: "${ids.startup}") { contacts { email } } }`],
  'Startup.applications': () => [`{ startup(id: "${ids.startup}") { applications { id } } }`],
  'Query.application': () => [`{ application(id: "${ids.application}") { id } }`],
  'Query.applications': () => [`{ applications(filter: { edition: "${ids.edition}" }) { nodes { id } } }`],
  'Application.score': () => [`{ application(id: "${ids.application}") { score } }`],
  'Application.applicant': () => [`{ application(id: "${ids.application}") { applicant { email } } }`],
  'Relay.pipeline': () => [`{ territory(id: "nuts-dec0") { relays(programme: "123go") { pipeline(edition: "${ids.edition}") { count } } } }`],
  'Query.experts': () => ['{ experts { nodes { topics } } }'],
  'Expert.person': () => ['{ experts { nodes { person { email } } } }'],
  'Challenge.answers': () => [`{ challenges(within: "${METZ}") { answers { message } } }`],
  'Query.jobOffer, a draft': () => [`{ jobOffer(id: "${ids.draft}") { title } }`],
  'Query.audit': () => ['{ audit { startups { nodes { action } } } }'],
  registerStartup: () => ['mutation($input: RegisterStartupInput!) { registerStartup(input: $input) { userErrors { code } } }', { input: { name: ' ', registerIds: [], territory: METZ, source: 'ilab', recordId: 'rights', idempotencyKey: 'r' } }],
  updateStartup: () => ['mutation($input: UpdateStartupInput!) { updateStartup(input: $input) { userErrors { code } } }', { input: { id: ids.startup, version: -1 } }],
  moveStartup: () => [`mutation { moveStartup(id: "${ids.startup}", to: ALUMNI, version: -1) { userErrors { code } } }`],
  resolveDuplicate: () => [`mutation { resolveDuplicate(id: "x", same: true, idempotencyKey: "${LONG}") { userErrors { code } } }`],
  recordContact: () => ['mutation($input: RecordContactInput!) { recordContact(input: $input) { userErrors { code } } }', { input: { startup: ids.startup, role: 'CEO', person: nobody, idempotencyKey: 'r' } }],
  removeContact: () => [`mutation { removeContact(id: "${ids.contact}") { userErrors { code } } }`],
  submitApplication: () => ['mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { userErrors { code } } }', { input: { edition: ids.edition, startup: ids.startup, relay: ids.relay, applicant: nobody, idempotencyKey: 'r' } }],
  moveApplication: () => [`mutation { moveApplication(id: "${ids.application}", to: LAUREATE, version: -1) { userErrors { code } } }`],
  'ApplicationPayload.application': () => [`mutation { moveApplication(id: "${ids.application}", to: LAUREATE, version: -1) { application { id } userErrors { code } } }`],
  recordExpert: () => ['mutation($input: RecordExpertInput!) { recordExpert(input: $input) { userErrors { code } } }', { input: { territory: 'nuts-dec0', langs: [], topics: [], idempotencyKey: 'r' } }],
  'ExpertPayload.expert': () => ['mutation($input: RecordExpertInput!) { recordExpert(input: $input) { expert { id } userErrors { code } } }', { input: { territory: 'nuts-dec0', langs: [], topics: [], idempotencyKey: 'r' } }],
  callExperts: () => [`mutation { callExperts(application: "${ids.application}", experts: ["${ids.expert}"], version: -1) { userErrors { code } } }`],
  moveEdition: () => [`mutation { moveEdition(id: "${ids.edition}", to: CLOSED, version: -1) { userErrors { code } } }`],
  publishChallenge: () => ['mutation($input: PublishChallengeInput!) { publishChallenge(input: $input) { userErrors { code } } }', { input: { title: ' ', description: 'D', lang: 'EN', owner: 'house-of-entrepreneurship', territory: METZ, topics: [], idempotencyKey: 'r' } }],
  moveChallenge: () => [`mutation { moveChallenge(id: "${ids.challenge}", to: CLOSED, version: -1) { userErrors { code } } }`],
  answerChallenge: () => ['mutation($input: AnswerChallengeInput!) { answerChallenge(input: $input) { userErrors { code } } }', { input: { challenge: ids.challenge, startup: ids.startup, message: ' ', idempotencyKey: 'r' } }],
  publishJobOffer: () => ['mutation($input: PublishJobOfferInput!) { publishJobOffer(input: $input) { userErrors { code } } }', { input: { ...offer(), title: ' ', idempotencyKey: 'r' } }],
  moveJobOffer: () => [`mutation { moveJobOffer(id: "${ids.draft}", to: PUBLISHED, version: -1) { userErrors { code } } }`],
  recordStatement: () => ['mutation($input: RecordStatementInput!) { recordStatement(input: $input) { userErrors { code } } }', { input: { indicator: 'digital-jobs', territory: METZ, kind: 'FIGURE', operator: 'EQUAL', value: 1, unit: 'x', quote: ' ', source: 'ilab', idempotencyKey: 'r' } }],
};

/** Whether an answer holds anything but its shape. */
const empty = (value: unknown): boolean => value === null || (typeof value === 'object' && Object.values(value as object).every(empty));

async function mayAsk(what: string, who: string): Promise<string> {
  if (what === 'removeContact') await rowsOf('startups', `insert into contact select $1, startup_id, role, name, email, basis, purpose, erase_after from contact where id <> $1 limit 1 on conflict do nothing`, [ids.contact]);
  const [query, variables] = asked[what]!();
  const { data, errors } = await hub.ask<any>(query, { variables: variables ?? {}, key: keys[who] });
  const codes: string[] = (errors ?? []).map(({ extensions }) => String(extensions?.code));
  if (codes.length > 0) {
    expect(codes).toEqual(codes.map(() => (who === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN')));
    expect(empty(data)).toBe(true);
    return '.';
  }
  if (!query.startsWith('mutation')) return empty(data) ? 'o' : '+';
  const [{ userErrors }] = Object.values(data) as [{ userErrors: { code: string }[] }];
  return userErrors.some(({ code }) => ['FORBIDDEN', 'NOT_FOUND'].includes(code)) ? 'o' : '+';
}

const rights = `
                                    public startup  other  relay  other  operator  other  officer  other  steward  admin
    Startup.name                    +      +      +      +      +      +      +      +      +      +      +
    Startup.contacts                .      +      o      o      o      .      .      +      o      .      .
    Startup.applications            .      +      o      +      o      +      o      .      .      .      .
    Query.application               .      +      o      +      o      +      o      .      .      .      .
    Query.applications              .      +      o      +      o      +      o      .      .      .      .
    Application.score               .      .      .      .      .      +      .      .      .      .      .
    Application.applicant           .      +      o      +      o      .      .      .      .      .      .
    Relay.pipeline                  .      o      o      +      o      +      o      .      .      .      .
    Query.experts                   .      +      +      +      +      +      +      .      .      .      .
    Expert.person                   .      o      o      +      +      .      .      .      .      .      .
    Challenge.answers               .      +      o      .      .      +      o      .      .      .      .
    Query.jobOffer, a draft         o      +      o      o      o      o      o      o      o      o      o
    Query.audit                     .      .      .      .      .      .      .      .      .      .      +
    registerStartup                 .      o      o      .      .      +      +      +      o      .      .
    updateStartup                   .      +      o      .      .      o      o      +      o      .      .
    moveStartup                     .      .      .      .      .      .      .      +      o      .      .
    resolveDuplicate                .      .      .      .      .      .      .      .      .      +      .
    recordContact                   .      +      o      .      .      .      .      +      o      .      .
    removeContact                   .      +      o      .      .      .      .      +      o      .      .
    submitApplication               .      +      o      +      o      .      .      .      .      .      .
    moveApplication                 .      +      o      +      o      +      o      .      .      .      .
    ApplicationPayload.application  .   +      o      +      o      +      o      .      .      .      .
    recordExpert                    .      .      .      +      +      +      o      .      .      .      .
    ExpertPayload.expert            .      .      .      +      +      +      o      .      .      .      .
    callExperts                     .      .      .      +      o      +      o      .      .      .      .
    moveEdition                     .      .      .      .      .      +      o      .      .      .      .
    publishChallenge                .      .      .      .      .      +      o      .      .      .      .
    moveChallenge                   .      .      .      .      .      +      o      .      .      .      .
    answerChallenge                 .      +      o      .      .      .      .      .      .      .      .
    publishJobOffer                 .      +      o      .      .      o      o      .      .      .      .
    moveJobOffer                    .      +      o      .      .      o      o      .      .      .      .
    recordStatement                 .      .      .      .      .      .      .      +      o      .      .`;

const lines = rights.trim().split('\n').slice(1).map((line) => /^\s*(.*?) {2,}(.*)$/.exec(line)!.slice(1) as [string, string]);

it.each(lines)('%s: %s', async (what, expected) => {
  const found = [];
  for (const who of order) found.push(await mayAsk(what, who));
  expect(found).toEqual(expected.split(/ +/));
});

it('has a line for every field and mutation that needs a scope', () => {
  const sdl = readFileSync(supergraphFile, 'utf8');
  const api = buildSchema(readFileSync(apiFile, 'utf8'));
  const needing = [...readNeeds(sdl, api).keys()].map((field) => field.replace('Mutation.', ''));
  const named = lines.map(([what]) => what.split(',')[0]);
  expect(needing.filter((field) => !named.includes(field))).toEqual([]);
});

it('entities that others refer to are shown at the port of a subgraph to nobody who lacks the scope for them', async () => {
  const { schema, db } = hub.hub.running.get('programmes')!;
  const fetched = async (scopes: Scope[]) => {
    const caller = { partner: { id: 'p', name: 'P', organisation: null }, via: null, scopes, grants: [{ role: 'RELAY' as const, about: ids.relay! }] };
    const document = parse('query($of: [_Any!]!) { _entities(representations: $of) { ... on Application { state } ... on Expert { topics } } }');
    const of = [{ __typename: 'Application', id: ids.application }, { __typename: 'Expert', id: ids.expert }];
    const { data, errors } = (await execute({ schema, document, variableValues: { of }, contextValue: new Context({ db, langs: [], caller }) })) as any;
    return [data._entities, (errors ?? []).map(({ extensions }: any) => extensions)];
  };
  const refused = { code: 'FORBIDDEN', scopes: ['applications:read'] };
  expect(await fetched(['applications:manage'])).toEqual([[null, null], [refused, refused]]);
  expect(await fetched(['applications:read'])).toEqual([[{ state: 'JURY_SCORED' }, { topics: ['ai'] }], []]);
});

it('left the records as they were: what was allowed had been given a value that is refused', async () => {
  const [application] = await rowsOf('programmes', 'select version, state from application where id = $1', [ids.application]);
  expect(application).toEqual({ version: 1, state: 'JURY_SCORED' });
  const [draft] = await rowsOf('jobs', 'select version, state from job_offer where id = $1', [ids.draft]);
  expect(draft).toEqual({ version: 1, state: 'DRAFT' });
});
