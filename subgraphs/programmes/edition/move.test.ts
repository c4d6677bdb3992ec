import sql from 'sql-template-tag';
import { codes, programmeOf } from '../../../test/testkit/programmes';
import { useHub } from '../../../test/testkit/hub';
import { editionLife, EditionState } from './life';
import { editionsByTheirDates } from './move';

const hub = useHub();
const { rows, make, edition, history, told } = programmeOf(hub);

const MOVE = `mutation($id: ID!, $to: EditionState!, $version: Int!, $reason: String, $idempotencyKey: String) {
  moveEdition(id: $id, to: $to, version: $version, reason: $reason, idempotencyKey: $idempotencyKey) { edition { id state version closesAt history { at from to by reason } } userErrors { code path message } } }`;
const move = async (variables: object, key: string) => (await hub.data(MOVE, { key, variables })).moveEdition;
const record = (now = new Date()) => editionsByTheirDates.run(hub.hub.running.get('programmes')!.db, now);
let operator: string;

beforeAll(async () => {
  await make();
  operator = await hub.partner([['PARTNER', 'test-operator']]);
});

describe('a partner that runs the programme', () => {
  it('takes an edition through its life, each move at once and at its date', async () => {
    const id = await edition();
    let version = 1;
    for (const to of ['CLOSED', 'UNDER_REVIEW', 'RESULTS_PUBLISHED', 'ARCHIVED']) {
      expect(await move({ id, to, version }, operator)).toMatchObject({ userErrors: [], edition: { state: to, version: ++version } });
    }
    const { edition: after } = await hub.data(`{ edition(id: "${id}") { closesAt history { at from to by } } }`);
    expect(after.history.map(({ from, to }: any) => `${from} → ${to}`)).toEqual(['OPEN → CLOSED', 'CLOSED → UNDER_REVIEW', 'UNDER_REVIEW → RESULTS_PUBLISHED', 'RESULTS_PUBLISHED → ARCHIVED']);
    expect(after.history[0]).toMatchObject({ at: after.closesAt, by: expect.stringMatching(/^test-/) });
    await record();
    expect(await told(id)).toHaveLength(4);
  });

  it('opens one before its date, cancels one for a reason', async () => {
    const id = await edition();
    await rows(sql`update edition set opens_at = now() + interval '1 hour' where id = ${id}`);
    expect(await move({ id, to: 'OPEN', version: 1 }, operator)).toMatchObject({ edition: { state: 'OPEN' } });
    expect(codes(await move({ id, to: 'CANCELLED', version: 2 }, operator))).toEqual(['REASON_NEEDED']);
    expect(await move({ id, to: 'CANCELLED', version: 2, reason: 'no jury' }, operator)).toMatchObject({ edition: { state: 'CANCELLED', version: 3, history: [{}, { reason: 'no jury' }] } });
  });

  it('twenty at once on one version: exactly one wins', async () => {
    const id = await edition();
    const answers = await Promise.all(Array.from({ length: 20 }, () => move({ id, to: 'CLOSED', version: 1 }, operator)));
    expect(answers.flatMap(codes)).toEqual(Array(19).fill('STALE_VERSION'));
    expect(answers.every((answer) => answer.edition.state === 'CLOSED')).toBe(true);
    expect(await history('edition', id)).toEqual(['OPEN → CLOSED']);
  });

  it('sent again with its key: done once', async () => {
    const id = await edition();
    const first = await move({ id, to: 'CLOSED', version: 1, idempotencyKey: 'a' }, operator);
    expect(await move({ id, to: 'CLOSED', version: 1, idempotencyKey: 'a' }, operator)).toEqual(first);
    expect(codes(await move({ id, to: 'UNDER_REVIEW', version: 2, idempotencyKey: 'a' }, operator))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('makes no step that the life does not have', async () => {
    const dates = { ANNOUNCED: 'announced_at', OPEN: 'opens_at', CLOSED: 'closes_at', UNDER_REVIEW: 'review_from', RESULTS_PUBLISHED: 'results_at', ARCHIVED: 'archived_at' };
    const id = await edition();
    const none = Object.fromEntries(Object.values(dates).map((date) => [date, null]));
    for (const from of Object.values(EditionState)) {
      const set = from === 'CANCELLED' ? { ...none, cancelled: true } : { ...none, cancelled: false, [dates[from]]: '2020-01-01T00:00:00Z' };
      await rows(sql`
        update edition e set (announced_at, opens_at, closes_at, review_from, results_at, archived_at, cancelled) =
          (select announced_at, opens_at, closes_at, review_from, results_at, archived_at, cancelled from jsonb_populate_record(null::edition, ${JSON.stringify(set)}::jsonb)) where id = ${id}`);
      for (const to of Object.values(EditionState)) {
        if (editionLife.moves.some((one) => one.from === from && one.to === to && one.by.includes('PARTNER'))) continue;
        const { userErrors } = await move({ id, to, version: 1, reason: 'test' }, operator);
        expect([from, to, userErrors]).toEqual([from, to, [expect.objectContaining({ code: 'INVALID_MOVE', message: expect.stringContaining(`From ${from} `) })]]);
      }
    }
    expect(await history('edition', id)).toEqual([]);
  });

  it('moves those of its own programmes alone', async () => {
    const id = await edition();
    expect(await move({ id, to: 'CLOSED', version: 1 }, await hub.partner([['PARTNER', 'test-former']]))).toMatchObject({ userErrors: [{ code: 'FORBIDDEN', path: ['id'] }], edition: { state: 'OPEN' } });
    expect(codes(await move({ id: 'none', to: 'CLOSED', version: 1 }, operator))).toEqual(['NOT_FOUND']);
    expect((await hub.ask(MOVE, { key: await hub.partner([['RELAY', 'test-relay']]), variables: { id, to: 'CLOSED', version: 1 } })).errors?.[0]).toMatchObject({ message: expect.stringContaining('programmes:write') });
  });
});

describe('time', () => {
  it('what was past when the hub first saw the editions is not told', async () => {
    expect(await rows(sql`select from edition where recorded_state is null and id not like 'test-%'`)).toEqual([]);
    expect(await rows(sql`select from outbox where subject = 'edition' and subject_id not like 'test-%'`)).toEqual([]);
  });

  it('what fell due while the hub was down is written down afterwards, each step at its own date, once', async () => {
    const id = await edition();
    await record();
    await rows(sql`update edition set closes_at = '2025-03-01T00:00:00Z', review_from = '2025-03-10T00:00:00Z', results_at = now() + interval '1 day' where id = ${id}`);
    await Promise.all(Array.from({ length: 5 }, () => record()));
    const steps = await rows(sql`select version, at, to_state, by_name from history where id = ${id} order by version`);
    expect(steps).toEqual([
      { version: 2, at: new Date('2025-03-01T00:00:00Z'), to_state: 'CLOSED', by_name: 'the hub' },
      { version: 3, at: new Date('2025-03-10T00:00:00Z'), to_state: 'UNDER_REVIEW', by_name: 'the hub' },
    ]);
    expect(await told(id)).toHaveLength(2);
    expect((await hub.data(`{ edition(id: "${id}") { state version } }`)).edition).toEqual({ state: 'UNDER_REVIEW', version: 3 });
    await record(new Date('2025-03-05T00:00:00Z'));
    expect(await history('edition', id)).toHaveLength(2);
  });

  it('a move right after a date that is not written down yet brings both', async () => {
    const id = await edition();
    await record();
    await rows(sql`update edition set closes_at = now() - interval '1 second' where id = ${id}`);
    expect(await move({ id, to: 'UNDER_REVIEW', version: 1 }, operator)).toMatchObject({ userErrors: [], edition: { state: 'UNDER_REVIEW', version: 3 } });
    const steps = await rows(sql`select to_state, by_name from history where id = ${id} order by version`);
    expect(steps).toEqual([{ to_state: 'CLOSED', by_name: 'the hub' }, { to_state: 'UNDER_REVIEW', by_name: expect.stringMatching(/^test-/) }]);
  });
});
