import type { Running } from '../../testkit/processes';

/** A server that answers the queries, with all its processes but PostgreSQL's. */
export interface Contender {
  name: string;
  about: string;
  url: string;
  processes: Running[];
}

export const pidsOf = ({ processes }: Contender): number[] => processes.map(({ child }) => child.pid!);

/** What every process is told: as in production. */
export const common = { NODE_ENV: 'production' };

/** What the hub's processes are told besides: Node's option of the start scripts; no answer is kept, and no budget runs out; every check is made. */
export const ofHub = { ...common, NODE_OPTIONS: '--max-semi-space-size=32', CACHE_BYTES: '0', COST_PER_MINUTE: '1000000000000', COST_LIMIT: '1000000' };
