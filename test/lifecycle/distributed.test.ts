import { useDistributed } from '../testkit/distributed';
import { useHub } from '../testkit/hub';
import { run } from '../testkit/processes';
import { story } from '../testkit/stories';

// Each subgraph and the gateway as built processes of their own, on the same database as the hub in this process.

const together = useHub();
const apart = useDistributed(together);

it.each([3, 5, 7, 11, 12, 13, 17])('answers story %i as the hub in one process does, in the language of the reader', async (number) => {
  const { query, variables } = story(number);
  const { data, errors } = await apart.ask(query, { variables, langs: 'de' });
  expect(errors).toBeUndefined();
  expect(data).toEqual(await together.data(query, { variables, langs: 'de' }));
});

it('answers many at once, of different places, as one after the other', async () => {
  const query = 'query($id: ID!) { territory(id: $id) { name startups(first: 3) { totalCount nodes { name openPositions } } jobOffers(first: 2) { totalCount nodes { title employer { ... on Startup { name territory { name } } } } } } }';
  const asked = ['lu', 'nuts-dec0', 'fr-departement-57', 'sillon-lorrain', 'no such place', 'fr-commune-57463', 'de-gemeinde-10041100'].map((id) => ({ variables: { id } }));
  const alone = [];
  for (const one of asked) alone.push(await together.data(query, one));
  for (let times = 0; times < 3; times++) expect(await Promise.all(asked.map((one) => apart.ask(query, one).then(({ data }) => data)))).toEqual(alone);
});

it('names mistakes as the hub in one process does, with their code', async () => {
  const query = '{ territories(first: 1000) { totalCount } }';
  const { errors } = await apart.ask(query, { langs: 'fr' });
  expect(errors).toEqual((await together.ask(query)).errors);
});

it('refuses a subgraph that does not exist, or has no database, and any process without the common secret', async () => {
  const unknown = run('subgraphs/main.js', {}, 'towns');
  expect(await unknown.ended).toBe(1);
  expect(unknown.output).toMatch(/Read "towns", expected one of territories, startups, programmes, jobs/);
  const alone = run('subgraphs/main.js', {}, 'territories');
  expect(await alone.ended).toBe(1);
  expect(alone.output).toMatch(/DATABASE_URL is not set/);
  for (const script of ['subgraphs/main.js', 'gateway/main.js']) {
    const open = run(script, { DATABASE_URL: together.databaseUrl, PORT: '0' }, 'territories');
    expect(await open.ended).toBe(1);
    expect(open.output).toMatch(/HUB_SECRET is not set/);
  }
});

it('gives a partial answer that names the subgraph that is down', async () => {
  await apart.kill('startups');
  const { data, errors } = await apart.ask('{ territory(id: "sillon-lorrain") { name startups { totalCount } programmes { id } } }', { langs: 'fr' });
  expect(data.territory).toMatchObject({ name: 'Sillon Lorrain', startups: null, programmes: expect.arrayContaining([{ id: '123go' }]) });
  expect(errors).toEqual([expect.objectContaining({ path: ['territory', 'startups'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'startups' } })]);
  expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN/);
});
