import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphName } from './config';
import type { Database } from './database/database';
import type { Feed, Follower } from './feed/feed';
import { root } from './root';

/** All that the rest of the hub knows of a subgraph: what its `index.ts` exports. */
export interface Subgraph {
  name: SubgraphName;
  /** Tables that it writes, for TypeORM. */
  entities: Function[];
  buildSchema(): Promise<GraphQLSchema>;
  /** Records that it publishes for others to keep a copy of. */
  feeds: Feed[];
  /** Others' records that it keeps a copy of. */
  follows: Follower[];
  /** Fills an empty schema with the records that the project ships; runs once, after the first copies have arrived. */
  seed(db: Database, options: SeedOptions): Promise<void>;
}

export interface SeedOptions {
  /** How many generated job offers the demonstration has, with a startup for every five; 0 for no demonstration. */
  demoOffers: number;
  /** The day on which the demonstration plays. */
  today: Date;
}

/** A file or folder of a subgraph, where it stands in the sources. */
export const subgraphFile = (name: SubgraphName, ...path: string[]): string => join(root, 'subgraphs', name, ...path);
