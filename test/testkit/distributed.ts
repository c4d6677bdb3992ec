import { createServer } from 'node:net';
import { subgraphNames, type SubgraphName } from '../../shared/config';
import { post, type Answer, type AskOptions, type TestHub } from './hub';
import { run, type Running } from './processes';

/** The secret of the processes of `useDistributed`. */
export const SECRET = 'the secret of the tests, of 32 characters and more';

/** The four subgraphs and the gateway as processes of their own, from the build. */
export interface DistributedHub {
  /** Address of the gateway's endpoint. */
  gateway: string;
  /** Addresses of the subgraphs' endpoints. */
  addresses: Record<SubgraphName, string>;
  processes: Map<SubgraphName | 'gateway', Running>;
  ask<Data = any>(query: string, options?: AskOptions): Promise<Answer<Data>>;
  /** Starts a subgraph that was killed; `more`: what it alone is told. */
  restart(name: SubgraphName, more?: Record<string, string>): Promise<void>;
  /** Ends a process without warning. */
  kill(name: SubgraphName | 'gateway'): Promise<void>;
}

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Starts them on the database of a hub in this process, and ends them after the tests of the file. `forGateway`: what the gateway alone is told. */
export function useDistributed(together: TestHub, more: Record<string, string> = {}, forGateway: (addresses: DistributedHub['addresses']) => Promise<Record<string, string>> = () => Promise.resolve({})): DistributedHub {
  const processes: DistributedHub['processes'] = new Map();
  const addresses = {} as Record<SubgraphName, string>;
  let gateway: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    for (const name of subgraphNames) addresses[name] = `http://127.0.0.1:${await freePort()}/graphql`;
    environment = {
      ...Object.fromEntries(subgraphNames.map((name) => [`${name.toUpperCase()}_URL`, addresses[name]])),
      DATABASE_URL: together.databaseUrl,
      HUB_SECRET: SECRET,
      // All that a test drives comes from one address.
      COST_PER_MINUTE: '1000000000',
      PORT: '0',
      CACHE_BYTES: '0',
      ...more,
    };
    // Followers before the owner of their feeds: any order must do.
    for (const name of subgraphNames.toReversed()) processes.set(name, run('subgraphs/main.js', environment, name));
    for (const running of processes.values()) await running.says(/ready at/);
    const door = run('gateway/main.js', { ...environment, ...(await forGateway(addresses)) });
    processes.set('gateway', door);
    gateway = (await door.says(/ready at (\S+)/))[1]!;
  });
  afterAll(async () => {
    for (const { child } of processes.values()) child.kill('SIGTERM');
    const codes = await Promise.all([...processes.values()].map(({ ended }) => ended));
    expect(codes).toEqual(codes.map(() => 0));
  });
  return {
    get gateway() {
      return gateway;
    },
    addresses,
    processes,
    ask: (query, options) => post(gateway, query, options),
    async restart(name, more = {}) {
      const one = run('subgraphs/main.js', { ...environment, ...more }, name);
      processes.set(name, one);
      await one.says(/ready at/);
    },
    async kill(name) {
      const one = processes.get(name)!;
      one.child.kill('SIGKILL');
      await one.ended;
      processes.delete(name);
    },
  };
}
