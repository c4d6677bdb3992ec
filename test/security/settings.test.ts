import { cacheSettled, get, useHub } from '../testkit/hub';

// A hub of an operator who tells strangers less, and looks how large bodies are before they are refused.
const hub = useHub({ INTROSPECTION: 'false', LIMIT_BODY: 'measure:1000', CACHE_BYTES: '20000000', METRICS: 'local' });

it.each([
  ['the schema', '{ __schema { types { name } } }'],
  ['fields of an input', '{ startups(filter: 5) { totalCount } }'],
  ['values of an enum', '{ startups(orderBy: XX) { totalCount } }'],
  ['a name that is nearly right', '{ startup(id: "x") { nam } }'],
])('without introspection %s is not told', async (_, query) => {
  const { status, errors } = await hub.ask(query);
  expect(status).toBe(400);
  expect(JSON.stringify(errors)).not.toMatch(/UPDATED_AT|within|activities|Did you mean|"name"/);
});

it('a limit on bodies can be measured: they are answered, and counted', async () => {
  expect(await hub.data(`{ sources { id } } # ${'x'.repeat(2000)}`)).toMatchObject({ sources: expect.anything() });
  const metrics = await (await fetch(`${hub.hub.url}/metrics`)).text();
  expect(metrics).toMatch(/hub_limits_exceeded_total\{limit="body",mode="measure"\} 1/);
});

it('what any page can have a browser send is refused, though the answer is there', async () => {
  await cacheSettled(hub);
  const query = '{ sources { id title } }';
  for (let times = 0; times < 20; times++) if ((await get(`${hub.hub.url}/graphql`, query)).headers.get('x-cache') === 'hit') break;
  expect((await get(`${hub.hub.url}/graphql`, query)).headers.get('x-cache')).toBe('hit');
  const refused = await fetch(`${hub.hub.url}/graphql?${new URLSearchParams({ query })}`);
  expect(refused.status).toBe(400);
  expect(await refused.text()).not.toContain('insee');
});
