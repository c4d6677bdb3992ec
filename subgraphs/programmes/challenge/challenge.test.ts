import sql from 'sql-template-tag';
import { codes, programmeOf } from '../../../test/testkit/programmes';
import { useHub } from '../../../test/testkit/hub';
import { challengesByTheirDates } from './writes';

const hub = useHub();
const { rows, startups, history, told } = programmeOf(hub);

const payload = 'challenge { id state version title(lang: DE) closesAt answers { startup { id } message accepted } } userErrors { code path message }';
const PUBLISH = `mutation($input: PublishChallengeInput!) { publishChallenge(input: $input) { ${payload} } }`;
const ANSWER = `mutation($input: AnswerChallengeInput!) { answerChallenge(input: $input) { ${payload} } }`;
const MOVE = `mutation($id: ID!, $to: ChallengeState!, $startup: ID, $version: Int!, $idempotencyKey: String) { moveChallenge(id: $id, to: $to, startup: $startup, version: $version, idempotencyKey: $idempotencyKey) { ${payload} } }`;

let owner: string;
let first: string;
let second: string;
let serial = 0;
const publish = async (input: object = {}, key = owner) =>
  (await hub.data(PUBLISH, { key, variables: { input: { title: 'Pumpen', description: 'Wartung', lang: 'DE', owner: 'test-owner', territory: 'fr-commune-57463', topics: ['iot'], idempotencyKey: `p-${++serial}`, ...input } } })).publishChallenge;
const answer = async (input: object, key = first) =>
  (await hub.data(ANSWER, { key, variables: { input: { startup: 'test-first', message: 'we can', idempotencyKey: `a-${++serial}`, ...input } } })).answerChallenge;
const move = async (variables: object, key = owner) => (await hub.data(MOVE, { key, variables })).moveChallenge;
const published = async (): Promise<string> => (await publish()).challenge.id;

beforeAll(async () => {
  await startups('test-first', 'test-second');
  await rows(sql`insert into organisation (id, kind, names) values ('test-owner', 'x', '[]')`);
  owner = await hub.partner([['PARTNER', 'test-owner']]);
  first = await hub.partner([['STARTUP', 'test-first']]);
  second = await hub.partner([['STARTUP', 'test-second']]);
});

it('is published, answered and matched; each sees the answers that are its business', async () => {
  const { challenge, userErrors } = await publish();
  expect(userErrors).toEqual([]);
  expect(challenge).toMatchObject({ state: 'OPEN', version: 1, title: 'Pumpen', answers: [] });
  const { id } = challenge;
  expect(codes(await answer({ challenge: id }))).toEqual([]);
  expect(codes(await answer({ challenge: id, startup: 'test-second', message: 'we too' }, second))).toEqual([]);
  const answers = async (key: string) => (await hub.data('{ challenges(within: "sillon-lorrain") { id answers { message accepted } } }', { key })).challenges.find((one: any) => one.id === id).answers;
  expect(await answers(owner)).toEqual([{ message: 'we can', accepted: null }, { message: 'we too', accepted: null }]);
  expect(await answers(second)).toEqual([{ message: 'we too', accepted: null }]);
  expect(await answers(await hub.partner([['PARTNER', 'test-other']]))).toBeNull();
  expect(await move({ id, to: 'MATCHED', startup: 'test-second', version: 1 })).toMatchObject({ userErrors: [], challenge: { state: 'MATCHED', version: 2 } });
  expect(await answers(owner)).toEqual([{ message: 'we can', accepted: false }, { message: 'we too', accepted: true }]);
  expect(codes(await answer({ challenge: id, startup: 'test-first' }))).toEqual(['NOT_OPEN']);
  expect(await move({ id, to: 'CLOSED', version: 2 })).toMatchObject({ challenge: { state: 'CLOSED', version: 3 } });
  expect(await history('challenge', id)).toEqual(['· → OPEN', 'OPEN → MATCHED', 'MATCHED → CLOSED']);
  // One may also choose after the closing.
  expect(await move({ id, to: 'MATCHED', startup: 'test-first', version: 3 })).toMatchObject({ userErrors: [], challenge: { state: 'MATCHED', version: 4 } });
  expect(await answers(owner)).toEqual([{ message: 'we can', accepted: true }, { message: 'we too', accepted: false }]);
  expect(await told(id)).toEqual(['challenge begun', 'challenge answered', 'challenge answered', 'challenge moved', 'challenge moved', 'challenge moved']);
});

it('publishing is refused with all that is wrong, to who does not act for the owner', async () => {
  const { userErrors } = await publish({ owner: 'test-other', territory: 'nowhere', title: ' ', closesAt: '2020-01-01T00:00:00Z' });
  expect(userErrors.map(({ code, path }: any) => [code, path[1]])).toEqual([['FORBIDDEN', 'owner'], ['INVALID_VALUE', 'territory'], ['INVALID_VALUE', 'title'], ['INVALID_VALUE', 'closesAt']]);
  const unknown = await hub.partner([['PARTNER', 'test-unknown']]);
  expect((await publish({ owner: 'test-unknown' }, unknown)).userErrors).toMatchObject([{ code: 'INVALID_VALUE', path: ['input', 'owner'] }]);
  for (const input of [{ title: 'a\0b' }, { topics: ['a\0b'] }]) {
    const { errors } = await hub.ask(PUBLISH, { key: owner, variables: { input: { title: 'x', description: 'x', lang: 'DE', owner: 'test-owner', territory: 'lu', topics: [], idempotencyKey: `p-${++serial}`, ...input } } });
    expect(errors?.[0]?.message).toContain('expected a text without the character NUL');
  }
  const once = await publish({ idempotencyKey: 'same' });
  expect((await publish({ idempotencyKey: 'same' })).challenge.id).toBe(once.challenge.id);
  expect(codes(await publish({ idempotencyKey: 'same', title: 'other' }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
});

it('a startup answers for itself alone, once, also when it does so many times at once or was merged', async () => {
  const id = await published();
  expect(codes(await answer({ challenge: id, startup: 'test-second' }))).toEqual(['FORBIDDEN']);
  expect(codes(await answer({ challenge: 'none' }))).toEqual(['NOT_FOUND']);
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => answer({ challenge: id, message: `try ${index}` })));
  expect(answers.flatMap(codes)).toEqual(Array(9).fill('ALREADY_EXISTS'));
  await rows(sql`insert into startup (id, name, merged_into) values ('test-old', 'x', 'test-second')`);
  await rows(sql`insert into challenge_answer (challenge_id, startup_id, message, at) values (${id}, 'test-old', 'before we merged', now())`);
  expect(await answer({ challenge: id, startup: 'test-second' }, second)).toMatchObject({ userErrors: [{ code: 'ALREADY_EXISTS' }], challenge: { answers: [{ message: 'before we merged' }] } });
});

it('moves: of its own, with an answer to accept, on the version as it is, and as its life has them', async () => {
  const id = await published();
  expect(codes(await move({ id, to: 'CLOSED', version: 1 }, await hub.partner([['PARTNER', 'test-other']])))).toEqual(['FORBIDDEN']);
  expect(codes(await move({ id: 'none', to: 'CLOSED', version: 1 }))).toEqual(['NOT_FOUND']);
  for (const startup of [undefined, 'test-first']) expect((await move({ id, to: 'MATCHED', startup, version: 1 })).userErrors).toMatchObject([{ code: 'INVALID_VALUE', path: ['startup'] }]);
  expect(codes(await move({ id, to: 'CLOSED', startup: 'test-first', version: 1 }))).toEqual(['INVALID_VALUE']);
  expect(codes(await move({ id, to: 'OPEN', version: 1 }))).toEqual(['INVALID_MOVE']);
  await answer({ challenge: id });
  await move({ id, to: 'MATCHED', startup: 'test-first', version: 1, idempotencyKey: 'match' });
  expect(await move({ id, to: 'MATCHED', startup: 'test-first', version: 1, idempotencyKey: 'match' })).toMatchObject({ userErrors: [], challenge: { version: 2 } });
  for (const to of ['OPEN', 'MATCHED']) expect(codes(await move({ id, to, startup: 'test-first', version: 2 }))).toEqual(['INVALID_MOVE']);
  await move({ id, to: 'CLOSED', version: 2 });
  for (const to of ['OPEN', 'CLOSED']) expect(codes(await move({ id, to, version: 3 }))).toEqual(['INVALID_MOVE']);
});

it('twenty at once on one version: exactly one wins', async () => {
  const id = await published();
  await answer({ challenge: id });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => move(index % 2 ? { id, to: 'CLOSED', version: 1 } : { id, to: 'MATCHED', startup: 'test-first', version: 1 })));
  expect(answers.flatMap(codes)).toEqual(Array(19).fill('STALE_VERSION'));
  expect(new Set(answers.map(({ challenge }) => challenge.state)).size).toBe(1);
  expect(await history('challenge', id)).toHaveLength(2);
});

it('closes by its date at once, which is written down afterwards, at that date and once; what was past at the seed is not told', async () => {
  const id = await published();
  await rows(sql`update challenge set closes_at = '2025-05-01T00:00:00Z' where id = ${id}`);
  expect(codes(await answer({ challenge: id }))).toEqual(['NOT_OPEN']);
  expect((await hub.data('{ challenges(states: [CLOSED]) { id } }')).challenges).toContainEqual({ id });
  await Promise.all(Array.from({ length: 5 }, () => challengesByTheirDates.run(hub.hub.running.get('programmes')!.db, new Date())));
  expect(await rows(sql`select version, at, to_state, by_name from history where id = ${id} and version > 1`)).toEqual([{ version: 2, at: new Date('2025-05-01T00:00:00Z'), to_state: 'CLOSED', by_name: 'the hub' }]);
  expect(await told(id)).toEqual(['challenge begun', 'challenge moved']);
  expect(await rows(sql`select from outbox where subject_id like 'demo-%' and event <> 'copies refreshed'`)).toEqual([]);
});
