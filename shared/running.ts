import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import sql from 'sql-template-tag';
import type { SubgraphName } from './config';
import { Database } from './database/database';
import { prepareSchema } from './database/prepare';
import { catchUp, feedSource, FeedUnavailable, forgetOutbox, type FeedSource } from './feed/feed';
import { keepDoing } from './keepDoing';
import { log, told } from './log';
import { erasePersons } from './persons/persons';
import { subgraphFile, type Chore, type Subgraph } from './subgraph';
import { THE_HUB, transactionOf } from './writing/write';

/** A subgraph that can answer. */
export interface RunningSubgraph {
  name: SubgraphName;
  schema: GraphQLSchema;
  db: Database;
  feeds: FeedSource;
  /** Fetches now what other subgraphs have changed; whether there is more, held back by an older transaction. */
  refreshCopies(): Promise<boolean>;
  /** Whether this start filled an empty schema. */
  seeded: boolean;
  stop(): Promise<void>;
}

export interface RunOptions {
  databaseUrl: string;
  demoOffers: number;
  today: Date;
  feedIntervalSeconds: number;
  /** How long the start waits for the subgraphs that it follows, in seconds. */
  patienceSeconds: number;
  /** The feeds of another subgraph, which may not be up yet. */
  sourceOf(owner: SubgraphName): FeedSource;
  /** Ends a start between two steps. */
  signal?: AbortSignal;
}

/** Migrates, copies what the subgraph follows, seeds an empty schema, and keeps the copies up to date until it is stopped. */
export async function runSubgraph(subgraph: Subgraph, options: RunOptions): Promise<RunningSubgraph> {
  const { name } = subgraph;
  await prepareSchema(options.databaseUrl, name, subgraphFile(name, 'migrations'));
  const db = await Database.open(options.databaseUrl, name, subgraph.entities);
  try {
    const followAll = async () => {
      const held = [];
      for (const follower of subgraph.follows) held.push(await catchUp(db, follower, options.sourceOf(follower.owner)));
      return held.includes(true);
    };
    await followPatiently(followAll, options);
    options.signal?.throwIfAborted();
    const seeded = await seedOnce(subgraph, db, options);
    const schema = await subgraph.buildSchema();
    const chores: Chore[] = [...subgraph.chores, ...commonChores(subgraph)];
    for (const chore of chores) await chore.run(db, new Date());
    // A migration or a seed may have changed anything, and whoever keeps answers may have been up before.
    await db.dataSource.transaction((manager) => transactionOf(manager, THE_HUB, new Date()).tell({ event: 'subgraph started', subject: 'subgraph', id: name }));
    const kept = [
      keepDoing(followAll, options.feedIntervalSeconds * 1000, (error) => log.warn({ subgraph: name, error: told(error) }, "the copies of other subgraphs' records could not be refreshed")),
      ...chores.map((chore) =>
        keepDoing(
          () => chore.run(db, new Date()),
          chore.everySeconds * 1000,
          (error) => log.warn({ subgraph: name, chore: chore.name, error: told(error) }, 'a chore failed'),
        ),
      ),
    ];
    return {
      name,
      schema,
      db,
      feeds: feedSource(db, [...subgraph.feeds, { topic: 'outbox' }]),
      refreshCopies: followAll,
      seeded,
      async stop() {
        await Promise.all(kept.map((one) => one.stop()));
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Follows until nothing is missing: at the start an owner may not be up yet, or be in the middle of its own. */
async function followPatiently(followAll: () => Promise<boolean>, { patienceSeconds, signal }: RunOptions): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const problem = await followAll().then(
      (held) => (held ? new FeedUnavailable('Another transaction in the database cluster has been open for long and holds the feeds back: end it and start again.') : null),
      (error: unknown) => error,
    );
    if (problem === null) return;
    if (!(problem instanceof FeedUnavailable) || Date.now() > deadline) throw problem;
    signal?.throwIfAborted();
    await pause(250);
  }
}

const commonChores = ({ persons }: Subgraph): Chore[] => [
  { name: 'the erasure of persons whose day is over', everySeconds: 3600, run: (db, now) => erasePersons(db, persons, { before: now }, 'schedule') },
  { name: 'the forgetting of idempotency keys', everySeconds: 3600, run: (db, now) => db.rows(sql`delete from idempotency where at < ${now}::timestamptz - interval '30 days'`) },
  forgetOutbox,
];

async function seedOnce(subgraph: Subgraph, db: Database, options: RunOptions): Promise<boolean> {
  // Two processes of one subgraph may start at once: the second waits, then finds the work done.
  const runner = db.dataSource.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock(hashtext($1))', [`seed ${subgraph.name}`]);
    const done = (await runner.query('select 1 from seed_run')) as unknown[];
    if (done.length > 0) return false;
    // A seed that was cut off starts again from nothing.
    const tables = db.dataSource.entityMetadatas.map(({ tableName }) => `"${tableName}"`);
    await runner.query(`truncate ${tables.join(', ')} cascade`);
    await subgraph.seed(db, options);
    await runner.query('insert into seed_run (demo_offers) values ($1)', [options.demoOffers]);
    await runner.query('analyze');
    return true;
  } finally {
    await runner.query('select pg_advisory_unlock(hashtext($1))', [`seed ${subgraph.name}`]);
    await runner.release();
  }
}
