import { setTimeout as pause } from 'node:timers/promises';
import { execute, parse, type GraphQLUnionType } from 'graphql';
import { subgraphNames, type SubgraphName } from '../../shared/config';
import { Context } from '../../shared/graphql/context';
import { PUBLIC } from '../../shared/rights/caller';
import { useHub } from '../testkit/hub';
import { story } from '../testkit/stories';

const hub = useHub();

/** How many SQL statements each story costs, all subgraphs summed. A change is a decision: write the new number down. */
const statements: Record<number, number> = {
  1: 6,
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
  15: 6,
  16: 3,
  17: 4,
  18: 11,
  19: 7,
  20: 4,
  21: 3,
};

it.each(Array.from({ length: 21 }, (_, index) => index + 1))('story %i', async (number) => {
  const { query, variables } = story(number);
  const key = number === 15 ? await relayOfOneCoached() : undefined;
  expect(await hub.statements(() => hub.data(query, { variables, key }))).toBe(statements[number]);
});

/** The key of a relay with a coached application, to which an expert was called. */
async function relayOfOneCoached(): Promise<string> {
  await hub.hub.running.get('programmes')!.db.dataSource.query(`
    insert into application (id, edition_id, startup_id, relay_id, state, created_at)
      select 'test', '123go-2006', (select min(id) from startup where merged_into is null), '123go-saarland-ihk', 'COACHED', now();
    insert into expert (id, organisation_id, territory_id, langs, topics, created_at) values ('test', 'luxinnovation', 'lu', '{DE}', '{iot}', now());
    insert into application_expert (application_id, expert_id, called_at) values ('test', 'test', now())`);
  return hub.partner([['RELAY', '123go-saarland-ihk']]);
}

describe('readers of the public who come at once', () => {
  const query = `query($id: ID!, $lang: Lang) {
    territory(id: $id) { name startups(first: 3) { totalCount nodes { name openPositions } } programmes { name(lang: $lang) } jobOffers(first: 2) { totalCount nodes { title employer { ... on Startup { name } } } } }
  }`;
  const asked = ['lu', 'nuts-dec0', 'fr-departement-57', 'sillon-lorrain', 'fr-commune-57463', 'de-gemeinde-10041100'].map((id, at) => ({ id, lang: at % 2 ? 'DE' : 'FR' }));
  const oneByOne = async () => {
    const answers = [];
    for (const variables of asked) answers.push(await hub.data(query, { variables }));
    return answers;
  };

  it('share statements, and each reads what it would alone', async () => {
    const alone = await oneByOne();
    const apart = await hub.statements(oneByOne);
    // The first of them are held up until the others are there.
    const gate = hub.hub.running.get('territories')!.db.dataSource.createQueryRunner();
    await gate.startTransaction();
    await gate.query('lock table territory in access exclusive mode');
    let together: unknown;
    const joint = await hub.statements(async () => {
      const answers = Promise.all(asked.map((variables) => hub.data(query, { variables })));
      await pause(200);
      await gate.commitTransaction();
      together = await answers;
    });
    await gate.release();
    expect(together).toEqual(alone);
    expect(joint).toBeLessThan(apart / 2);
  });

  it('get their own errors alone', async () => {
    const ids = ['lu', '\u0000', 'no such place', 'nuts-dec0'];
    const ask = (id: string) => hub.ask(query, { variables: { id } }).then(({ data, errors }) => ({ name: data?.territory?.name, errors }));
    const alone = [];
    for (const id of ids) alone.push(await ask(id));
    expect(alone.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual([undefined, 'BAD_USER_INPUT', undefined, undefined]);
    expect(await Promise.all(ids.map(ask))).toEqual(alone);
  });
});

/** The entities of each subgraph: those of its schema that others may refer to. */
const entities: Record<SubgraphName, string[]> = {
  territories: ['Territory', 'Place', 'Organisation', 'Indicator', 'Statement', 'Observation', 'LabelAward', 'Source'],
  startups: ['Startup', 'DuplicateCandidate', 'Territory', 'Place', 'Organisation', 'Source'],
  programmes: ['Programme', 'Relay', 'Edition', 'Envelope', 'Service', 'Event', 'Award', 'Challenge', 'Application', 'Expert', 'Territory', 'Organisation', 'Place', 'Startup', 'Source'],
  jobs: ['JobOffer', 'Occupation', 'Training', 'Territory', 'Startup', 'Organisation', 'Source'],
};

describe('an _entities fetch of a hundred keys is one statement at most', () => {
  const fetchOf = async (name: SubgraphName, type: string, selection: string) => {
    const { schema, db } = hub.hub.running.get(name)!;
    const representations = Array.from({ length: 100 }, (_, index) => ({ __typename: type, id: `key-${index}` }));
    const document = parse(`query($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${selection} } } }`);
    let result;
    const count = await hub.statements(async () => {
      result = await execute({ schema, document, variableValues: { representations }, contextValue: new Context({ db, langs: [], caller: { ...PUBLIC, scopes: ['applications:read'] } }) });
    });
    expect(result).not.toHaveProperty('errors');
    return count;
  };

  it('the table knows all entities', () => {
    for (const name of subgraphNames) {
      const union = hub.hub.running.get(name)!.schema.getType('_Entity') as GraphQLUnionType;
      expect([name, union.getTypes().map((type) => type.name).sort()]).toEqual([name, [...entities[name]].sort()]);
    }
  });

  it.each(subgraphNames.flatMap((name) => entities[name].map((type) => [name, type] as const)))('%s: %s', async (name, type) => {
    expect(await fetchOf(name, type, 'id')).toBeLessThanOrEqual(1);
  });

  it.each([
    ['territories', 'Territory', 'name'],
    ['territories', 'Territory', 'codes { value }'],
    ['territories', 'Territory', 'labels { label }'],
    ['startups', 'Territory', 'startups(first: 5) { nodes { name } }'],
    ['startups', 'Territory', 'startupStats(by: STAGE) { count }'],
    ['startups', 'Place', 'residents { name }'],
    ['programmes', 'Territory', 'programmes { name }'],
    ['programmes', 'Territory', 'fundingByYear(from: 2014, to: 2018) { sum }'],
    ['programmes', 'Startup', 'awards { year }'],
    ['programmes', 'Edition', 'funnel { count }'],
    ['programmes', 'Place', 'services { kind }'],
    ['jobs', 'Territory', 'jobOffers(first: 5) { nodes { title } }'],
    ['jobs', 'Territory', 'jobOffers(first: 5) { totalCount }'],
    ['jobs', 'Territory', 'jobOffers(first: 5) { totalCount facets { contract { key } territory { key } occupation { key } country { key } } }'],
    ['jobs', 'Startup', 'openPositions'],
    ['jobs', 'Startup', 'jobOffers { title }'],
  ] as const)('%s: %s { %s }', async (name, type, selection) => {
    expect(await fetchOf(name, type, selection)).toBe(1);
  });
});
