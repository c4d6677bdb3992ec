import { setTimeout as pause } from 'node:timers/promises';
import { useHub } from '../testkit/hub';

const hub = useHub({ COST_LIMIT: '1000', COST_PER_MINUTE: '1500', COST_PER_MINUTE_PARTNER: '100000', TRUSTED_PROXIES: '1' });
const page = (first: number) => `{ territories(first: ${first}) { nodes { id name } } }`;

async function ask(query: string, { extensions, address = '192.0.2.1', key }: { extensions?: object; address?: string; key?: string } = {}) {
  const response = await fetch(`${hub.hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.9, ${address}`, ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ query, extensions }),
  });
  return { status: response.status, headers: response.headers, ...((await response.json()) as any) };
}
const left = ({ headers }: { headers: Headers }) => Number(/r=(\d+)/.exec(headers.get('ratelimit')!)![1]);

it('an operation that costs too much is refused before it runs', async () => {
  const query = '{ territories(first: 100) { nodes { children(first: 100) { nodes { id } } } } }';
  const refused = await ask(query);
  expect(refused.status).toBe(400);
  expect(refused.errors[0].extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'cost', found: 1 + 100 * (1 + 1 + 110), most: 1000 });
  expect(await hub.statements(() => ask(query))).toBe(0);
});

it('what it was estimated to cost, and did, is told on request', async () => {
  const { extensions, data } = await ask('{ territory(id: "sillon-lorrain") { places { id } } territories(filter: {kinds: [CANTON]}, first: 100) { nodes { id } } }', { extensions: { cost: true }, address: '192.0.2.2' });
  const actual = Math.round(1 + data.territory.places.length * 1.1 + 1 + 12 * 1.1);
  expect(extensions.cost).toEqual({ estimated: 1 + 11 + 1 + 110, actual, most: 1000, remaining: 1500 - 123 });
  expect((await ask('{ territory(id: "sillon-lorrain") { id } }')).extensions).toBeUndefined();
});

it('a caller has a budget a minute; what was not spent is given back; another address and a partner have their own', async () => {
  const address = '192.0.2.3';
  const first = await ask(page(100), { address });
  expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=1500;w=60');
  expect(left(first)).toBe(1500 - 121);
  // 961 are estimated, some 30 come back.
  for (let times = 0; times < 8; times++) expect((await ask('{ territories(filter: {kinds: [CANTON]}, first: 80) { nodes { parents { id } } } }', { address })).status).toBe(200);
  let answer = await ask(page(100), { address });
  for (let times = 0; answer.status === 200 && times < 30; times++) answer = await ask(`{ ${Array.from({ length: 8 }, (_, at) => `a${at}: ${page(100).slice(1, -1)}`).join(' ')} }`, { address });
  expect(answer).toMatchObject({ status: 429, errors: [{ extensions: { code: 'RATE_LIMITED', limit: 'cost', found: 968, most: 1500 } }] });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(page(100), { address: '192.0.2.4' })).status).toBe(200);
  const key = await hub.partner([['STEWARD']]);
  expect(left(await ask(page(100), { address, key }))).toBe(100_000 - 121);
});

it('a variable that was null once makes its default no cheaper', async () => {
  const query = 'query Q($first: Int = 100) { territories(first: $first) { nodes { children(first: $first) { nodes { id } } } } }';
  const send = async (variables: object) => (await hub.ask(query, { variables })).errors![0]!.extensions!.code;
  await send({ first: null });
  expect(await send({})).toBe('LIMIT_EXCEEDED');
  expect(await send({ first: '1' })).toBe('BAD_USER_INPUT');
});

it('who hangs up pays what was asked for', async () => {
  const address = '192.0.2.5';
  const leaving = new AbortController();
  const { db } = hub.hub.running.get('territories')!;
  // Held back, not lost: what else reads meanwhile (feeds, chores) has to come to its end, or the hub never stops.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const rows = db.rows.bind(db);
  const slow = jest.spyOn(db, 'rows').mockImplementation(async (...asked) => {
    await held;
    return rows(...asked) as Promise<any>;
  });
  const asked = fetch(`${hub.hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ query: page(100) }),
    signal: leaving.signal,
  }).catch(() => undefined);
  while (slow.mock.calls.length === 0) await pause(20);
  leaving.abort();
  await asked;
  slow.mockRestore();
  release();
  await pause(200);
  expect(left(await ask('{ territory(id: "lu") { id } }', { address }))).toBeLessThan(1500 - 121 + 60);
});
