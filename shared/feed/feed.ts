import sql, { raw } from 'sql-template-tag';
import type { SubgraphName } from '../config';
import type { Database } from '../database/database';
import { Explained } from '../failure';
import type { Chore } from '../subgraph';
import { THE_HUB, transactionOf } from '../writing/write';

// How a subgraph knows of another's records without reaching into its schema: the owner publishes them in the order of
// their change, a follower keeps a copy of what it filters or sorts by. Both survive a restart of either side.

/** Records that a subgraph publishes: the view `feed_<topic>` of its schema, with the columns `id`, `changed` and `record`. */
export interface Feed {
  topic: string;
}

/** Records of another subgraph of which this one keeps a copy. */
export interface Follower {
  owner: SubgraphName;
  topic: string;
  /** Statement that writes the records `$1`, a JSON array, over their older copies. */
  apply: string;
}

/** Where a follower stands: the transaction of the last change it has, and the id within it. */
export interface FeedPosition {
  changed: string;
  id: string;
}

export interface FeedPage {
  records: object[];
  /** Position behind the page; the one asked for where nothing is new. */
  next: FeedPosition;
  /** Whether there are changes that wait for an older transaction to end. */
  held: boolean;
}

/** Reads an owner's feed; in the same process or over HTTP. */
export interface FeedSource {
  topics: readonly string[];
  read(topic: string, after: FeedPosition): Promise<FeedPage>;
}

const PAGE = 5000;
const START: FeedPosition = { changed: '0', id: '' };

/** Where a feed ends now, for who wants to know of what comes: a read there has no records, but a `next`. */
export const NOW: FeedPosition = { changed: 'now', id: '' };

/** The feeds of a subgraph, read from its database. */
export function feedSource(db: Database, feeds: Feed[]): FeedSource {
  return {
    topics: feeds.map(({ topic }) => topic),
    async read(topic, after) {
      if (after.changed === NOW.changed) {
        const [{ changed } = START] = await db.rows<{ changed: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as changed from ${raw(`feed_${topic}`)} limit 1`);
        return { records: [], next: { changed, id: '' }, held: false };
      }
      // Transactions end in another order than they begin: what is younger than the oldest open one waits for it.
      const rows = await db.rows<FeedPosition & { record: object }>(sql`
        select id, changed::text as changed, record from ${raw(`feed_${topic}`)}
        where (changed, id) > (${after.changed}::text::xid8, ${after.id}::text)
          and changed < pg_snapshot_xmin(pg_current_snapshot())
        order by changed, id limit ${PAGE}`);
      const last = rows[rows.length - 1];
      if (last) return { records: rows.map((row) => row.record), next: { changed: last.changed, id: last.id }, held: false };
      const [held] = await db.rows(sql`
        select 1 from ${raw(`feed_${topic}`)} where (changed, id) > (${after.changed}::text::xid8, ${after.id}::text) limit 1`);
      return { records: [], next: after, held: held !== undefined };
    },
  };
}

/** Who has not looked into an outbox for a week must look at the data themselves. */
export const forgetOutbox: Chore = {
  name: 'the forgetting of what was told long ago',
  everySeconds: 3600,
  run: (db, now) => db.rows(sql`delete from outbox where at < ${now}::timestamptz - interval '7 days'`),
};

/** An owner whose feed cannot be read, or not whole, for now; the message says which, and what to do. */
export class FeedUnavailable extends Explained {}

/**
 * Brings the copy that a follower keeps up to date.
 * @returns whether changes are held back by an older transaction: they come later
 */
export async function catchUp(db: Database, follower: Follower, source: FeedSource): Promise<boolean> {
  const { owner, topic } = follower;
  for (;;) {
    const [position = START] = await db.rows<FeedPosition>(sql`
      select changed::text as changed, id from feed_position where owner = ${owner} and topic = ${topic}`);
    const { records, next, held } = await source.read(topic, position);
    if (records.length === 0) return held;
    await db.dataSource.transaction(async (transaction) => {
      await transaction.query(follower.apply, [JSON.stringify(records)]);
      // Answers made from the older copies are old from here on, whenever the owner told of the change.
      await transactionOf(transaction, THE_HUB, new Date()).tell({ event: 'copies refreshed', subject: topic, id: next.id, data: { owner, records: records.length } });
      await transaction.query(
        `insert into feed_position (owner, topic, changed, id) values ($1, $2, $3::text::xid8, $4)
         on conflict (owner, topic) do update set changed = excluded.changed, id = excluded.id`,
        [owner, topic, next.changed, next.id],
      );
    });
  }
}
