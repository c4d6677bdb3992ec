import { setTimeout as pause } from 'node:timers/promises';
import { stories } from '../../gateway/explorer/explorer';
import { cacheSettled, get, useHub } from '../testkit/hub';

const hub = useHub({ CACHE_BYTES: '20000000' });
const endpoint = () => `${hub.hub.url}/graphql`;
const cacheOf = async (query: string, options?: Parameters<typeof hub.ask>[1]) => (await hub.ask(query, options)).headers.get('x-cache');

beforeAll(async () => {
  // The first look into the outboxes makes all new: nobody knows what happened before.
  await cacheSettled(hub);
});

describe('what is kept', () => {
  const query = '{ territory(id: "fr-commune-57463") { name population { value } } }';

  it('a second answer is the first one, without a statement', async () => {
    const first = await hub.ask(query);
    const again = await hub.ask(query);
    expect([first.headers.get('x-cache'), again.headers.get('x-cache')]).toEqual(['miss', 'hit']);
    expect(again.data).toEqual(first.data);
    expect(await hub.statements(() => hub.ask(query))).toBe(0);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  });

  it('is another one for other variables, another operation name, another language, another type', async () => {
    const named = 'query A($id: ID!) { territory(id: $id) { name } } query B($id: ID!) { territory(id: $id) { id } }';
    const send = async (operationName: string, id: string, headers: Record<string, string> = {}) => {
      const response = await fetch(endpoint(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query: named, operationName, variables: { id } }) });
      return [response.headers.get('x-cache'), response.headers.get('content-type')?.split(';')[0], JSON.stringify(((await response.json()) as any).data)];
    };
    const json = 'application/json';
    expect(await send('A', 'de-saarland')).toEqual(['miss', json, expect.any(String)]);
    expect(await send('A', 'fr-commune-57463')).toEqual(['miss', json, '{"territory":{"name":"Metz"}}']);
    expect(await send('B', 'fr-commune-57463')).toEqual(['miss', json, '{"territory":{"id":"fr-commune-57463"}}']);
    expect(await send('A', 'fr-commune-57463')).toEqual(['hit', json, '{"territory":{"name":"Metz"}}']);
    expect((await send('A', 'fr-commune-57463', { accept: 'application/graphql-response+json' })).slice(0, 2)).toEqual(['miss', 'application/graphql-response+json']);
  });

  it('languages do not mix', async () => {
    const label = '{ indicators { id name } }';
    const answers = new Map<string, string>();
    for (const langs of ['fr', 'de', 'en']) answers.set(langs, JSON.stringify(await hub.data(label, { langs })));
    expect(new Set(answers.values()).size).toBeGreaterThan(1);
    for (const [langs, before] of answers) {
      const { headers, data } = await hub.ask(label, { langs });
      expect([headers.get('x-cache'), JSON.stringify(data)]).toEqual(['hit', before]);
    }
  });

  it('a caller with a key shares what is public', async () => {
    const key = await hub.partner([['PARTNER', 'lorntech']]);
    await hub.ask('{ places { id } }', { key });
    expect(await cacheOf('{ places { id } }')).toBe('hit');
    expect(await cacheOf('{ places { id } }', { key: await hub.partner([['STEWARD']]) })).toBe('hit');
  });

  it('nothing that cannot be: errors, introspection, mutations, what has no time', async () => {
    for (const [query, options] of [
      ['{ territories(first: 1000) { totalCount } }', {}],
      ['{ territory(id: "sillon-lorrain") { nothing } }', {}],
      ['{ __schema { queryType { name } } territory(id: "sillon-lorrain") { id } }', {}],
      ['{ __type(name: "Query") { name } }', {}],
      ['{ __typename }', {}],
      ['{ territory(id: "sillon-lorrain") { id } audit { jobs { totalCount } } }', {}],
    ] as const) {
      expect([query, await cacheOf(query, options), await cacheOf(query, options)]).toEqual([query, null, null]);
    }
  });

  it('every type that the public reads says how long', async () => {
    // Each story is a public question; one without a time would never be kept, and nobody would notice.
    for (const { title, query } of stories()) {
      const [text = '', variables = '{}'] = query.split('# variables ');
      if (/mutation|audit|contacts|experts/.test(text)) continue;
      const options = { variables: JSON.parse(variables) as object };
      const { errors } = await hub.ask(text, options);
      expect([title, errors, await cacheOf(text, options)]).toEqual([title, undefined, 'hit']);
    }
  });

  it('what the clock changes lives seconds only', async () => {
    const seconds = async (query: string) => /max-age=(\d+)/.exec((await get(endpoint(), query)).headers.get('cache-control')!)?.[1];
    expect(await seconds('{ editions { id } }')).toBe('10');
    expect(await seconds('{ territory(id: "sillon-lorrain") { name jobOffers { totalCount } } }')).toBe('10');
    expect(await seconds('{ startups { nodes { openPositions } } }')).toBe('10');
    expect(await seconds('{ territory(id: "sillon-lorrain") { name } }')).toBe('60');
  });
});

describe('what needs a scope is never kept, whoever asks', () => {
  const queries = [
    '{ startups(first: 1) { nodes { name contacts { name } } } }',
    '{ startups(first: 1) { nodes { name other: contacts { name } } } }',
    'query { startups(first: 1) { ...Page } } fragment Page on StartupConnection { nodes { ...Record } } fragment Record on Startup { name contacts { name } }',
    '{ startups(first: 1) { edges { node { ... on Startup { ... { c: contacts { id } } } } } } }',
    '{ startups(first: 1) { nodes { name contacts @include(if: true) { name } } } }',
    '{ audit { startups { totalCount } } }',
  ];
  it.each(queries)('%s', async (query) => {
    const key = await hub.partner([['TERRITORY_OFFICER', 'sillon-lorrain'], ['STEWARD']]);
    for (const options of [{ key }, {}, { key }, {}]) expect(await cacheOf(query, options)).toBeNull();
    const { headers } = await get(endpoint(), query, { authorization: `Bearer ${key}` });
    expect([headers.get('x-cache'), headers.get('etag'), headers.get('cache-control')]).toEqual([null, null, 'no-store']);
  });
});

describe('GET', () => {
  const query = '{ organisations { id name } }';

  it('has an ETag, is not sent again, and says how old it is', async () => {
    const first = await get(endpoint(), query);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    expect(first.headers.get('vary')).toBe('accept, accept-language, authorization, origin');
    expect(first.headers.get('age')).toBeNull();
    const body = await first.text();
    await pause(1100);
    const again = await get(endpoint(), query);
    expect(Number(again.headers.get('age'))).toBeGreaterThanOrEqual(1);
    expect([again.headers.get('etag'), await again.text()]).toEqual([etag, body]);
    for (const tags of [etag, `"other", W/${etag}`, '*']) {
      const unchanged = await get(endpoint(), query, { 'if-none-match': tags });
      expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await get(endpoint(), query, { 'if-none-match': '"other"' })).status).toBe(200);
    // Another language, another text.
    const german = await get(endpoint(), query, { 'accept-language': 'de', 'if-none-match': etag });
    expect(german.headers.get('etag') === etag).toBe(german.status === 304);
  });

  it('a POST has none, but is served what a GET left', async () => {
    const { headers } = await hub.ask(query);
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
    const { headers: plain } = await fetch(endpoint(), { method: 'POST', headers: { 'content-type': 'application/json', accept: '*/*' }, body: JSON.stringify({ query, variables: null, operationName: null }) });
    expect(plain.get('x-cache')).toBe('hit');
  });

  it('errors are kept by nobody', async () => {
    const { headers } = await get(endpoint(), '{ territories(first: 1000) { totalCount } }');
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
  });
});
