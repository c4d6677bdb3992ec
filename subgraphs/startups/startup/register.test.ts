import { eventually } from '../../../test/testkit/eventually';
import { useHub } from '../../../test/testkit/hub';
import { refusals, registration, startupWrites } from '../../../test/testkit/startups';

const hub = useHub();
const { register, read, rows } = startupWrites(hub);
let partner: string;
beforeAll(async () => {
  partner = await hub.partner([['PARTNER', 'lorntech']]);
});

const count = async () => (await rows('select count(*)::int as count from startup'))[0].count as number;

it('takes over what a source says, with its provenance, an event and an entry in the audit', async () => {
  const { startup, userErrors } = await register(partner, {
    name: ' Ferraille Céleste ',
    registerIds: [{ scheme: 'SIREN', value: '732 829 320' }],
    activities: [{ scheme: 'NAF_2', code: '6201z' }, { scheme: 'NAF_2', code: '62.01Z' }],
    website: 'https://example.org',
    foundedOn: '2020-02-29',
    recordId: 'fc-1',
  });
  expect(userErrors).toEqual([]);
  expect(startup).toMatchObject({
    name: 'Ferraille Céleste',
    status: null,
    foundedOn: '2020-02-29',
    version: 1,
    territory: { id: 'fr-commune-57463' },
    registerIds: [{ scheme: 'SIREN', value: '732829320' }],
    activities: [{ code: '62.01Z' }],
    provenance: [{ recordId: 'fc-1', confidence: 'STATED', source: { id: 'ilab' } }],
  });
  expect(await rows('select event, version from outbox where subject_id = $1', [startup.id])).toEqual([{ event: 'startup registered', version: 1 }]);
  expect(await rows('select action, result from audit where $1 = any(subjects)', [startup.id])).toEqual([{ action: 'registerStartup', result: ['OK'] }]);
});

it('answers with the record that has the number, in whichever scheme it is written', async () => {
  const first = await register(partner, { registerIds: [{ scheme: 'RCS_LU', value: 'B987654' }] });
  const second = await register(partner, { registerIds: [{ scheme: 'EUID', value: 'LURCSL.B987654' }] });
  expect(refusals(second)).toEqual(['ALREADY_EXISTS input.registerIds.0']);
  expect(second.startup.id).toBe(first.startup.id);
});

it('answers with the record that was made of the same key at the source', async () => {
  const first = await register(partner, { recordId: 'twice' });
  const second = await register(partner, { recordId: 'twice' });
  expect(refusals(second)).toEqual(['ALREADY_EXISTS input.recordId']);
  expect(second.startup.id).toBe(first.startup.id);
});

it('tells all mistakes together, and keeps nothing', async () => {
  const before = await count();
  const answer = await register(partner, {
    name: ' ',
    registerIds: [{ scheme: 'SIREN', value: '444885314' }],
    territory: 'fr-commune-00000',
    foundedOn: '2999-01-01',
    website: 'javascript:alert(1)',
    activities: [{ scheme: 'NAF_2', code: '99.99X' }],
    source: 'no-such-source',
    recordId: '',
  });
  expect(refusals(answer).sort()).toEqual(
    ['activities.0.code', 'foundedOn', 'name', 'recordId', 'registerIds.0.value', 'source', 'territory', 'website'].map((field) => `INVALID_VALUE input.${field}`),
  );
  expect(answer.userErrors.find(({ path }) => path.includes('registerIds'))!.message).toContain('check digit');
  expect(answer.startup).toBeNull();
  expect(await count()).toBe(before);
});

it('is done once for an idempotency key, whatever comes in between; with another input the key is refused', async () => {
  const input = registration();
  const [first, again] = [await register(partner, input), await register(partner, input)];
  expect(again).toEqual(first);
  expect(refusals(await register(partner, { ...input, name: 'Another' }))).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
  expect(await rows('select 1 from outbox where subject_id = $1', [first.startup.id])).toHaveLength(1);
});

it('of twenty at once with one number, one is registered and the others answer with it', async () => {
  const before = await count();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => register(partner, { registerIds: [at % 2 ? { scheme: 'RCS_LU', value: 'B123321' } : { scheme: 'EUID', value: 'LURCSL.B123321' }] })),
  );
  expect(new Set(answers.map(({ startup }) => startup.id)).size).toBe(1);
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect(await count()).toBe(before + 1);
});

it('is for partners anywhere and for officers inside their territory', async () => {
  const officer = await hub.partner([['TERRITORY_OFFICER', 'fr-departement-57']]);
  expect(refusals(await register(officer, {}))).toEqual([]);
  expect(refusals(await register(officer, { territory: 'fr-commune-54395' }))).toEqual(['FORBIDDEN input.territory']);
  expect(refusals(await register(officer, { territory: null }))).toEqual(['INVALID_VALUE input.territory']);
  const { startup } = await register(partner, {});
  expect(refusals(await register(await hub.partner([['STARTUP', startup.id]]), {}))).toEqual(['FORBIDDEN input']);
  const { errors } = await hub.ask('mutation($input: RegisterStartupInput!) { registerStartup(input: $input) { startup { id } } }', { variables: { input: registration() } });
  expect(errors![0]!.extensions!.code).toBe('UNAUTHENTICATED');
});

describe('a source that was added a moment ago', () => {
  const territories = () => hub.hub.running.get('territories')!.db.dataSource;
  const add = (id: string) => territories().query(`insert into source (id, title, publisher, licence, lang) values ($1, 'New', 'Test', 'none', 'FR')`, [id]);

  it('is known', async () => {
    await add('brand-new');
    // Another test may hold it back for longer than the hub waits.
    await eventually(async () => expect(refusals(await register(partner, { source: 'brand-new' }))).toEqual([]));
  });

  it('is waited for where an older transaction holds it back, and is not called unknown where that takes long', async () => {
    const older = territories().createQueryRunner();
    await older.startTransaction();
    await older.query('select pg_current_xact_id()');
    await add('held-back');
    await expect(register(partner, { source: 'held-back' })).rejects.toThrow(/Try again/);
    const waiting = register(partner, { source: 'held-back' });
    await older.commitTransaction();
    await older.release();
    await eventually(async () => expect(refusals(await waiting.catch(() => register(partner, { source: 'held-back' })))).toEqual([]));
  });
});

it('proposes those that look alike', async () => {
  const first = await register(partner, { name: 'Vapeurs de Moselle SAS' });
  const second = await register(partner, { name: 'Vapeur de Moselle SARL' });
  const { duplicates } = await read(second.startup.id, 'duplicates { status reasons startup { id } other { id } }');
  expect(duplicates).toEqual([{ status: 'OPEN', reasons: ['SIMILAR_NAME', 'SAME_MUNICIPALITY'], startup: { id: first.startup.id }, other: { id: second.startup.id } }]);
});
