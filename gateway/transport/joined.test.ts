import { setTimeout as pause } from 'node:timers/promises';
import type { Signal } from '../../shared/ending';
import { PUBLIC, type Caller } from '../../shared/rights/caller';
import { joined } from './joined';
import type { Fetch, Fetched, Transport } from './reach';

interface Begun {
  fetches: readonly Fetch[];
  signal: Signal | undefined;
  /** Answers all of them, or one. */
  end(at?: number): void;
  fail(): void;
}

let begun: Begun[] = [];
let wrong: string[] = [];
beforeEach(() => {
  begun = [];
  wrong = [];
});

const answerTo = ({ variables: { id } }: Fetch): Fetched => (wrong.includes(id as string) ? { data: null, errors: [{ message: `no ${String(id)}` }] } : { data: { id } });
function begin(fetches: readonly Fetch[], signal: Signal | undefined): Promise<Fetched>[] {
  const members = fetches.map((fetch) => {
    let end!: () => void;
    let fail!: () => void;
    const answer = new Promise<Fetched>((resolve, reject) => {
      end = () => resolve(answerTo(fetch));
      fail = () => reject(new Error('broken'));
    });
    return { answer, end, fail };
  });
  const those = (at?: number) => (at === undefined ? members : [members[at]!]);
  begun.push({ fetches, signal, end: (at) => those(at).forEach((one) => one.end()), fail: () => members.forEach((one) => one.fail()) });
  return members.map(({ answer }) => answer);
}
const make = () =>
  joined({
    fetch: (fetch) => begin([fetch], fetch.signal)[0]!,
    kinOf: ({ query }) => (query === 'alone' ? null : query),
    together: begin,
  } as Partial<Transport> as Transport);

const fetchOf = (id: string, { query = 'q', caller = PUBLIC, acceptLanguage, mutation = false, signal = new AbortController().signal }: { query?: string; caller?: Caller; acceptLanguage?: string; mutation?: boolean; signal?: AbortSignal } = {}) =>
  ({ query, variables: { id }, mutation, context: { caller, acceptLanguage }, signal, schema: 'one' }) as unknown as Fetch;
const ids = () => begun.map(({ fetches }) => fetches.map(({ variables }) => variables.id));
/** The next thing to begin. */
const turn = () => pause(0);

it('who asks in the same tick is asked for together, and each gets the own answer', async () => {
  const ask = make();
  const answers = ['a', 'b', 'c'].map((id) => ask(fetchOf(id)));
  await turn();
  expect(ids()).toEqual([['a', 'b', 'c']]);
  begun[0]!.end();
  expect(await Promise.all(answers)).toEqual([{ data: { id: 'a' } }, { data: { id: 'b' } }, { data: { id: 'c' } }]);
});

it('those who come meanwhile gather, are asked for at its end, and never get what was read before', async () => {
  const ask = make();
  void ask(fetchOf('a'));
  await turn();
  void ask(fetchOf('b'));
  await turn();
  void ask(fetchOf('c'));
  await turn();
  expect(ids()).toEqual([['a']]);
  begun[0]!.end();
  await turn();
  expect(ids()).toEqual([['a'], ['b', 'c']]);
});

it('nobody waits long for one that stalls', async () => {
  const ask = make();
  void ask(fetchOf('a'));
  await turn();
  void ask(fetchOf('b'));
  await pause(200);
  expect(ids()).toEqual([['a'], ['b']]);
});

it('a company has a limit', async () => {
  const ask = make();
  for (let at = 0; at < 20; at++) void ask(fetchOf(String(at)));
  await turn();
  expect(begun.map(({ fetches }) => fetches.length)).toEqual([8, 8, 4]);
});

const partner: Caller = { ...PUBLIC, partner: { id: 'x', name: 'X', organisation: null } };
it.each<[string, Parameters<typeof fetchOf>[1]]>([
  ['of a partner', { caller: partner }],
  ['in another language', { acceptLanguage: 'de' }],
  ['of another text', { query: 'other' }],
  ['that its transport makes alone', { query: 'alone' }],
  ['that writes', { mutation: true }],
])('none joins one %s', async (_, options) => {
  const ask = make();
  void ask(fetchOf('a', options));
  void ask(fetchOf('b'));
  await turn();
  expect(ids()).toHaveLength(2);
});

it('partners do not join each other, though they may be the same', async () => {
  const ask = make();
  for (const id of ['a', 'b']) void ask(fetchOf(id, { caller: partner }));
  await turn();
  expect(ids()).toEqual([['a'], ['b']]);
});

it('who gets an error asks again alone; the others do not', async () => {
  const ask = make();
  wrong = ['b'];
  const answers = ['a', 'b', 'c'].map((id) => ask(fetchOf(id)));
  await turn();
  begun[0]!.end();
  await turn();
  expect(ids()).toEqual([['a', 'b', 'c'], ['b']]);
  wrong = [];
  begun[1]!.end();
  expect(await Promise.all(answers)).toEqual([{ data: { id: 'a' } }, { data: { id: 'b' } }, { data: { id: 'c' } }]);
});

it('where all of it breaks each asks alone; one who was alone is told at once', async () => {
  const ask = make();
  const answers = ['a', 'b'].map((id) => ask(fetchOf(id)));
  await turn();
  begun[0]!.fail();
  await turn();
  expect(ids()).toEqual([['a', 'b'], ['a'], ['b']]);
  begun[1]!.end();
  begun[2]!.fail();
  expect(await Promise.allSettled(answers)).toMatchObject([{ value: { data: { id: 'a' } } }, { reason: { message: 'broken' } }]);
  const alone = expect(ask(fetchOf('c'))).rejects.toThrow('broken');
  await turn();
  begun[3]!.fail();
  await alone;
  expect(begun).toHaveLength(4);
});

it('who leaves takes nobody along; when the last has left the work ends', async () => {
  const ask = make();
  const clients = [new AbortController(), new AbortController()];
  clients.forEach(({ signal }, at) => void ask(fetchOf(String(at), { signal })));
  await turn();
  clients[0]!.abort();
  expect(begun[0]!.signal!.aborted).toBe(false);
  clients[1]!.abort();
  expect(begun[0]!.signal!.aborted).toBe(true);
});

it('who is answered goes on, however long another of its company takes; when only those are left who have gone, the work ends', async () => {
  const ask = make();
  const slow = new AbortController();
  const answers = [ask(fetchOf('quick')), ask(fetchOf('slow', { signal: slow.signal }))];
  await turn();
  begun[0]!.end(0);
  expect(await answers[0]).toEqual({ data: { id: 'quick' } });
  expect(begun[0]!.signal!.aborted).toBe(false);
  slow.abort();
  expect(begun[0]!.signal!.aborted).toBe(true);
});

it('the work ends when the last is answered whose company has left', async () => {
  const ask = make();
  const leaving = new AbortController();
  const answers = [ask(fetchOf('stays')), ask(fetchOf('leaves', { signal: leaving.signal }))];
  await turn();
  leaving.abort();
  expect(begun[0]!.signal!.aborted).toBe(false);
  begun[0]!.end(0);
  await answers[0];
  expect(begun[0]!.signal!.aborted).toBe(true);
});

it('who has left does not ask again', async () => {
  const ask = make();
  const leaving = new AbortController();
  const answers = [ask(fetchOf('a', { signal: leaving.signal })), ask(fetchOf('b'))];
  await turn();
  leaving.abort();
  wrong = ['a'];
  begun[0]!.end();
  await Promise.all(answers);
  expect(begun).toHaveLength(1);
});

it('none joins one of another schema', async () => {
  const ask = make();
  void ask(fetchOf('a'));
  void ask({ ...fetchOf('b'), schema: 'two' } as unknown as Fetch);
  await turn();
  expect(ids()).toEqual([['a'], ['b']]);
});
