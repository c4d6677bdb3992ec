import { createServer } from 'node:net';
import { subgraphNames, type SubgraphName } from '../../shared/config';
import { useHub } from '../testkit/hub';
import { run, type Running } from '../testkit/processes';
import { story } from '../testkit/stories';

// Each subgraph and the gateway as built processes of their own, on the same database as the hub in this process.

const together = useHub();
const processes = new Map<SubgraphName | 'gateway', Running>();
let gateway: string;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

async function ask(query: string, variables: object, langs: string) {
  const response = await fetch(gateway, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': langs },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as any;
}

beforeAll(async () => {
  const addresses: Record<string, string> = {};
  for (const name of subgraphNames) addresses[`${name.toUpperCase()}_URL`] = `http://127.0.0.1:${await freePort()}/graphql`;
  const environment = { ...addresses, DATABASE_URL: together.databaseUrl, PORT: '0' };
  // Followers before the owner of their feeds: any order must do.
  for (const name of subgraphNames.toReversed()) processes.set(name, run('subgraphs/main.js', environment, name));
  for (const running of processes.values()) await running.says(/ready at/);
  const door = run('gateway/main.js', environment);
  processes.set('gateway', door);
  gateway = (await door.says(/ready at (\S+)/))[1]!;
});

afterAll(async () => {
  for (const { child } of processes.values()) child.kill('SIGTERM');
  const codes = await Promise.all([...processes.values()].map(({ ended }) => ended));
  expect(codes).toEqual(codes.map(() => 0));
});

it.each([3, 5, 7, 11, 12, 13, 17])('answers story %i as the hub in one process does, in the language of the reader', async (number) => {
  const { query, variables } = story(number);
  const { data, errors } = await ask(query, variables, 'de');
  expect(errors).toBeUndefined();
  expect(data).toEqual(await together.data(query, { variables, langs: 'de' }));
});

it('names mistakes as the hub in one process does, with their code', async () => {
  const query = '{ territories(first: 1000) { totalCount } }';
  const { errors } = await ask(query, {}, 'fr');
  expect(errors).toEqual((await together.ask(query)).errors);
});

it('refuses a subgraph that does not exist, or has no database', async () => {
  const unknown = run('subgraphs/main.js', {}, 'towns');
  expect(await unknown.ended).toBe(1);
  expect(unknown.output).toMatch(/Read "towns", expected one of territories, startups, programmes, jobs/);
  const alone = run('subgraphs/main.js', {}, 'territories');
  expect(await alone.ended).toBe(1);
  expect(alone.output).toMatch(/DATABASE_URL is not set/);
});

it('gives a partial answer that names the subgraph that is down', async () => {
  const startups = processes.get('startups')!;
  startups.child.kill('SIGKILL');
  await startups.ended;
  processes.delete('startups');
  const { data, errors } = await ask('{ territory(id: "sillon-lorrain") { name startups { totalCount } programmes { id } } }', {}, 'fr');
  expect(data.territory).toMatchObject({ name: 'Sillon Lorrain', startups: null, programmes: expect.arrayContaining([{ id: '123go' }]) });
  expect(errors).toEqual([expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'startups' } })]);
  expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN/);
});
