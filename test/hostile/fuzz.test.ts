import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate, type DocumentNode } from 'graphql';
import { Random } from '../../shared/demo/random';
import { log } from '../../shared/log';
import { wrongData, wrongErrors } from '../testkit/checkAnswer';
import { useHub } from '../testkit/hub';
import { knownIn, RECORDS } from '../testkit/knownValues';
import { randomOperation, spoiled, type Known, type RandomOperation } from '../testkit/randomQueries';

// Operations that nobody has thought of, right and wrong ones. More of them, others, as a partner with all rights:
// FUZZ_OPERATIONS=20000 FUZZ_SEED=7 FUZZ_PARTNER=true npx jest test/hostile/fuzz

const COUNT = Number(process.env.FUZZ_OPERATIONS ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

// Whether they are too dear is not the question: most of them are to run.
const hub = useHub({ COST_LIMIT: '200000', COST_PER_MINUTE: '1000000000', COST_PER_MINUTE_PARTNER: '1000000000' });
const schema = buildSchema(readFileSync('gateway/supergraph/api.graphql', 'utf8'));
let known: Known;
let key: string | undefined;
// A limit exceeded is no news here.
log.level = 'error';

beforeAll(async () => {
  known = knownIn(await hub.data(RECORDS));
  if (process.env.FUZZ_PARTNER) key = await hub.partner([['ADMIN'], ['STEWARD'], ['TERRITORY_OFFICER', 'sillon-lorrain'], ['RELAY', '123go-saarland-ihk']]);
});

/** How many answers are whole, have errors beside data, have no data. */
const shares = { whole: 0, partly: 0, refused: 0 };
/** How many answers have errors of a code. */
let codes: Record<string, number> = {};

/** What is wrong with the answer to an operation. */
async function wrongIn({ query, variables }: RandomOperation): Promise<string[]> {
  const document = valid(query);
  const { status, data, errors } = await hub.ask(query, { variables, key });
  shares[!errors ? 'whole' : data ? 'partly' : 'refused']++;
  for (const code of new Set(errors?.map(({ extensions }) => String(extensions?.code)))) codes[code] = (codes[code] ?? 0) + 1;
  const wrong = wrongErrors(errors as never);
  if (status >= 500) wrong.push(`The status is ${status}.`);
  if (!errors && !data) wrong.push('There is no answer.');
  if (document === null && (data || status !== 400)) wrong.push(`The schema does not allow it, but the status is ${status}.`);
  if (document !== null && data) wrong.push(...wrongData(schema, document, variables, data));
  return wrong;
}

/** The operation read, unless the schema does not allow it. */
function valid(query: string): DocumentNode | null {
  try {
    const document = parse(query);
    return validate(schema, document).length === 0 ? document : null;
  } catch {
    return null;
  }
}

it.each([
  ['right', (operation: RandomOperation, _: Random) => operation],
  ['wrong', spoiled],
])('%s operations are answered as the schema and the registry of errors have it', async (name, change) => {
  const random = new Random(SEED);
  Object.assign(shares, { whole: 0, partly: 0, refused: 0 });
  codes = {};
  const found: string[] = [];
  for (let count = 0; count < COUNT / 2; count++) {
    const operation = change(randomOperation({ schema, random, known, hostility: 0.04, operation: key && random.chance(0.2) ? 'mutation' : 'query' }), random);
    const wrong = await wrongIn(operation);
    if (wrong.length > 0) found.push([...wrong, operation.query, JSON.stringify(operation.variables)].join('\n'));
    if (found.length >= 10) break;
  }
  if (process.env.FUZZ_OPERATIONS) console.log(name, shares, codes);
  expect(found.join('\n\n')).toBe('');
  // Most of them are to be answered, or not, to say anything: what the public may not see is an error beside the rest.
  expect(change === spoiled ? shares.refused : shares.whole + shares.partly).toBeGreaterThan(COUNT * 0.4);
  if (change !== spoiled) expect(shares.whole).toBeGreaterThan(COUNT * 0.2);
}, 3_600_000);

it.each([
  ['a null where none may be', { sources: [{ id: null, url: null }] }],
  ['a field too few', { sources: [{ id: 'x' }] }],
  ['a field too much', { sources: [{ id: 'x', url: null, more: 1 }] }],
  ['another type', { sources: { id: 'x', url: null } }],
  ['a value of another type', { sources: [{ id: 'x', url: {} }] }],
])('%s would be seen', (_, data) => {
  expect(wrongData(schema, parse('{ sources { id url } }'), {}, { sources: [{ id: 'x', url: null }] })).toEqual([]);
  expect(wrongData(schema, parse('{ sources { id url } }'), {}, data)).toHaveLength(1);
});
