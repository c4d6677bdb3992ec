import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { buildSchema, parse, print, separateOperations } from 'graphql';
import { startHub, type Hub } from '../../gateway/hub';
import { Random } from '../../shared/demo/random';
import { coded } from '../../shared/graphql/errors';
import { log } from '../../shared/log';
import { MOST_ERRORS } from '../../gateway/transport/reach';
import { testConfig } from '../testkit/config';
import { post, useHub, type Answer } from '../testkit/hub';
import { knownIn, RECORDS } from '../testkit/knownValues';
import { randomOperation, type Known, type RandomOperation } from '../testkit/randomQueries';

// Two hubs over one database: one answers what it was asked before by itself, one leaves all to Apollo's executor. More
// operations, others: EXECUTOR_OPERATIONS=5000 EXECUTOR_SEED=7 npx jest test/federation/executors

const COUNT = Number(process.env.EXECUTOR_OPERATIONS ?? 60);
const SEED = Number(process.env.EXECUTOR_SEED ?? 1);
const UNBOUND = { COST_LIMIT: '200000', COST_PER_MINUTE: '1000000000', COST_PER_MINUTE_PARTNER: '1000000000' };

const own = useHub(UNBOUND);
let apollos: Hub;
let known: Known;
let key: string;
const schema = buildSchema(readFileSync('gateway/supergraph/api.graphql', 'utf8'));
log.level = 'error';

beforeAll(async () => {
  apollos = await startHub(testConfig(own.databaseUrl, { ...UNBOUND, EXECUTOR: 'apollo' }));
  known = knownIn(await own.data(RECORDS));
  key = await own.partner([['ADMIN'], ['STEWARD'], ['RELAY', '123go-saarland-ihk']]);
});
afterAll(() => apollos?.stop());

const asked = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');

/** The answer of either, the one's of the first and of the second time; and whether the second was given without Apollo Server. */
async function both({ query, variables }: RandomOperation, options: { key?: string; langs?: string }): Promise<{ ours: Answer; theirs: Answer; withoutApollo: boolean }> {
  const first = await own.ask(query, { variables, ...options });
  asked.mockClear();
  const ours = await own.ask(query, { variables, ...options });
  const withoutApollo = asked.mock.calls.length === 0;
  expect(comparable(ours)).toEqual(comparable(first));
  return { ours, theirs: await post(`${apollos.url}/graphql`, query, { variables, ...options }), withoutApollo };
}

/** What must be the same: all but the order of errors, and which of two wrong arguments was seen first. */
const comparable = ({ status, data, errors, headers }: Answer) => ({
  status,
  type: headers.get('content-type'),
  data,
  errors: errors && told(errors),
});

function told(errors: NonNullable<Answer['errors']>): string[] {
  // Of a fetch with more errors the first hundred are told: in which order they came is a matter of chance, and so which these are.
  const placed = (at: string | number) => (errors.length < MOST_ERRORS || typeof at === 'string' ? at : '#');
  const lines = errors.map(({ message, path, extensions }) => [path?.map(placed).join('.'), extensions!.code, extensions!.service, extensions!.code === 'BAD_USER_INPUT' ? '' : message].join(' '));
  return (errors.length < MOST_ERRORS ? lines : [...new Set(lines)]).sort();
}

/** Compares answers to so many random operations; how many of them were given without Apollo Server, and with errors. */
async function compare(count: number, seed: number, options: { key?: string; langs?: string } = {}): Promise<{ withoutApollo: number; withErrors: number }> {
  const random = new Random(seed);
  const seen = { withoutApollo: 0, withErrors: 0 };
  for (let at = 0; at < count; at++) {
    const operation = randomOperation({ schema, random, known, hostility: 0.02, operation: 'query' });
    const { ours, theirs, withoutApollo } = await both(operation, options);
    if (withoutApollo) seen.withoutApollo++;
    if (withoutApollo && ours.errors) seen.withErrors++;
    try {
      expect(comparable(ours)).toEqual(comparable(theirs));
    } catch (error) {
      (error as Error).message += `\n\n${operation.query}\n${JSON.stringify(operation.variables)}`;
      throw error;
    }
  }
  if (process.env.EXECUTOR_OPERATIONS) console.log({ count, seed, ...options, ...seen });
  return seen;
}

it('each story has the same answer', async () => {
  const stories = separateOperations(parse(readFileSync('gateway/explorer/stories.graphql', 'utf8')));
  for (const [name, document] of Object.entries(stories)) {
    const { ours, theirs, withoutApollo } = await both({ query: print(document), variables: { edition: 'demo-123go', since: '2026-01-01T00:00:00Z' } }, {});
    expect({ name, ...comparable(ours) }).toEqual({ name, ...comparable(theirs) });
    // What the public may not see is Apollo's: null and an error are put in its place.
    expect({ name, withoutApollo }).toEqual({ name, withoutApollo: !ours.errors });
  }
});

it('random operations of the public, and of a partner, have the same answers', async () => {
  const publics = await compare(COUNT, SEED, { langs: 'de, fr;q=0.5' });
  expect(publics.withoutApollo).toBeGreaterThan(COUNT * 0.4);
  const partners = await compare(COUNT, SEED + 1, { key });
  expect(partners.withoutApollo).toBeGreaterThan(COUNT * 0.5);
}, 3_600_000);

it.each(['territories', 'startups', 'programmes', 'jobs'] as const)('and so they have while %s fails', async (name) => {
  const failing = [own.hub, apollos].map(({ running }) => jest.spyOn(running.get(name)!.db, 'rows').mockRejectedValue(coded('DATABASE_UNAVAILABLE', 'The database does not answer at the moment.')));
  try {
    const { withErrors } = await compare(Math.ceil(COUNT / 3), SEED + 2, { key });
    expect(withErrors).toBeGreaterThan(COUNT / 30);
  } finally {
    for (const one of failing) one.mockRestore();
  }
}, 3_600_000);

it('conditions, fragments and names of every kind have the same answers', async () => {
  const query = `query Q($yes: Boolean!, $no: Boolean = false, $first: Int = 2) {
    a: territory(id: "sillon-lorrain") @include(if: $yes) { ...T name @skip(if: $yes) de: name(lang: DE) }
    territory(id: "fr-commune-57463") { ... on Territory @include(if: $no) { kind } ...T ...T jobOffers(first: $first) { nodes { ...O ... on JobOffer { title employer { __typename ... on Startup { n: name territory { id } } } } } } }
    b: startups(first: $first) @skip(if: $no) { nodes { name territory { ...T } } edges { node { id name } } }
  }
  fragment T on Territory { __typename id name population { value provenance { source { title } } } startups(first: 1) @include(if: $yes) { nodes { name } } }
  fragment O on JobOffer { id employer { ... on Startup { id name } ... on Organisation { id name } } territory { name } }`;
  for (const variables of [{ yes: true }, { yes: false }, { yes: true, no: true }, { yes: false, no: null, first: 1 }, { yes: true, first: 0 }, { yes: 'x' }, {}]) {
    const { ours, theirs } = await both({ query, variables }, {});
    expect({ variables, ...comparable(ours) }).toEqual({ variables, ...comparable(theirs) });
  }
});
