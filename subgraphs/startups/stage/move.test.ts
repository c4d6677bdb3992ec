import { useHub } from '../../../test/testkit/hub';
import { refusals, startupWrites } from '../../../test/testkit/startups';

const hub = useHub();
const { register, move, read, rows } = startupWrites(hub);
let partner: string;
let officer: string;
let id: string;
beforeAll(async () => {
  partner = await hub.partner([['PARTNER', 'lorntech']]);
  officer = await hub.partner([['TERRITORY_OFFICER', 'sillon-lorrain']], { organisation: 'lorntech', name: 'LORnTECH' });
});
beforeEach(async () => {
  id = (await register(partner, {})).startup.id;
});

const steps = async () => (await read(id, 'stageHistory { stage reason by { id } }')).stageHistory;

it('keeps who and why of each step; one back needs a reason, one ahead may skip', async () => {
  expect((await move(officer, { id, to: 'DETECTION', version: 1 })).startup).toMatchObject({ stage: 'DETECTION', version: 2 });
  expect((await move(officer, { id, to: 'ACCELERATION', version: 2 })).startup).toMatchObject({ stage: 'ACCELERATION', version: 3 });
  const refused = await move(officer, { id, to: 'CREATION', version: 3, reason: ' ' });
  expect(refusals(refused)).toEqual(['REASON_NEEDED reason']);
  expect((await move(officer, { id, to: 'CREATION', version: 3, reason: 'The founders start anew.' })).startup).toMatchObject({ stage: 'CREATION', version: 4 });
  expect(refusals(await move(officer, { id, to: 'CREATION', version: 4 }))).toEqual(['INVALID_MOVE to']);
  const by = { id: 'lorntech' };
  expect(await steps()).toEqual([
    { stage: 'DETECTION', reason: null, by },
    { stage: 'ACCELERATION', reason: null, by },
    { stage: 'CREATION', reason: 'The founders start anew.', by },
  ]);
  expect(await rows('select version, from_state, to_state, by_name, reason from history where id = $1 order by version', [id])).toEqual([
    { version: 2, from_state: null, to_state: 'DETECTION', by_name: 'LORnTECH', reason: null },
    { version: 3, from_state: 'DETECTION', to_state: 'ACCELERATION', by_name: 'LORnTECH', reason: null },
    { version: 4, from_state: 'ACCELERATION', to_state: 'CREATION', by_name: 'LORnTECH', reason: 'The founders start anew.' },
  ]);
  expect((await rows('select event from outbox where subject_id = $1 order by version', [id])).map(({ event }) => event)).toEqual([
    'startup registered', 'startup support begun', 'startup support moved', 'startup support moved',
  ]);
});

it('of twenty officers at once exactly one moves it', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => move(officer, { id, to: at % 2 ? 'DETECTION' : 'MATURATION', version: 1 })));
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect(answers.flatMap(refusals)).toEqual(Array(19).fill('STALE_VERSION version'));
  expect(await steps()).toHaveLength(1);
  expect(await rows('select 1 from history where id = $1', [id])).toHaveLength(1);
});

it('is done once for an idempotency key', async () => {
  const args = { id, to: 'DETECTION', version: 1, idempotencyKey: 'move' };
  const [first, again] = [await move(officer, args), await move(officer, args)];
  expect(again).toEqual(first);
  expect(again.userErrors).toEqual([]);
  expect(refusals(await move(officer, { ...args, to: 'ALUMNI' }))).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
  expect(await steps()).toHaveLength(1);
});

it('is for officers of its seat alone', async () => {
  const elsewhere = await hub.partner([['TERRITORY_OFFICER', 'fr-departement-54']]);
  expect(refusals(await move(elsewhere, { id, to: 'DETECTION', version: 1 }))).toEqual(['FORBIDDEN id']);
  // Its own key gives this caller the record, and its office another scope: neither makes it an officer here.
  const both = await hub.partner([['STARTUP', id], ['TERRITORY_OFFICER', 'fr-departement-54']]);
  expect(refusals(await move(both, { id, to: 'DETECTION', version: 1 }))).toEqual(['FORBIDDEN id']);
  expect(refusals(await move(officer, { id: 'none', to: 'DETECTION', version: 1 }))).toEqual(['NOT_FOUND id']);
  const own = await hub.partner([['STARTUP', id]]);
  const { errors } = await hub.ask('mutation($id: ID!) { moveStartup(id: $id, to: ALUMNI, version: 1) { startup { id } } }', { variables: { id }, key: own });
  expect(errors![0]!.extensions!.code).toBe('FORBIDDEN');
  expect(await steps()).toEqual([]);
});
