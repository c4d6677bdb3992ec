import { PUBLIC, type Caller } from './caller';
import { fetchTokenReader, fetchTokens, FetchRefused } from './fetchToken';

const SECRET = 'a secret that two processes share, of 32 characters';
const caller: Caller = { partner: { id: 'metz', name: 'Metz', organisation: null }, via: 'key x', scopes: ['audit:read'], grants: [{ role: 'ADMIN', about: null }] };
const SECOND = 1000;

let now = 1_800_000_000_000;
beforeEach(() => {
  // The clock alone: signatures are made while timers run.
  jest.useFakeTimers({ now, doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'clearImmediate', 'clearInterval', 'clearTimeout'] });
});
afterEach(() => jest.useRealTimers());
const later = (seconds: number) => jest.setSystemTime((now += seconds * SECOND));

it('a token is signed anew after half its minute, for each caller', async () => {
  const sign = fetchTokens(SECRET, 'jobs');
  const first = await sign(caller);
  later(29);
  expect(await sign(caller)).toBe(first);
  expect(await sign({ ...caller })).not.toBe(first);
  later(2);
  expect(await sign(caller)).not.toBe(first);
});

it('a good token is verified once, and is refused when its minute is over', async () => {
  const read = fetchTokenReader(SECRET, 'jobs');
  const bearer = `Bearer ${await fetchTokens(SECRET, 'jobs')(caller)}`;
  const known = await read(bearer);
  expect(known).toEqual(caller);
  later(59);
  // The same object: nothing was read again.
  expect(await read(bearer)).toBe(known);
  later(1);
  await expect(read(bearer)).rejects.toThrow(new FetchRefused('The token of this fetch has expired.'));
});

it('what is no good is refused each time, however like a good one it is', async () => {
  const read = fetchTokenReader(SECRET, 'jobs');
  const good = `Bearer ${await fetchTokens(SECRET, 'jobs')(PUBLIC)}`;
  const others = `Bearer ${await fetchTokens(SECRET, 'startups')(caller)}`;
  expect(await read(good)).toBe(PUBLIC);
  for (const wrong of [others, others, `${good}x`, good.slice(0, -1), 'Bearer', '', undefined]) await expect(read(wrong)).rejects.toThrow(FetchRefused);
  // What one subgraph knows is nothing to another.
  await expect(fetchTokenReader(SECRET, 'startups')(good)).rejects.toThrow(FetchRefused);
});
