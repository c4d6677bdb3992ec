import { useHub } from '../../../test/testkit/hub';
import { refusals, startupWrites } from '../../../test/testkit/startups';
import { erasePersons } from '../../../shared/persons/persons';
import { contactTable } from './contact';

const hub = useHub();
const { register, read, rows } = startupWrites(hub);
const day = (years: number) => `${new Date().getUTCFullYear() + years}-06-30`;
const person = (more: object = {}) => ({ name: 'Ada Essai', email: 'ada@example.org', basis: 'CONSENT', purpose: 'Invitations to events', eraseAfter: day(1), ...more });
const CONTACTS = 'id version contacts { id name role email basis purpose eraseAfter }';

let id: string;
let own: string;
let officer: string;
let count = 0;
beforeAll(async () => {
  officer = await hub.partner([['TERRITORY_OFFICER', 'sillon-lorrain']]);
});
beforeEach(async () => {
  id = (await register(await hub.partner([['PARTNER', 'lorntech']]), {})).startup.id;
  own = await hub.partner([['STARTUP', id]]);
});

async function record(key: string, input: object = {}) {
  const variables = { input: { startup: id, role: 'Founder', person: person(), idempotencyKey: `contact-${++count}`, ...input } };
  return (await hub.data('mutation($input: RecordContactInput!) { recordContact(input: $input) { contact { id name role } userErrors { code path message } } }', { variables, key })).recordContact;
}
async function remove(key: string, contact: string) {
  const query = 'mutation($id: ID!) { removeContact(id: $id) { startup { id version contacts { id } } userErrors { code path message } } }';
  return (await hub.data(query, { variables: { id: contact }, key })).removeContact;
}

it('is read by the startup and officers of its seat, is null for others, and each reading is noted', async () => {
  const { contact } = await record(own);
  const all = [{ id: contact.id, role: 'Founder', ...person() }];
  expect(await read(id, CONTACTS, own)).toEqual({ id, version: 2, contacts: all });
  expect(await read(id, CONTACTS, officer)).toEqual({ id, version: 2, contacts: all });
  const noted = () => rows(`select 1 from audit where action = 'read contacts' and $1 = any(subjects)`, [id]);
  // What `recordContact` answered with was a reading too.
  expect(await noted()).toHaveLength(3);
  const elsewhere = await hub.partner([['TERRITORY_OFFICER', 'fr-departement-54']]);
  expect((await read(id, CONTACTS, elsewhere)).contacts).toBeNull();
  expect((await read(id, CONTACTS, await hub.partner([['RELAY', 'relay-x']]))).contacts).toBeNull();
  expect(await noted()).toHaveLength(3);
  const { data, errors } = await hub.ask('query($id: ID!) { startup(id: $id) { name contacts { name } } }', { variables: { id } });
  expect(errors).toEqual([expect.objectContaining({ path: ['startup', 'contacts'], extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) })]);
  expect(data.startup).toEqual({ name: expect.any(String), contacts: null });
});

it('a startup of mine without contacts has none; one that is not mine has null; several cost one statement and one note', async () => {
  const { id: other } = (await register(await hub.partner([['PARTNER', 'lorntech']]), {})).startup;
  const query = `{ mine: startup(id: "${id}") { contacts { id } } other: startup(id: "${other}") { contacts { id } } }`;
  expect(await hub.data(query, { key: own })).toEqual({ mine: { contacts: [] }, other: { contacts: null } });
  await record(own);
  await record(officer, { startup: other });
  expect(await hub.statements(() => hub.data(query, { key: officer }))).toBe(3);
});

it('stands nowhere but in its table: not in events, history or the audit', async () => {
  await record(own);
  for (const table of ['outbox', 'history', 'audit', 'idempotency', 'startup']) {
    expect(await rows(`select 1 from ${table} t where t::text ilike '%ada%essai%' or t::text ilike '%ada@%'`)).toEqual([]);
  }
  expect(await rows(`select version, data from outbox where subject_id = $1 and event = 'startup changed'`, [id])).toEqual([{ version: 2, data: { fields: ['contacts'] } }]);
});

it('all mistakes are told together', async () => {
  const answer = await record(own, { role: '', person: person({ name: '', email: 'nobody', purpose: ' ', eraseAfter: day(11) }) });
  expect(refusals(answer).sort()).toEqual(['person.email', 'person.eraseAfter', 'person.name', 'person.purpose', 'role'].map((field) => `INVALID_VALUE input.${field}`));
});

it('is recorded once for an idempotency key', async () => {
  const [first, again] = [await record(own, { idempotencyKey: 'same' }), await record(own, { idempotencyKey: 'same' })];
  expect(again).toEqual(first);
  expect(refusals(await record(own, { idempotencyKey: 'same', role: 'Owner' }))).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
  expect((await read(id, CONTACTS, own)).contacts).toHaveLength(1);
});

it('is written by its own key and officers of its seat; others do not learn that it exists', async () => {
  const { contact } = await record(own);
  const other = await hub.partner([['STARTUP', (await register(await hub.partner([['PARTNER', 'lorntech']]), {})).startup.id]]);
  expect(refusals(await record(other))).toEqual(['FORBIDDEN input.startup']);
  expect(refusals(await record(other, { startup: 'none' }))).toEqual(['NOT_FOUND input.startup']);
  expect(refusals(await remove(other, contact.id))).toEqual(['NOT_FOUND id']);
  expect(await remove(officer, contact.id)).toEqual({ startup: { id, version: 3, contacts: [] }, userErrors: [] });
  expect(refusals(await remove(officer, contact.id))).toEqual(['NOT_FOUND id']);
});

it('of twenty who remove one at once, one does', async () => {
  const { contact } = await record(own);
  const answers = await Promise.all(Array.from({ length: 20 }, () => remove(own, contact.id)));
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect((await read(id)).version).toBe(3);
});

it('twenty recorded at once are all kept, each with a version of the startup', async () => {
  await Promise.all(Array.from({ length: 20 }, () => record(own)));
  const { contacts, version } = await read(id, CONTACTS, own);
  expect([contacts.length, version]).toEqual([20, 21]);
});

it('is not shown once its day is over, and is then erased, with a trace that names nobody', async () => {
  const { contact } = await record(own);
  await rows(`update contact set erase_after = current_date - 1 where id = $1`, [contact.id]);
  expect((await read(id, CONTACTS, own)).contacts).toEqual([]);
  const { db } = hub.hub.running.get('startups')!;
  expect(await erasePersons(db, [contactTable], { before: new Date() }, 'schedule')).toBe(1);
  expect(await rows('select 1 from contact where id = $1', [contact.id])).toEqual([]);
  expect(await rows(`select event from outbox where subject_id = $1 and event = 'contact erased'`, [id])).toHaveLength(1);
});
