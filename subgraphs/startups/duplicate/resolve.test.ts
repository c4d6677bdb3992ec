import { eventually } from '../../../test/testkit/eventually';
import { useHub } from '../../../test/testkit/hub';
import { RECORD, refusals, startupWrites } from '../../../test/testkit/startups';
import { proposeDuplicates } from './propose';

const hub = useHub();
const { register, update, move, resolve, read, rows } = startupWrites(hub);
let partner: string;
let officer: string;
let steward: string;
beforeAll(async () => {
  partner = await hub.partner([['PARTNER', 'lorntech']]);
  officer = await hub.partner([['TERRITORY_OFFICER', 'sillon-lorrain']]);
  steward = await hub.partner([['STEWARD']], { name: 'Steward' });
});

const names = ['Zinnober', 'Quarzhof', 'Wolkenbau', 'Fjordglas', 'Mirabelle', 'Kupferzeit', 'Orgelwerk', 'Brumeuse', 'Papillon', 'Tramontane', 'Eisvogel'];
/** Records of one company under one name, oldest first. */
async function twins(count = 2, inputs: object[] = []): Promise<string[]> {
  const name = names.pop()!;
  const ids = [];
  for (let at = 0; at < count; at++) ids.push((await register(partner, { name: `${name}${' '.repeat(at)}${at ? ' SAS' : ''}`, ...inputs[at] })).startup.id as string);
  return ids;
}
const pairOf = async (one: string, two: string) =>
  (await rows('select id, status from duplicate_candidate where startup_id = least($1, $2) and other_id = greatest($1, $2)', [one, two]))[0] as { id: string; status: string } | undefined;
const proposeAgain = (id: string) => hub.hub.running.get('startups')!.db.dataSource.transaction((manager) => proposeDuplicates(manager, id));

describe('the same company', () => {
  it('goes on as the older record with all that both have', async () => {
    const [older, younger] = (await twins(2, [
      { registerIds: [{ scheme: 'SIREN', value: '552100554' }], activities: [{ scheme: 'NAF_2', code: '62.01Z' }] },
      { registerIds: [{ scheme: 'LEI', value: '529900T8BM49AURSDO55' }], activities: [{ scheme: 'NAF_2', code: '62.01Z' }, { scheme: 'NAF_2', code: '63.11Z' }], foundedOn: '2019-05-01', website: 'https://example.org' },
    ])) as [string, string];
    const own = await hub.partner([['STARTUP', younger]]);
    await update(own, { id: younger, version: 1, name: 'Zweiter Name', headcount: 7 });
    await update(own, { id: younger, version: 2, name: (await read(older)).name });
    await move(officer, { id: older, to: 'DETECTION', version: 1 });
    await move(officer, { id: younger, to: 'CREATION', version: 3 });
    const contact = { startup: younger, role: 'Founder', idempotencyKey: 'c', person: { name: 'Bo Probe', basis: 'CONSENT', purpose: 'Events', eraseAfter: new Date().toISOString().slice(0, 10) } };
    await hub.data('mutation($input: RecordContactInput!) { recordContact(input: $input) { userErrors { code } } }', { variables: { input: contact }, key: own });
    await rows(`insert into turnover (startup_id, year, source_id, amount, provenance) values ($1, 2023, 'ilab', 1, '{}'), ($2, 2023, 'ilab', 2, '{}'), ($2, 2022, 'ilab', 3, '{}')`, [older, younger]);
    await rows(
      `insert into funding_round (id, startup_id, kind, amount, currency, announced_on, provenance)
       values ('a', $1, 'GRANT', 5, 'EUR', '2021-01-01', '{}'), ('b', $2, 'GRANT', 5, 'EUR', '2021-01-01', '{}'), ('c', $2, 'SEED', null, null, '2022-01-01', '{}')`,
      [older, younger],
    );

    const { id: pair } = (await pairOf(older, younger))!;
    const { startup, userErrors } = await resolve(steward, { id: pair, same: true });
    expect(userErrors).toEqual([]);
    expect(startup).toMatchObject({
      id: older, mergedInto: null, version: 3, foundedOn: '2019-05-01', website: 'https://example.org', headcount: 7, stage: 'CREATION', status: null,
      registerIds: [{ scheme: 'LEI' }, { scheme: 'SIREN' }],
      activities: [{ code: '62.01Z' }, { code: '63.11Z' }],
    });
    // Whoever decides it again is answered with the record that goes on.
    const again = await resolve(steward, { id: pair, same: true });
    expect([refusals(again), again.startup.id]).toEqual([['INVALID_MOVE same'], older]);
    expect(startup.aliases).toContain('Zweiter Name');
    expect(startup.provenance).toHaveLength(2);
    const parts = 'stageHistory { stage } contacts { name } turnovers { year } fundingRounds { id } duplicates { status other { id } }';
    expect(await read(older, parts, officer)).toEqual({
      stageHistory: [{ stage: 'DETECTION' }, { stage: 'CREATION' }],
      contacts: [{ name: 'Bo Probe' }],
      turnovers: [{ year: 2023 }, { year: 2022 }],
      fundingRounds: [{ id: 'a' }, { id: 'c' }],
      duplicates: [{ status: 'CONFIRMED', other: { id: younger } }],
    });
    // What would count twice is still there, with the old record.
    expect(await read(younger, 'mergedInto { id } turnovers { year } fundingRounds { id } version')).toEqual({ mergedInto: { id: older }, turnovers: [{ year: 2023 }], fundingRounds: [{ id: 'b' }], version: 6 });
    const { startup: found } = await hub.data('{ startup(registerId: {scheme: LEI, value: "529900T8BM49AURSDO55"}) { id } }');
    expect(found.id).toBe(older);
    expect(await rows(`select subject_id, data from outbox where event = 'startup merged'`)).toEqual([{ subject_id: younger, data: { into: older } }]);
    expect(await rows(`select from_state, to_state, by_name from history where subject = 'duplicate candidate'`)).toEqual([{ from_state: 'OPEN', to_state: 'CONFIRMED', by_name: 'Steward' }]);

    // The old record takes no more, its key acts for the one that goes on, and an import that comes again finds it.
    expect(refusals(await update(own, { id: younger, version: 6, headcount: 8 }))).toEqual(['INVALID_VALUE input.id']);
    expect((await update(own, { id: older, version: 3, headcount: 8 })).startup).toMatchObject({ headcount: 8, version: 4 });
    expect((await read(older, 'contacts { name }', own)).contacts).toHaveLength(1);
    const imported = await register(partner, { recordId: startup.provenance[1].recordId });
    expect([refusals(imported), imported.startup.id]).toEqual([['ALREADY_EXISTS input.recordId'], older]);
  });

  it('leaves no chains: earlier merges follow', async () => {
    const [first, second, third] = (await twins(3)) as [string, string, string];
    await resolve(steward, { id: (await pairOf(second, third))!.id, same: true });
    expect(await pairOf(first, third)).toBeUndefined();
    await resolve(steward, { id: (await pairOf(first, second))!.id, same: true });
    expect((await read(second)).mergedInto).toEqual({ id: first });
    expect((await read(third)).mergedInto).toEqual({ id: first });
  });

  it('a pair whose record was merged meanwhile is decided for the one that goes on', async () => {
    const [first, second, third] = (await twins(3)) as [string, string, string];
    const late = (await pairOf(second, third))!;
    await rows('update startup set merged_into = $1 where id = $2', [first, second]);
    const { startup } = await resolve(steward, { id: late.id, same: true });
    expect(startup.id).toBe(first);
    expect((await read(third)).mergedInto).toEqual({ id: first });
  });

  it('what was rejected of the old record is not proposed for the one that goes on', async () => {
    const [first, second, third] = (await twins(3)) as [string, string, string];
    await resolve(steward, { id: (await pairOf(second, third))!.id, same: false });
    expect((await pairOf(first, third))!.status).toBe('OPEN');
    await resolve(steward, { id: (await pairOf(first, second))!.id, same: true });
    await proposeAgain(first);
    expect((await pairOf(first, third))!.status).toBe('REJECTED');
  });

  it('its offers and awards, in other subgraphs, count for the one that goes on, and the old id still answers', async () => {
    const [older, younger] = (await twins()) as [string, string];
    const other = (name: 'jobs' | 'programmes') => hub.hub.running.get(name)!.db.dataSource;
    await eventually(async () => expect(await other('jobs').query('select 1 from startup where id = $1', [younger])).toHaveLength(1));
    const [offer] = await other('jobs').query(`update job_offer set startup_id = $1 where id = (select id from job_offer where startup_id is not null and state = 'PUBLISHED' and valid_through > now() limit 1) returning id`, [younger]).then(([records]: any) => records);
    const [award] = await other('programmes').query('update award set startup_id = $1 where id = (select id from award limit 1) returning id', [younger]).then(([records]: any) => records);
    await resolve(steward, { id: (await pairOf(older, younger))!.id, same: true });
    const shown = 'openPositions jobOffers { id employer { ... on Startup { id mergedInto { id } } } } awards { id startup { id mergedInto { id } } }';
    await eventually(async () => {
      const employer = { id: younger, mergedInto: { id: older } };
      expect(await read(older, shown)).toEqual({ openPositions: 1, jobOffers: [{ id: offer.id, employer }], awards: [{ id: award.id, startup: employer }] });
    });
  });
});

describe('two companies', () => {
  it('stay two, are never proposed again, and nothing of them changes', async () => {
    const [older, younger] = (await twins()) as [string, string];
    const before = await read(younger, RECORD);
    const { id } = (await pairOf(older, younger))!;
    expect(await resolve(steward, { id, same: false })).toMatchObject({ startup: { id: older, version: 1 }, userErrors: [] });
    await proposeAgain(younger);
    expect(await pairOf(older, younger)).toEqual({ id, status: 'REJECTED' });
    expect(await read(younger, `${RECORD} duplicates { id }`)).toEqual({ ...before, duplicates: [] });
    expect(await rows('select to_state from history where id = $1', [id])).toEqual([{ to_state: 'REJECTED' }]);
    // Decided is decided.
    const second = await resolve(steward, { id, same: true });
    expect([refusals(second), second.startup.id]).toEqual([['INVALID_MOVE same'], older]);
    expect((await read(younger)).mergedInto).toBeNull();
  });
});

it('of twenty decisions at once exactly one holds', async () => {
  const [older, younger] = (await twins()) as [string, string];
  const { id } = (await pairOf(older, younger))!;
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => resolve(steward, { id, same: at % 2 === 0 })));
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect(answers.flatMap(refusals)).toEqual(Array(19).fill('INVALID_MOVE same'));
  expect(await rows('select 1 from history where id = $1', [id])).toHaveLength(1);
  const { status } = (await pairOf(older, younger))!;
  expect((await read(younger)).mergedInto).toEqual(status === 'CONFIRMED' ? { id: older } : null);
});

it('decisions at once on pairs that share a record leave no chain', async () => {
  const [first, second, third] = (await twins(3)) as [string, string, string];
  const pairs = await Promise.all([pairOf(second, third), pairOf(first, second), pairOf(first, third)]);
  const answers = await Promise.all(pairs.map((pair) => resolve(steward, { id: pair!.id, same: true })));
  // A pair of a record that was merged before its turn is one no more.
  for (const answer of answers) expect(['', 'NOT_FOUND id', 'INVALID_MOVE same']).toContain(refusals(answer).join());
  expect(await rows('select 1 from startup s join startup goes_on on goes_on.id = s.merged_into where goes_on.merged_into is not null')).toEqual([]);
  const merged = await rows('select merged_into from startup where id = any($1) and merged_into is not null', [[second, third]]);
  const open = (await pairOf(first, third))?.status === 'OPEN' || (await pairOf(second, third))?.status === 'OPEN';
  expect(merged.length === 2 || open).toBe(true);
});

it('a merge and writes to both records at once: nothing is lost and nothing waits for ever', async () => {
  const [older, younger] = (await twins()) as [string, string];
  const { id } = (await pairOf(older, younger))!;
  const writes = await Promise.all([
    resolve(steward, { id, same: true }),
    ...[older, younger].flatMap((startup) => Array.from({ length: 5 }, (_, at) => update(officer, { id: startup, version: 1, headcount: at + 1 }))),
    ...Array.from({ length: 5 }, () => register(partner, { name: (names.at(-1) ?? 'Letzte') + ' SARL' })),
  ]);
  expect(refusals(writes[0]!)).toEqual([]);
  const wins = writes.slice(1, 11).filter(({ userErrors }) => userErrors.length === 0);
  const versions = (await rows('select sum(version)::int as sum from startup where id = any($1)', [[older, younger]]))[0].sum;
  expect(versions).toBe(2 + 2 + wins.length);
});

it('is for stewards, once for an idempotency key, and of a pair that there is', async () => {
  const [older, younger] = (await twins()) as [string, string];
  const { id } = (await pairOf(older, younger))!;
  const { errors } = await hub.ask('mutation($id: ID!) { resolveDuplicate(id: $id, same: true) { startup { id } } }', { variables: { id }, key: officer });
  expect(errors![0]!.extensions!.code).toBe('FORBIDDEN');
  expect(refusals(await resolve(steward, { id: 'none', same: true }))).toEqual(['NOT_FOUND id']);
  const args = { id, same: false, idempotencyKey: 'decide' };
  const [first, again] = [await resolve(steward, args), await resolve(steward, args)];
  expect(again).toEqual(first);
  expect(refusals(await resolve(steward, { ...args, same: true }))).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
});
