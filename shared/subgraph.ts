import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphName } from './config';
import type { Database } from './database/database';
import type { Feed, Follower } from './feed/feed';
import type { PersonTable } from './persons/persons';
import { root } from './root';
import type { Life } from './writing/life';

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
  /** The states that its records take, and who may move them: from these the checks are made and `subgraphs/lives.md` is drawn. */
  lives: Life[];
  /** What its records need done as time passes. */
  chores: Chore[];
  /** Its tables that hold persons. */
  persons: PersonTable[];
  /** Fills an empty schema with the records that the project ships; runs once, after the first copies have arrived. */
  seed(db: Database, options: SeedOptions): Promise<void>;
}

/** Work that falls due by itself. Done at the start too, for what fell due while the hub was down. */
export interface Chore {
  /** Completes the sentence "… failed": `the expiry of offers`. */
  name: string;
  everySeconds: number;
  /** Does what is due at an instant; several processes may do it at once. */
  run(db: Database, now: Date): Promise<unknown>;
}

export interface SeedOptions {
  /** How many generated job offers the demonstration has, with a startup for every five; 0 for no demonstration. */
  demoOffers: number;
  /** The day on which the demonstration plays. */
  today: Date;
}

/** A file or folder of a subgraph, where it stands in the sources. */
export const subgraphFile = (name: SubgraphName, ...path: string[]): string => join(root, 'subgraphs', name, ...path);
