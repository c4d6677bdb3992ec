import { useHub } from '../../../test/testkit/hub';
import { refusals, startupWrites } from '../../../test/testkit/startups';

const hub = useHub();
const { register, update, read, rows } = startupWrites(hub);
let partner: string;
let startup: any;
let own: string;
beforeAll(async () => {
  partner = await hub.partner([['PARTNER', 'lorntech']]);
});
beforeEach(async () => {
  ({ startup } = await register(partner, { website: 'https://example.org' }));
  own = await hub.partner([['STARTUP', startup.id]]);
});

const history = () => rows('select version, from_state, to_state from history where subject = $1 and id = $2 order by version', ['startup', startup.id]);

it('changes what is given, keeps what is not, and takes away what is null', async () => {
  const { id, name } = startup;
  const first = await update(own, { id, version: 1, name: 'Neuer Name', headcount: 12 });
  expect(first).toMatchObject({ userErrors: [], startup: { name: 'Neuer Name', aliases: [name], headcount: 12, website: 'https://example.org', version: 2 } });
  const second = await update(own, { id, version: 2, website: null, name });
  expect(second.startup).toMatchObject({ name, aliases: ['Neuer Name'], headcount: 12, website: null, version: 3 });
  expect(await rows(`select version, data from outbox where subject_id = $1 and event = 'startup changed' order by version`, [id])).toEqual([
    { version: 2, data: { fields: ['name', 'headcount'] } },
    { version: 3, data: { fields: ['name', 'website'] } },
  ]);
});

it('a stale version is refused, with the record as it is now', async () => {
  await update(own, { id: startup.id, version: 1, headcount: 1 });
  const answer = await update(own, { id: startup.id, version: 1, headcount: 2 });
  expect(refusals(answer)).toEqual(['STALE_VERSION input.version']);
  expect(answer.startup).toMatchObject({ version: 2, headcount: 1 });
});

it('of twenty writers at once exactly one wins, and nothing is lost', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => update(own, { id: startup.id, version: 1, headcount: at + 1, status: 'ACTIVE' })));
  const winners = answers.filter(({ userErrors }) => userErrors.length === 0);
  expect(winners).toHaveLength(1);
  expect(answers.flatMap(refusals)).toEqual(Array(19).fill('STALE_VERSION input.version'));
  expect(await read(startup.id)).toEqual(winners[0]!.startup);
  expect(await history()).toEqual([{ version: 2, from_state: null, to_state: 'ACTIVE' }]);
});

it('the status goes through its life, each step in the history', async () => {
  const to = async (status: string, version: number) => refusals(await update(own, { id: startup.id, version, status }));
  expect(await to('PROJECT', 1)).toEqual([]);
  expect(await to('DORMANT', 2)).toEqual(['INVALID_MOVE input.status']);
  expect(await to('ACTIVE', 2)).toEqual([]);
  expect(await to('CLOSED', 3)).toEqual([]);
  expect(await to('ACTIVE', 4)).toEqual(['INVALID_MOVE input.status']);
  expect(await history()).toEqual([
    { version: 2, from_state: null, to_state: 'PROJECT' },
    { version: 3, from_state: 'PROJECT', to_state: 'ACTIVE' },
    { version: 4, from_state: 'ACTIVE', to_state: 'CLOSED' },
  ]);
});

it('tells all mistakes together', async () => {
  const answer = await update(own, { id: startup.id, version: 1, name: null, status: null, territory: 'nowhere', website: 'ftp://x', headcount: -1 });
  expect(refusals(answer).sort()).toEqual(['headcount', 'name', 'status', 'territory', 'website'].map((field) => `INVALID_VALUE input.${field}`));
});

it('a text that the database cannot hold is the caller’s mistake', async () => {
  const { errors } = await hub.ask('mutation($input: UpdateStartupInput!) { updateStartup(input: $input) { startup { id } } }', { variables: { input: { id: startup.id, version: 1, name: 'a\u0000' } }, key: own });
  expect(errors![0]).toMatchObject({ message: expect.stringContaining('NUL'), extensions: { code: 'BAD_USER_INPUT' } });
});

it('is for the startup and for officers of its seat, not for others', async () => {
  const change = async (key: string, id = startup.id) => refusals(await update(key, { id, version: 1, headcount: 0 }));
  expect(await change(own, 'no-such-startup')).toEqual(['NOT_FOUND input.id']);
  const other = (await register(partner, {})).startup;
  expect(await change(await hub.partner([['STARTUP', other.id]]))).toEqual(['FORBIDDEN input.id']);
  expect(await change(partner)).toEqual(['FORBIDDEN input.id']);
  expect(await change(await hub.partner([['TERRITORY_OFFICER', 'fr-departement-54']]))).toEqual(['FORBIDDEN input.id']);
  expect((await read(startup.id)).version).toBe(1);
  expect(await rows('select result from audit where $1 = any(subjects) and action = $2', [startup.id, 'updateStartup'])).toEqual(Array(3).fill({ result: ['FORBIDDEN'] }));
  expect(await change(await hub.partner([['TERRITORY_OFFICER', 'sillon-lorrain']]))).toEqual([]);
});

it('an officer moves it inside the own territory alone, the startup itself anywhere', async () => {
  const place = async (key: string, version: number, territory: string) => refusals(await update(key, { id: startup.id, version, territory }));
  const officer = await hub.partner([['TERRITORY_OFFICER', 'fr-departement-57']]);
  expect(await place(officer, 1, 'fr-commune-54395')).toEqual(['FORBIDDEN input.territory']);
  expect((await read(startup.id)).territory.id).toBe('fr-commune-57463');
  expect(await place(officer, 1, 'fr-commune-57672')).toEqual([]);
  expect(await place(own, 2, 'fr-commune-54395')).toEqual([]);
  expect(await place(officer, 3, 'fr-commune-57463')).toEqual(['FORBIDDEN input.id']);
});

it('is done once for an idempotency key; null is another input than nothing', async () => {
  const input = { id: startup.id, version: 1, headcount: 3, idempotencyKey: 'once' };
  const [first, again] = [await update(own, input), await update(own, input)];
  expect(again).toEqual(first);
  expect(refusals(await update(own, { ...input, website: null }))).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
});

it('a new name is compared again', async () => {
  const { startup: other } = await register(partner, { name: 'Boulangerie Quantique' });
  await update(own, { id: startup.id, version: 1, name: 'Boulangerie Quantique SAS' });
  const { duplicates } = await read(startup.id, 'duplicates { startup { id } other { id } reasons }');
  expect(duplicates).toEqual([{ startup: { id: startup.id }, other: { id: other.id }, reasons: ['SAME_NAME', 'SAME_MUNICIPALITY'] }]);
  await update(own, { id: startup.id, version: 2, name: 'Ganz anderes Haus' });
  expect((await read(startup.id, 'duplicates { id }')).duplicates).toEqual([]);
});
