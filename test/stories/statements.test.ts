import { useHub } from '../testkit/hub';
import { story } from '../testkit/stories';

const hub = useHub();

/** How many SQL statements each story costs, all subgraphs summed. A change is a decision: write the new number down. */
const statements: Record<number, number> = {
  1: 7,
  2: 4,
  3: 4,
  4: 6,
  5: 8,
  6: 5,
  7: 6,
  8: 4,
  9: 5,
  10: 3,
  11: 4,
  12: 5,
  13: 4,
  14: 1,
  16: 3,
  17: 4,
  18: 12,
  19: 6,
  20: 4,
  21: 3,
};

it.each(Array.from({ length: 21 }, (_, index) => index + 1).filter((number) => number !== 15))('story %i', async (number) => {
  const { query, variables } = story(number);
  expect(await hub.statements(() => hub.data(query, { variables }))).toBe(statements[number]);
});

it('story 15 needs the rights of relays, which are not there yet: its fields are absent, not stubs', async () => {
  const { __schema } = await hub.data('{ __schema { queryType { fields { name } } types { name } } }');
  expect(__schema.queryType.fields.map(({ name }: any) => name)).not.toContain('applications');
  expect(__schema.types.map(({ name }: any) => name)).not.toEqual(expect.arrayContaining(['Expert']));
});

describe('a hundred keys are one statement', () => {
  // As the gateway fetches them: 100 entities of another subgraph in one go.
  it.each([
    ['startups', '{ territories(filter: {kinds: [MUNICIPALITY]}, first: 100) { nodes { startups(first: 5) { nodes { name } } } } }', 2],
    ['programmes', '{ startups(first: 100) { nodes { awards { year } } } }', 2],
    ['jobs', '{ territories(filter: {kinds: [MUNICIPALITY]}, first: 100) { nodes { jobOffers(first: 5) { nodes { title } } } } }', 2],
    ['jobs', '{ startups(first: 100) { nodes { openPositions } } }', 2],
    ['territories', '{ startups(first: 100) { nodes { territory { name } } } }', 2],
  ])('of %s', async (_, query, count) => {
    expect(await hub.statements(() => hub.data(query))).toBe(count);
  });
});
