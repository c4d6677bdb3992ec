import sql from 'sql-template-tag';
import { useHub } from '../../../test/testkit/hub';

const hub = useHub();
const rows = <Row>(statement: ReturnType<typeof sql>) => hub.hub.running.get('programmes')!.db.rows<Row>(statement);

async function verdict(rule: object, startup: object, areas: string[] = [], ruleAreas: string[] = []): Promise<string> {
  const [row] = await rows<{ verdict: string }>(sql`
    select rule_verdict(
      jsonb_populate_record(null::edition_rule, ${JSON.stringify({ territories: [], ...rule })}::jsonb),
      jsonb_populate_record(null::startup, ${JSON.stringify(startup)}::jsonb),
      ${areas}::text[], ${ruleAreas}::text[], '2025-08-11'::date) as verdict`);
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
    ['inside', { territory_id: 'metz' }, ['metz', 'fr-region-lorraine', 'fr'], 'ELIGIBLE'],
    ['outside', { territory_id: 'trier' }, ['trier', 'de'], 'NOT_ELIGIBLE'],
    ['somewhere in the country around', { territory_id: 'fr' }, ['fr'], 'UNKNOWN'],
    ['nowhere known', { territory_id: null }, [], 'UNKNOWN'],
  ])('seated %s', async (_, startup, areas, expected) => {
    expect(await verdict(seat, startup, areas, ['fr-region-lorraine', 'fr'])).toBe(expected);
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
    expect(reasons.map(({ because }: any) => because).join()).toMatch(/condition (non )?remplie/);
    expect(reasons.map(({ because_de }: any) => because_de).join()).toMatch(/Bedingung (nicht )?erfüllt/);
  });

  it('an edition that does not exist is refused by name', async () => {
    const { errors } = await hub.ask('{ startups(first: 1) { nodes { eligibility(edition: "none") { verdict } } } }');
    expect(errors![0]).toMatchObject({ message: 'edition: "none" was given, expected the id of an edition.', extensions: { code: 'BAD_USER_INPUT' } });
  });
});
