import { useHub } from '../../../test/testkit/hub';
import { expireOffers, offerLife } from './offer.life';

const hub = useHub();
const jobs = () => hub.hub.running.get('jobs')!.db;
const sqlRows = (text: string, values: unknown[] = []): Promise<any[]> => jobs().dataSource.query(text, values);

/** A demonstration startup, and a partner that is it. */
let startup: { id: string; name: string };
let own: string;
/** Another startup's. */
let other: string;
let otherId: string;
beforeAll(async () => {
  const [first, second] = await sqlRows(`select id, name from startup where merged_into is null order by id limit 2`);
  startup = first;
  own = await hub.partner([['STARTUP', first.id]], { name: 'Own' });
  [otherId, other] = [second.id, await hub.partner([['STARTUP', second.id]])];
});

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
let records = 0;
const offerInput = (more: object = {}) => {
  records++;
  return {
    employer: startup.id,
    title: `Développeuse ${records}`,
    lang: 'FR',
    description: 'Écrire et essayer.',
    contract: 'PERMANENT',
    contractAsStated: 'CDI',
    workTime: 'FULL_TIME',
    remote: 'HYBRID',
    territory: 'fr-commune-57463',
    validThrough: inDays(30),
    source: 'synthetic',
    recordId: `test-${records}`,
    idempotencyKey: `key-${records}`,
    ...more,
  };
};
const PUBLISH = `mutation($input: PublishJobOfferInput!) { publishJobOffer(input: $input) {
  jobOffer { id state version title employerName publishedAt skills languages { language level required } occupation { id } salary { yearlyGrossMin { amount } } provenance { source { title } recordId confidence } }
  userErrors { code path message } } }`;
const publish = async (input: object, key: string = own) => (await hub.data(PUBLISH, { variables: { input }, key })).publishJobOffer;
const published = async (more: object = {}): Promise<string> => {
  const { jobOffer, userErrors } = await publish(offerInput(more));
  expect(userErrors).toEqual([]);
  return jobOffer.id;
};
const MOVE = `mutation($id: ID!, $to: JobState!, $version: Int!, $reason: String, $idempotencyKey: String) {
  moveJobOffer(id: $id, to: $to, version: $version, reason: $reason, idempotencyKey: $idempotencyKey) { jobOffer { id state version publishedAt } userErrors { code path message } } }`;
const move = async (variables: object, key: string = own) => (await hub.data(MOVE, { variables, key })).moveJobOffer;
const read = async (id: string, key?: string) => (await hub.data('query($id: ID!) { jobOffer(id: $id) { id state version history { from to by reason } } }', { variables: { id }, key })).jobOffer;
const codes = ({ userErrors }: any) => userErrors.map(({ code, path }: any) => [code, path.join('.')]);

describe('publishJobOffer', () => {
  it('takes an offer over whole, so that it is found at once, with its history, event and audit', async () => {
    const input = offerInput({
      title: ' Ingénieure quantique ',
      skills: ['Xylobotanik'],
      languages: [{ language: 'de', level: 'B2' }],
      occupation: { scheme: 'ISCO_08', code: '2512' },
      salary: { min: 3000, currency: 'EUR', period: 'MONTH', gross: true, monthsPerYear: 13 },
    });
    const { jobOffer, userErrors } = await publish(input);
    expect(userErrors).toEqual([]);
    expect(jobOffer).toMatchObject({
      state: 'PUBLISHED',
      version: 1,
      title: 'Ingénieure quantique',
      employerName: startup.name,
      publishedAt: expect.any(String),
      skills: ['Xylobotanik'],
      languages: [{ language: 'de', level: 'B2', required: true }],
      occupation: { id: 'isco-08-2512' },
      salary: { yearlyGrossMin: { amount: 39_000 } },
      provenance: { source: { title: expect.any(String) }, recordId: input.recordId, confidence: 'STATED' },
    });
    const { jobOffers } = await hub.data('{ jobOffers(filter: {search: "xylobotanik", within: ["sillon-lorrain"]}) { nodes { id } } }');
    expect(jobOffers.nodes).toEqual([{ id: jobOffer.id }]);
    expect(await sqlRows(`select version, from_state, to_state, by_name from history where id = $1`, [jobOffer.id])).toEqual([{ version: 1, from_state: null, to_state: 'PUBLISHED', by_name: 'Own' }]);
    expect(await sqlRows(`select event, version, data from outbox where subject_id = $1`, [jobOffer.id])).toEqual([{ event: 'job offer begun', version: 1, data: { from: null, to: 'PUBLISHED' } }]);
    expect(await sqlRows(`select action, result from audit where $1 = any(subjects)`, [jobOffer.id])).toEqual([{ action: 'publishJobOffer', result: ['OK'] }]);
  });

  it('tells all that is wrong with an input together, and keeps nothing of it', async () => {
    const input = offerInput({
      employer: 'nobody',
      title: ' ',
      territory: 'nowhere',
      source: 'hearsay',
      occupation: { scheme: 'ROME', code: 'X9' },
      validThrough: inDays(400),
      applyUrl: 'javascript:alert(1)',
      languages: [{ language: 'xx' }, { language: 'fr', level: 'D1' }, { language: 'fr' }],
      salary: { min: 3000, max: 2000, currency: 'XYZ', period: 'MONTH', gross: true, monthsPerYear: 25 },
    });
    const answer = await publish(input);
    expect(answer.jobOffer).toBeNull();
    expect(codes(answer).sort()).toEqual(
      [
        ['NOT_FOUND', 'input.employer'],
        ['NOT_FOUND', 'input.territory'],
        ['NOT_FOUND', 'input.source'],
        ['INVALID_VALUE', 'input.occupation.code'],
        ['INVALID_VALUE', 'input.title'],
        ['INVALID_VALUE', 'input.validThrough'],
        ['INVALID_VALUE', 'input.applyUrl'],
        ['INVALID_VALUE', 'input.languages.0.language'],
        ['INVALID_VALUE', 'input.languages.1.level'],
        ['INVALID_VALUE', 'input.languages.2.language'],
        ['INVALID_VALUE', 'input.salary.max'],
        ['INVALID_VALUE', 'input.salary.currency'],
        ['INVALID_VALUE', 'input.salary.monthsPerYear'],
      ].sort(),
    );
    expect(await sqlRows(`select id from job_offer where provenance ->> 'recordId' = $1`, [input.recordId])).toEqual([]);
    expect(await sqlRows(`select from idempotency where key = $1`, [input.idempotencyKey])).toEqual([]);
  });

  it('is for who speaks for the employer: its startup, one that was merged with it, its organisation', async () => {
    expect(codes(await publish(offerInput(), other))).toEqual([['FORBIDDEN', 'input.employer']]);
    const { errors } = await hub.ask(PUBLISH, { variables: { input: offerInput() }, key: await hub.partner([['RELAY', 'relay-lorraine']]) });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');

    const partner = await hub.partner([['PARTNER', 'demo-employer-1']], { organisation: 'demo-employer-1' });
    const { jobOffer } = await publish(offerInput({ employer: 'demo-employer-1' }), partner);
    expect(jobOffer.employerName).toMatch(/démonstration 1/);
    expect(codes(await publish(offerInput(), partner))).toEqual([['FORBIDDEN', 'input.employer']]);

    const [merged] = await sqlRows(`update startup set merged_into = $1 where id = (select max(id) from startup) returning id`, [startup.id]).then(([rows]) => rows);
    const former = await hub.partner([['STARTUP', merged.id]]);
    for (const [employer, key] of [[startup.id, former], [merged.id, own], [merged.id, former]]) {
      const { jobOffer: taken } = await publish(offerInput({ employer }), key);
      expect(await sqlRows(`select startup_id from job_offer where id = $1`, [taken.id])).toEqual([{ startup_id: startup.id }]);
    }
  });

  it('takes a record of a source over once, also when twenty try at once', async () => {
    const input = offerInput();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => publish({ ...input, idempotencyKey: `at-once-${at}` })));
    const [first, ...more] = answers.filter(({ userErrors }) => userErrors.length === 0);
    expect(more).toEqual([]);
    for (const answer of answers.filter((one) => one !== first)) {
      expect(codes(answer)).toEqual([['ALREADY_EXISTS', 'input.recordId']]);
      expect(answer.jobOffer.id).toBe(first.jobOffer.id);
    }
  });

  it('a record of the same id is another employer’s own, and says nothing of a draft', async () => {
    const draft = offerInput({ draft: true });
    const { jobOffer: mine } = await publish(draft);
    const { jobOffer: theirs, userErrors } = await publish({ ...draft, employer: otherId, title: 'Theirs' }, other);
    expect([userErrors, theirs.title]).toEqual([[], 'Theirs']);
    expect(theirs.id).not.toBe(mine.id);
  });

  it('a record that came under an employer merged since is not taken over again', async () => {
    const input = offerInput();
    const { jobOffer } = await publish(input);
    await sqlRows(`with merged as (insert into startup (id, name, merged_into) values ('test-merged', 'x', $1)) update job_offer set startup_id = 'test-merged' where id = $2`, [startup.id, jobOffer.id]);
    expect(codes(await publish({ ...input, idempotencyKey: 'after the merge' }))).toEqual([['ALREADY_EXISTS', 'input.recordId']]);
  });

  it('sent twice with one key is done once; with another input it is refused', async () => {
    const input = offerInput();
    const [one, two] = await Promise.all([publish(input), publish(input)]);
    expect(two).toEqual(one);
    expect(await sqlRows(`select count(*)::int as count from job_offer where provenance ->> 'recordId' = $1`, [input.recordId])).toEqual([{ count: 1 }]);
    expect(codes(await publish({ ...input, title: 'Another' }))).toEqual([['IDEMPOTENCY_KEY_REUSED', 'idempotencyKey']]);
  });
});

describe('a draft', () => {
  it('is its employer\'s alone until it is published, its reasons after that too', async () => {
    const id = await published({ draft: true });
    expect(await read(id)).toBeNull();
    expect(await read(id, other)).toBeNull();
    expect(await read(id, own)).toMatchObject({ state: 'DRAFT', history: [{ from: null, to: 'DRAFT', by: 'Own' }] });
    // A key of the same startup that is for something else.
    expect(await read(id, await hub.partner([['STARTUP', startup.id]], { scopes: ['contacts:read'] }))).toBeNull();
    const stranger = await move({ id, to: 'PUBLISHED', version: 1 }, other);
    expect([codes(stranger), stranger.jobOffer]).toEqual([[['NOT_FOUND', 'id']], null]);

    expect((await move({ id, to: 'PUBLISHED', version: 1, reason: 'ready' })).jobOffer).toMatchObject({ state: 'PUBLISHED', version: 2, publishedAt: expect.any(String) });
    const steps = [{ from: null, to: 'DRAFT' }, { from: 'DRAFT', to: 'PUBLISHED' }];
    expect((await read(id)).history).toEqual(steps.map((step) => ({ ...step, by: null, reason: null })));
    expect((await read(id, own)).history).toEqual([{ ...steps[0], by: 'Own', reason: null }, { ...steps[1], by: 'Own', reason: 'ready' }]);
  });

  it('withdrawn before it was published stays unseen', async () => {
    const id = await published({ draft: true });
    expect((await move({ id, to: 'WITHDRAWN', version: 1 })).jobOffer).toMatchObject({ state: 'WITHDRAWN', publishedAt: null });
    expect(await read(id)).toBeNull();
  });

  it('past its last day cannot be published any more', async () => {
    const id = await published({ draft: true });
    await sqlRows(`update job_offer set valid_through = now() - interval '1 second' where id = $1`, [id]);
    const answer = await move({ id, to: 'PUBLISHED', version: 1 });
    expect(codes(answer)).toEqual([['INVALID_MOVE', 'to']]);
    expect(answer.jobOffer).toMatchObject({ state: 'DRAFT', version: 1 });
  });
});

describe('moveJobOffer', () => {
  it('suspends and publishes again; the day of publication stays', async () => {
    const id = await published();
    const { jobOffer: suspended } = await move({ id, to: 'SUSPENDED', version: 1 });
    expect(suspended).toMatchObject({ state: 'SUSPENDED', version: 2 });
    const { jobOffer: again } = await move({ id, to: 'PUBLISHED', version: 2 });
    expect(again).toMatchObject({ state: 'PUBLISHED', version: 3, publishedAt: suspended.publishedAt });
  });

  it('refuses what is not the caller\'s, an old version, and an offer that is not there', async () => {
    const id = await published();
    expect(codes(await move({ id, to: 'FILLED', version: 1 }, other))).toEqual([['FORBIDDEN', 'id']]);
    const stale = await move({ id, to: 'FILLED', version: 7 });
    expect(codes(stale)).toEqual([['STALE_VERSION', 'version']]);
    expect(stale.jobOffer).toMatchObject({ id, state: 'PUBLISHED', version: 1 });
    expect(codes(await move({ id, to: 'FILLED', version: 1, reason: 'x'.repeat(1001) }))).toEqual([['INVALID_VALUE', 'reason']]);
    expect(codes(await move({ id: 'nothing', to: 'FILLED', version: 1 }))).toEqual([['NOT_FOUND', 'id']]);
    expect(await sqlRows(`select count(*)::int as count from history where id = $1`, [id])).toEqual([{ count: 1 }]);
    expect(await sqlRows(`select result from audit where action = 'moveJobOffer' and $1 = any(subjects) order by id`, [id])).toEqual([
      { result: ['FORBIDDEN'] },
      { result: ['STALE_VERSION'] },
      { result: ['INVALID_VALUE'] },
    ]);
  });

  it('refuses every move that the life does not have for the caller', async () => {
    const states = [...new Set(offerLife.moves.flatMap(({ from, to }) => [from, to]))];
    const id = await published();
    for (const from of states) {
      await sqlRows(`update job_offer set state = $2 where id = $1`, [id, from]);
      for (const to of states) {
        if (offerLife.moves.some((one) => one.from === from && one.to === to && one.by.includes('STARTUP'))) continue;
        expect([from, to, codes(await move({ id, to, version: 1 }))]).toEqual([from, to, [['INVALID_MOVE', 'to']]]);
      }
    }
    const partner = await hub.partner([['PARTNER', 'demo-employer-2']]);
    const { jobOffer } = await publish(offerInput({ employer: 'demo-employer-2' }), partner);
    expect((await move({ id: jobOffer.id, to: 'REMOVED_AT_SOURCE', version: 1 }, partner)).jobOffer.state).toBe('REMOVED_AT_SOURCE');
  });

  it('of twenty at once one wins, and the history has one step more', async () => {
    const id = await published();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => move({ id, to: at % 2 ? 'FILLED' : 'SUSPENDED', version: 1 })));
    const won = answers.filter(({ userErrors }) => userErrors.length === 0);
    expect(won).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code))).toEqual(Array(19).fill('STALE_VERSION'));
    expect(await sqlRows(`select version, to_state from history where id = $1 order by version`, [id])).toEqual([
      { version: 1, to_state: 'PUBLISHED' },
      { version: 2, to_state: won[0].jobOffer.state },
    ]);
  });

  it('sent twice with one key is done once', async () => {
    const id = await published();
    const wish = { id, to: 'SUSPENDED', version: 1, idempotencyKey: `move-${id}` };
    const first = await move(wish);
    expect(await move(wish)).toEqual(first);
    expect(first.jobOffer.version).toBe(2);
    expect(codes(await move({ ...wish, to: 'FILLED' }))).toEqual([['IDEMPOTENCY_KEY_REUSED', 'idempotencyKey']]);
  });

  it.each(['a text', 'a reason'])('%s that cannot be kept is the caller\'s mistake', async (what) => {
    const { errors } = what === 'a text' ? await hub.ask(PUBLISH, { variables: { input: offerInput({ title: 'a\u0000b' }) }, key: own }) : await hub.ask(MOVE, { variables: { id: await published(), to: 'SUSPENDED', version: 1, reason: 'a\u0000b' }, key: own });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('expiry', () => {
  const past = (id: string) => sqlRows(`update job_offer set valid_through = date_trunc('second', now()) - interval '1 hour' where id = $1`, [id]);

  it('shows in all reads before it is written down', async () => {
    const id = await published();
    const positions = async () => (await hub.data('query($id: ID!) { startup(id: $id) { openPositions jobOffers { id } } }', { variables: { id: startup.id } })).startup;
    const before = await positions();
    await past(id);
    const after = await positions();
    expect(after.openPositions).toBe(before.openPositions - 1);
    expect(after.jobOffers.map((offer: any) => offer.id)).not.toContain(id);
    expect((await read(id)).state).toBe('EXPIRED');
    expect(codes(await move({ id, to: 'SUSPENDED', version: 1 }))).toEqual([['INVALID_MOVE', 'to']]);
    await sqlRows(`update job_offer set state = 'SUSPENDED' where id = $1`, [id]);
    expect((await read(id)).state).toBe('EXPIRED');
    await sqlRows(`update job_offer set state = 'FILLED' where id = $1`, [id]);
    expect((await read(id)).state).toBe('FILLED');
  });

  it('is written down once, at the instant when it fell due, however many do it', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => published()));
    await Promise.all(ids.map(past));
    await Promise.all([1, 2, 3].map(() => expireOffers.run(jobs(), new Date())));
    await expireOffers.run(jobs(), new Date());
    for (const id of ids) {
      const [offer] = await sqlRows(`select state, version, valid_through from job_offer where id = $1`, [id]);
      expect(offer).toMatchObject({ state: 'EXPIRED', version: 2 });
      expect(await sqlRows(`select at, from_state, to_state, by_id, by_name from history where id = $1 and version = 2`, [id])).toEqual([{ at: offer.valid_through, from_state: 'PUBLISHED', to_state: 'EXPIRED', by_id: null, by_name: 'the hub' }]);
      expect(await sqlRows(`select data from outbox where subject_id = $1 and version = 2`, [id])).toEqual([{ data: { from: 'PUBLISHED', to: 'EXPIRED' } }]);
    }
  });

  it('of many thousand takes a batch at a time, and nothing that is not due', async () => {
    const [{ open }] = await sqlRows(`select count(*)::int as open from job_offer where state in ('PUBLISHED', 'SUSPENDED') and valid_through > now()`);
    await sqlRows(`
      insert into job_offer (id, title, lang, description, employer_name, skills, contract, contract_as_stated, work_time, remote, languages, territory_id, state, published_at, valid_through, provenance)
      select 'bulk-' || n, title, lang, description, employer_name, skills, contract, contract_as_stated, work_time, remote, languages, territory_id, 'PUBLISHED', now() - interval '9 days', now() - n * interval '1 second',
        jsonb_build_object('source', 'synthetic', 'recordId', 'bulk-' || n)
      from generate_series(1, 1200) n, (select * from job_offer limit 1) model`);
    await Promise.all([expireOffers.run(jobs(), new Date()), expireOffers.run(jobs(), new Date())]);
    await expireOffers.run(jobs(), new Date());
    expect(await sqlRows(`select state, count(*)::int as count from job_offer where id like 'bulk-%' group by state`)).toEqual([{ state: 'EXPIRED', count: 1200 }]);
    const transactions = await sqlRows(`select count(*)::int as steps from outbox where subject_id like 'bulk-%' group by changed`);
    expect(transactions.reduce((sum, { steps }) => sum + steps, 0)).toBe(1200);
    expect(Math.max(...transactions.map(({ steps }) => steps))).toBeLessThanOrEqual(500);
    expect(await sqlRows(`select count(*)::int as open from job_offer where state in ('PUBLISHED', 'SUSPENDED')`)).toEqual([{ open }]);
  });
});

it('a page of offers with their histories costs a statement more, not one an offer', async () => {
  const page = (fields: string) => hub.statements(() => hub.data(`{ jobOffers(first: 50) { nodes { id ${fields} } } }`));
  expect(await page('history { to }')).toBe((await page('')) + 1);
});
