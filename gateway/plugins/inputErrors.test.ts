import { request } from 'node:http';
import { useHub } from '../../test/testkit/hub';

const hub = useHub();

const refusal = async (query: string, variables?: object) => {
  const { status, errors } = await hub.ask(query, variables ? { variables } : {});
  expect(errors).toHaveLength(1);
  const { message, extensions } = errors![0]!;
  expect(extensions?.code).toBe('BAD_USER_INPUT');
  expect(JSON.stringify(errors)).not.toMatch(/stacktrace|node_modules|http:\/\//);
  return { status, message };
};

describe('a value in the text of an operation', () => {
  it.each([
    ['a wrong language', '{ territory(id: "fr") { name(lang: XX) } }', 'lang: "XX" was given, expected one of FR, DE, LB, EN.'],
    ['a wrong type', '{ territories(first: "ten") { totalCount } }', 'first: "\\"ten\\"" was given, expected a whole number.'],
    ['a value deep in an input', '{ territories(filter: {kinds: [TOWN]}) { totalCount } }', /^filter\.kinds: "TOWN" was given, expected one of COUNTRY, REGION/],
    ['a field that an input does not have', '{ territories(filter: {kind: REGION}) { totalCount } }', /^filter\.kind: "REGION" was given, expected an object with the fields kinds, within/],
    ['a wrong day', '{ territory(id: "fr") { labels(asOf: "10/04/2018") { id } } }', 'asOf: "\\"10/04/2018\\"" was given, expected a day as YYYY-MM-DD.'],
  ])('%s', async (_, query, message) => {
    const refused = await refusal(query);
    expect(refused.status).toBe(400);
    expect(refused.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});

describe('a variable', () => {
  it.each([
    ['of a wrong language', 'query($lang: Lang) { territory(id: "fr") { name(lang: $lang) } }', { lang: 'XX' }, '$lang: "XX" was given, expected one of FR, DE, LB, EN.'],
    ['with a wrong value inside', 'query($f: TerritoryFilter) { territories(filter: $f) { totalCount } }', { f: { kinds: ['TOWN'] } }, /^\$f\.kinds\.0: "TOWN" was given, expected one of/],
    ['with an unknown field', 'query($f: TerritoryFilter) { territories(filter: $f) { totalCount } }', { f: { kind: 'REGION' } }, /^\$f: .*expected an object with the fields kinds, within/],
    ['that is missing', 'query($id: ID!) { place(id: $id) { id } }', {}, '$id: nothing was given, expected an id.'],
    ['that is null where a condition is wanted', 'query($no: Boolean = false) { territories { totalCount @skip(if: $no) } }', { no: null }, '$no: null was given, expected true or false.'],
    ['that is not a day', 'query($d: Date) { territory(id: "fr") { labels(asOf: $d) { id } } }', { d: 'yesterday' }, '$d: "yesterday" was given, expected a day as YYYY-MM-DD.'],
  ])('%s', async (_, query, variables, message) => {
    const refused = await refusal(query, variables);
    expect(refused.status).toBe(400);
    expect(refused.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});

it('a variable that is null in the place of its default is wrong where no null may be', async () => {
  const { data, errors } = await hub.ask('query($first: Int = 5) { territories(first: $first) { totalCount } place(id: "la-souris-verte") { id } }', { variables: { first: null } });
  expect(data).toEqual({ territories: null, place: { id: 'la-souris-verte' } });
  expect(errors).toEqual([{ message: expect.stringContaining('must not be null'), path: ['territories'], extensions: { code: 'BAD_USER_INPUT', service: 'territories' } }]);
});

describe('what only the data can tell', () => {
  it.each([
    ['too many at once', '{ territories(first: 1000) { totalCount } }', 'first: 1000 was given, expected 0 to 100.'],
    ['fewer than none', '{ territories(first: -1) { totalCount } }', 'first: -1 was given, expected 0 to 100.'],
    ['a malformed cursor', '{ territories(after: "abc") { nodes { id } } }', /^after: "abc" was given, expected a cursor/],
    ['a code that the list does not have', '{ territory(code: {scheme: INSEE_COM, value: "99999"}) { id } }', /^code\.value: "99999" was given, expected a code of INSEE_COM \(five characters, 57672\)/],
    ['the id of no territory in a filter', '{ territories(filter: {within: "atlantis"}) { totalCount } }', /^filter\.within: "atlantis" was given, expected the id of a territory/],
    ['an empty id', '{ territories(filter: {within: ""}) { totalCount } }', /^filter\.within: "" was given/],
    ['a country that there is not', '{ territories(filter: {country: "ZZ"}) { totalCount } }', /^filter\.country: "zz" was given/],
    ['an indicator that there is not', '{ statements(filter: {indicators: ["nope"]}) { totalCount } }', /^filter\.indicators: "nope" was given/],
    ['a source that there is not', '{ statements(filter: {sources: ["nope"]}) { totalCount } }', /^filter\.sources: "nope" was given/],
    ['a programme that there is not', '{ editions(programme: "nope") { id } }', /^programme: "nope" was given/],
    ['neither id nor code', '{ territory { id } }', /^id: nothing was given, expected either id or code/],
    ['both id and code', '{ territory(id: "fr", code: {scheme: ISO3166, value: "FR"}) { id } }', /^id: "fr" was given, expected either id or code/],
  ])('%s', async (_, query, message) => {
    const { message: said } = await refusal(query);
    expect(said).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it('a cursor of another order', async () => {
    const { territories } = await hub.data('{ territories(first: 1) { pageInfo { endCursor } } }');
    const query = 'query($after: Cursor) { territories(filter: {search: "metz"}, after: $after) { nodes { id } } }';
    await refusal(query, { after: territories.pageInfo.endCursor });
  });

  it.each([
    ['a NUL in a search', '{ territories(filter: {search: "a\\u0000b"}) { totalCount } }'],
    ['a forged cursor', `{ territories(filter: {search: "metz"}, after: "${Buffer.from('["match","1e99999","x"]').toString('base64url')}") { nodes { id } } }`],
    ['a cursor of too large a number', `{ territories(filter: {search: "metz"}, after: "${Buffer.from('["match","1e99","x"]').toString('base64url')}") { nodes { id } } }`],
    ['a cursor of a day that does not exist', `{ statements(after: "${Buffer.from('["said","2018-02-30","x"]').toString('base64url')}") { nodes { id } } }`],
    ['the year 0', '{ territory(id: "fr") { labels(asOf: "0000-01-01") { id } } }'],
  ])('%s is refused, not a failure of the database', async (_, query) => {
    await refusal(query);
  });
});

describe('an operation that is not there', () => {
  it.each([
    ['unknown', { query: 'query A { __typename }', operationName: 'B' }, 'operationName: "B" was given, expected one of A.'],
    ['ambiguous', { query: 'query A { __typename } query B { __typename }' }, 'operationName: nothing was given, expected one of A, B.'],
  ])('%s', async (_, body, message) => {
    const response = await fetch(`${hub.hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect(((await response.json()) as any).errors).toEqual([expect.objectContaining({ message })]);
  });
});

it('a path that is no path is not found, and nothing falls over', async () => {
  const { port } = new URL(hub.hub.url);
  const status = await new Promise<number>((resolve) => request({ host: '127.0.0.1', port, path: '//' }, ({ statusCode }) => resolve(statusCode!)).end());
  expect(status).toBe(404);
});

it('what does not exist is null, without an error', async () => {
  expect(await hub.data('{ territory(id: "atlantis") { id } place(id: "x") { id } organisation(id: "x") { id } }')).toEqual({ territory: null, place: null, organisation: null });
});
