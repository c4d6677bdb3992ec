import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { subgraphNames, type SubgraphName } from '../../shared/config';

/** An answer that is kept. */
export interface Entry {
  body: string;
  contentType: string;
  etag: string;
  /** When it was made, in milliseconds. */
  at: number;
  /** How long it may be kept, from then. */
  seconds: number;
  byCaller: boolean;
  /** The data that it was made from: generations, at that time, of the subgraphs that were asked. */
  generations: Partial<Generations>;
}

/** A name for the data of each subgraph as they are now; another after each change. */
export type Generations = Record<SubgraphName, string>;

/** Where answers are kept. Whatever happens to it, no call fails. */
export interface Store {
  /** What is kept under a key, and the generations of now; null while the store is away. */
  read(key: string): Promise<{ entry: Entry | null; generations: Generations } | null>;
  write(key: string, entry: Entry): Promise<void>;
  /** Data of these subgraphs have changed: what was made from them is kept no longer. */
  renew(names: Iterable<SubgraphName>): Promise<void>;
  close(): void;
}

/** Larger answers are not kept, in bytes: one of them would drive out hundreds. */
export const LARGEST_ENTRY = 1_000_000;

/** The entry, unless its data have changed since. */
export const ifCurrent = (entry: Entry | null | undefined, now: Generations): Entry | null =>
  entry && Object.entries(entry.generations).every(([name, generation]) => now[name as SubgraphName] === generation) ? entry : null;

/** Answers in this process, the least used forgotten first. */
export function memoryStore(bytes: number): Store {
  const entries = new LRUCache<string, Entry>({
    maxSize: bytes,
    maxEntrySize: LARGEST_ENTRY,
    // What stands around a body is about as much for each.
    sizeCalculation: ({ body }) => Buffer.byteLength(body) + 500,
  });
  const generations = Object.fromEntries(subgraphNames.map((name) => [name, randomUUID()])) as Generations;
  return {
    read: async (key) => ({ entry: ifCurrent(entries.get(key), generations), generations: { ...generations } }),
    async write(key, entry) {
      entries.set(key, entry, { ttl: entry.seconds * 1000 });
    },
    async renew(names) {
      for (const name of names) generations[name] = randomUUID();
    },
    close: () => entries.clear(),
  };
}
