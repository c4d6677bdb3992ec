import { parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { PUBLIC, type Caller } from '../../shared/rights/caller';
import type { Answer } from '../../shared/http/graphqlEndpoint';
import { Audience } from '../request/context';
import type { Exchange } from '../request/exchange';
import { deduplicate } from './deduplicate';

const step = deduplicate();
const documents = new Map<string, DocumentNode>();
let begun: { exchange: Exchange; end(body: string): void }[] = [];
beforeEach(() => (begun = []));

function ask(query: string, { caller = PUBLIC, headers = {}, variables = {}, over = new AbortController(), audience = new Audience(() => over.abort()) }: { caller?: Caller; headers?: Record<string, string>; variables?: object; over?: AbortController; audience?: Audience } = {}): Promise<string> {
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  const exchange = {
    read: { method: 'POST', headers },
    params: { query, variables },
    operation: { document, definition: document.definitions[0] as OperationDefinitionNode },
    context: { caller, signal: over.signal, audience, deadline: Date.now() + 10_000 },
  } as unknown as Exchange;
  const next = (instead = exchange) => new Promise<Answer>((resolve) => begun.push({ exchange: instead, end: (body) => resolve({ status: 200, headers: {}, body }) }));
  return step(exchange, next).then(({ body }) => body);
}

it('one answer serves all who ask for the same at the same time', async () => {
  const answers = [ask('{ a }'), ask('{ a }'), ask('{ a }')];
  expect(begun).toHaveLength(1);
  begun[0]!.end('one');
  expect(await Promise.all(answers)).toEqual(['one', 'one', 'one']);
  void ask('{ a }');
  expect(begun).toHaveLength(2);
});

it.each<[string, Parameters<typeof ask>[1]]>([
  ['of another caller', { caller: { ...PUBLIC, partner: { id: 'x', name: 'X', organisation: null } } }],
  ['in another language', { headers: { 'accept-language': 'de' } }],
  ['in another type', { headers: { accept: 'application/graphql-response+json' } }],
  ['with other variables', { variables: { a: 1 } }],
])('none joins one %s', (name, options) => {
  const query = `{ b(name: "${name}") }`;
  void ask(query);
  void ask(query, options);
  expect(begun).toHaveLength(2);
});

it('mutations are never joined, and after one nobody joins a query that was begun before it', async () => {
  const before = ask('{ c }');
  const writes = [ask('mutation { d }'), ask('mutation { d }')];
  expect(begun).toHaveLength(3);
  begun[1]!.end('written');
  begun[2]!.end('written');
  await Promise.all(writes);
  const after = ask('{ c }');
  expect(begun).toHaveLength(4);
  begun[0]!.end('old');
  begun[3]!.end('new');
  expect([await before, await after]).toEqual(['old', 'new']);
});

it('who leaves takes nobody along; when the last has left the work ends', () => {
  const clients = [0, 1].map(() => {
    const over = new AbortController();
    return { over, audience: new Audience(() => over.abort()) };
  });
  for (const client of clients) void ask('{ e }', client);
  expect(begun).toHaveLength(1);
  const { signal } = begun[0]!.exchange.context;
  clients[0]!.audience.leave();
  expect(signal.aborted).toBe(false);
  clients[1]!.audience.leave();
  expect(signal.aborted).toBe(true);
  void ask('{ e }');
  expect(begun).toHaveLength(2);
});
