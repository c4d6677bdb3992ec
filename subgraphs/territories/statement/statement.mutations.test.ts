import { useHub } from '../../../test/testkit/hub';
import { deriveContradictions } from './derive';

const hub = useHub();
const dataSource = () => hub.hub.running.get('territories')!.db.dataSource;
const sqlRows = (text: string, values: unknown[] = []): Promise<any[]> => dataSource().query(text, values);

let officer: string;
beforeAll(async () => {
  officer = await hub.partner([['TERRITORY_OFFICER', 'sillon-lorrain']], { name: 'Officer' });
});

let keys = 0;
/** As a press text might say it: 9 000 digital jobs more, which "twice as many" would be from 9 000 alone. */
const statementInput = (more: object = {}) => ({
  indicator: 'digital-jobs',
  territory: 'sillon-lorrain',
  kind: 'OBJECTIVE',
  operator: 'INCREASE_BY',
  value: 9000,
  unit: 'jobs',
  horizonYears: 6,
  quote: '9 000 emplois de plus',
  source: 'press-2014-launch',
  statedOn: '2015-02-03',
  idempotencyKey: `key-${++keys}`,
  ...more,
});
const RECORD = `mutation($input: RecordStatementInput!) { recordStatement(input: $input) {
  statement { id value unit horizonYears supersedes { id } indicator { id } territory { id } provenance { quote statedOn confidence source { id } } contradicts { reason with { id contradicts { with { id } } } } }
  userErrors { code path message } } }`;
const record = async (input: object, key: string = officer) => (await hub.data(RECORD, { variables: { input }, key })).recordStatement;
const codes = ({ userErrors }: any) => userErrors.map(({ code, path }: any) => [code, path.join('.')]);

describe('recordStatement', () => {
  it('answers with the statement and its rivals, which know it too', async () => {
    const { statement, userErrors } = await record(statementInput());
    expect(userErrors).toEqual([]);
    expect(statement).toMatchObject({
      value: 9000,
      unit: 'jobs',
      indicator: { id: 'digital-jobs' },
      territory: { id: 'sillon-lorrain' },
      provenance: { quote: '9 000 emplois de plus', statedOn: '2015-02-03', confidence: 'STATED', source: { id: 'press-2014-launch' } },
    });
    const reasons = Object.fromEntries(statement.contradicts.map(({ reason, with: { id } }: any) => [id, reason]));
    expect(reasons).toMatchObject({ 'obj-016': 'VALUE', 'obj-001': 'DEFINITION', 'obj-012': 'PERIMETER' });
    for (const { with: rival } of statement.contradicts) expect(rival.contradicts).toContainEqual({ with: { id: statement.id } });
    expect(await sqlRows(`select event, data from outbox where subject_id = $1`, [statement.id])).toEqual([
      { event: 'statement recorded', data: { indicator: 'digital-jobs', territory: 'sillon-lorrain' } },
    ]);
    expect(await sqlRows(`select action, partner_name, result from audit where $1 = any(subjects)`, [statement.id])).toEqual([{ action: 'recordStatement', partner_name: 'Officer', result: ['OK'] }]);
  });

  it('keeps the day of its source where its own is not known, and says so', async () => {
    const { statement } = await record(statementInput({ source: 'cadremploi-2018', statedOn: null, operator: 'INCREASE_BY_PERCENT', value: 30, unit: '%', supersedes: 'obj-016' }));
    expect(statement).toMatchObject({ unit: 'jobs', supersedes: { id: 'obj-016' }, provenance: { statedOn: '2018-04-10', confidence: 'INFERRED' } });
    expect(codes(await record(statementInput({ statedOn: null })))).toEqual([['INVALID_VALUE', 'input.statedOn']]);
  });

  it.each<[object, string[][]]>([
    [{ indicator: 'luck', territory: 'atlantis', source: 'hearsay', supersedes: 'nothing' }, ['indicator', 'source', 'supersedes', 'territory'].map((field) => ['NOT_FOUND', `input.${field}`])],
    [{ territory: 'lu-commune-0304' }, [['FORBIDDEN', 'input.territory']]],
    [{ territory: 'fr-region-lorraine' }, [['FORBIDDEN', 'input.territory']]],
    [{ kind: 'FIGURE' }, [['INVALID_VALUE', 'input.horizonYears'], ['INVALID_VALUE', 'input.operator']]],
    [{ unit: 'EUR', value: 0, horizonYears: 0 }, [['INVALID_VALUE', 'input.horizonYears'], ['INVALID_VALUE', 'input.unit'], ['INVALID_VALUE', 'input.value']]],
    [{ unit: '%' }, [['INVALID_VALUE', 'input.unit']]],
    [{ operator: 'INCREASE_BY_PERCENT', value: -100 }, [['INVALID_VALUE', 'input.value']]],
    [{ operator: 'MULTIPLY_BY', value: 0, statedTarget: 0 }, [['INVALID_VALUE', 'input.statedTarget'], ['INVALID_VALUE', 'input.value']]],
    [{ operator: 'REACH', value: -1, statedTarget: 5 }, [['INVALID_VALUE', 'input.statedTarget'], ['INVALID_VALUE', 'input.value']]],
    [{ indicator: 'digital-workforce-share-of-lorraine', operator: 'REACH', unit: '%', value: 101 }, [['INVALID_VALUE', 'input.value']]],
    [{ quote: ' ', statedOn: '2999-01-01', perimeter: '' }, [['INVALID_VALUE', 'input.perimeter'], ['INVALID_VALUE', 'input.quote'], ['INVALID_VALUE', 'input.statedOn']]],
    [{ quote: 'x'.repeat(301) }, [['INVALID_VALUE', 'input.quote']]],
    [{ supersedes: 'obj-001' }, [['INVALID_VALUE', 'input.supersedes']]],
  ])('refuses %j', async (wrong, expected) => {
    const [{ count }] = await sqlRows('select count(*) from statement');
    const answer = await record(statementInput(wrong));
    expect([codes(answer).sort((a: string[], b: string[]) => (a[1]! < b[1]! ? -1 : 1)), answer.statement]).toEqual([expected, null]);
    expect(await sqlRows('select count(*) from statement')).toEqual([{ count }]);
  });

  it('is for officers of the territory or of one that contains it', async () => {
    expect((await record(statementInput({ territory: 'fr-commune-57463' }))).userErrors).toEqual([]);
    expect(codes(await record(statementInput(), await hub.partner([['TERRITORY_OFFICER', 'fr-commune-57463']])))).toEqual([['FORBIDDEN', 'input.territory']]);
    const { errors } = await hub.ask(RECORD, { variables: { input: statementInput() }, key: await hub.partner([['STEWARD']]) });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('sent twice with one key is done once; with another input it is refused', async () => {
    const input = statementInput({ value: 9100 });
    const [one, two] = await Promise.all([record(input), record(input)]);
    expect(two).toEqual(one);
    expect(await sqlRows('select count(*)::int as count from statement where value = 9100')).toEqual([{ count: 1 }]);
    expect(codes(await record({ ...input, value: 9200 }))).toEqual([['IDEMPOTENCY_KEY_REUSED', 'idempotencyKey']]);
  });

  it('of ten rivals recorded at once each contradicts all others, as if all were compared anew', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => record(statementInput({ value: 20_000 + at }))));
    const ids = answers.map(({ statement }) => statement.id);
    const pairs = await sqlRows('select statement_id, with_id from contradiction where statement_id = any($1) and with_id = any($1)', [ids]);
    expect(pairs).toHaveLength(10 * 9);
    const all = () => sqlRows('select statement_id, with_id, reason from contradiction order by 1, 2');
    const found = await all();
    await dataSource().transaction((manager) => deriveContradictions(manager));
    expect(found).toEqual(await all());
  });
});
