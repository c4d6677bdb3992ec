import sql from 'sql-template-tag';
import { useHub } from '../../../test/testkit/hub';

const hub = useHub();
const rows = <Row>(statement: ReturnType<typeof sql>) => hub.hub.running.get('programmes')!.db.rows<Row>(statement);

async function verdict(rule: object, startup: object, areas: string[] | null = null, overlap = false): Promise<string> {
  const [row] = await rows<{ verdict: string }>(sql`
    select rule_verdict(
      jsonb_populate_record(null::edition_rule, ${JSON.stringify({ territories: [], ...rule })}::jsonb),
      jsonb_populate_record(null::startup, ${JSON.stringify(startup)}::jsonb),
      ${areas}::text[], ${overlap}::boolean, '2025-08-11'::date) as verdict`);
  return row!.verdict;
}

describe('one rule for one startup', () => {
  const age = { kind: 'MAX_AGE_YEARS', value: 5 };
  it.each([
    ['founded five years before to the day', age, { founded_on: '2020-08-11' }, 'ELIGIBLE'],
    ['founded a day earlier', age, { founded_on: '2020-08-10' }, 'NOT_ELIGIBLE'],
    ['founded on an unknown day', age, { founded_on: null, status: 'ACTIVE' }, 'UNKNOWN'],
    ['a project that is not founded', age, { founded_on: null, status: 'PROJECT' }, 'ELIGIBLE'],
    ['half a year too old', { ...age, value: 2.5 }, { founded_on: '2022-08-01' }, 'NOT_ELIGIBLE'],
    ['just enough employees', { kind: 'MIN_HEADCOUNT', value: 3 }, { headcount: 3 }, 'ELIGIBLE'],
    ['too few employees', { kind: 'MIN_HEADCOUNT', value: 3 }, { headcount: 2 }, 'NOT_ELIGIBLE'],
    ['no employee, where none is known not to be none', { kind: 'MIN_HEADCOUNT', value: 0 }, { headcount: null }, 'UNKNOWN'],
    ['not too many employees', { kind: 'MAX_HEADCOUNT', value: 3 }, { headcount: 0 }, 'ELIGIBLE'],
    ['too many employees', { kind: 'MAX_HEADCOUNT', value: 3 }, { headcount: 4 }, 'NOT_ELIGIBLE'],
    ['employees unknown', { kind: 'MAX_HEADCOUNT', value: 3 }, {}, 'UNKNOWN'],
    ['ready enough', { kind: 'MIN_TRL', value: 4 }, { trl: 4 }, 'ELIGIBLE'],
    ['not ready', { kind: 'MIN_TRL', value: 4 }, { trl: 3 }, 'NOT_ELIGIBLE'],
    ['readiness unknown', { kind: 'MIN_TRL', value: 4 }, {}, 'UNKNOWN'],
  ])('%s', async (_, rule, startup, expected) => expect(await verdict(rule, startup)).toBe(expected));

  const seat = { kind: 'SEATED_IN', territories: ['fr-region-lorraine'] };
  it.each([
    ['inside', ['metz', 'fr-region-lorraine', 'fr'], false, 'ELIGIBLE'],
    ['outside', ['trier', 'de'], false, 'NOT_ELIGIBLE'],
    ['somewhere in an area of which a part is inside', ['fr'], true, 'UNKNOWN'],
    ['nowhere known', null, false, 'UNKNOWN'],
  ])('seated %s', async (_, areas, overlap, expected) => {
    expect(await verdict(seat, {}, areas, overlap)).toBe(expected);
  });

  it('a département and the pole overlap: who is seated in the one may be in the other', async () => {
    const db = hub.hub.running.get('programmes')!.db.dataSource;
    const seated = (territory: string) => db.query(`insert into startup (id, name, territory_id) values ('test-seat', 'test', $1) on conflict (id) do update set territory_id = excluded.territory_id`, [territory]);
    const [{ id: edition }] = await db.query(`insert into edition (id, programme_id, label, time_zone, provenance) values ('test-edition', 'lorntech', 'test', 'Europe/Paris', '[]') returning id`);
    await db.query(`insert into edition_rule (edition_id, position, kind, territories) values ($1, 0, 'SEATED_IN', '{sillon-lorrain}')`, [edition]);
    const verdictOf = async (territory: string) => {
      await seated(territory);
      const [row] = await db.query(`select verdict from rule_results($1, 'test-seat', now())`, [edition]);
      return row.verdict as string;
    };
    try {
      expect(await verdictOf('fr-departement-57')).toBe('UNKNOWN');
      expect(await verdictOf('fr-commune-57463')).toBe('ELIGIBLE');
      expect(await verdictOf('nuts-dec0')).toBe('NOT_ELIGIBLE');
      expect(await verdictOf('not-copied-yet')).toBe('UNKNOWN');
    } finally {
      await db.query(`delete from startup where id = 'test-seat'; delete from edition_rule where edition_id = 'test-edition'; delete from edition where id = 'test-edition'`);
    }
  });
});

it.each([
  [['ELIGIBLE', 'ELIGIBLE'], 'ELIGIBLE'],
  [['ELIGIBLE', 'UNKNOWN'], 'UNKNOWN'],
  [['UNKNOWN', 'NOT_ELIGIBLE', 'ELIGIBLE'], 'NOT_ELIGIBLE'],
  [[], 'UNKNOWN'],
])('all rules together: %j is %s', async (verdicts, expected) => {
  const [row] = await rows<{ verdict: string }>(sql`select overall_verdict(${verdicts}::text[]) as verdict`);
  expect(row!.verdict).toBe(expected);
});

describe('who may apply', () => {
  const edition = 'grand-est-start-up';
  const list = (verdicts: string, within = '') => `edition(id: "${edition}") { eligibleStartups(verdicts: [${verdicts}], first: 100${within}) {
    totalCount nodes { id eligibility(edition: "${edition}") { verdict results { verdict rule { kind } } } } } }`;

  it('each verdict lists the startups whose own eligibility says the same, and together they are all', async () => {
    const data = await hub.data(`{ all: startups { totalCount }
      yes: ${list('ELIGIBLE')} no: ${list('NOT_ELIGIBLE')} open: ${list('UNKNOWN')} any: ${list('ELIGIBLE, NOT_ELIGIBLE, UNKNOWN')} }`);
    for (const [key, verdict] of [['yes', 'ELIGIBLE'], ['no', 'NOT_ELIGIBLE'], ['open', 'UNKNOWN']] as const) {
      const { nodes } = data[key].eligibleStartups;
      expect(nodes.length).toBeGreaterThan(0);
      expect(new Set(nodes.map((node: any) => node.eligibility.verdict))).toEqual(new Set([verdict]));
    }
    const counts = ['yes', 'no', 'open'].map((key) => data[key].eligibleStartups.totalCount as number);
    expect(data.any.eligibleStartups.totalCount).toBe(counts.reduce((sum, count) => sum + count, 0));
  });

  it('the reason is given in the language of the reader', async () => {
    const query = `{ edition(id: "${edition}") { rules { text } eligibleStartups(verdicts: [NOT_ELIGIBLE], first: 1) { nodes { eligibility(edition: "${edition}") { results { because because_de: because(lang: DE) } } } } } }`;
    const { edition: found } = await hub.data(query, { langs: 'fr' });
    expect(found.rules.map(({ text }: any) => text)).toContain('Siège : Grand Est');
    const reasons = found.eligibleStartups.nodes[0].eligibility.results;
    expect(reasons.map(({ because }: any) => because).join()).toMatch(/condition non remplie/);
    expect(reasons.map(({ because_de }: any) => because_de).join()).toMatch(/Bedingung nicht erfüllt/);
  });

  it('an edition that does not exist is refused by name', async () => {
    const { errors } = await hub.ask('{ startups(first: 1) { nodes { eligibility(edition: "none") { verdict } } } }');
    expect(errors![0]).toMatchObject({ message: 'edition: "none" was given, expected the id of an edition.', extensions: { code: 'BAD_USER_INPUT' } });
  });
});
