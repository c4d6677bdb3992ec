import { once } from 'node:events';
import { Query, type Connection, type Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { Database } from '../../../shared/database/database';
import { JobOfferEntity } from './offer.entity';

const BATCH = 5000;
/** From so many offers on, it is faster to build the indexes at the end. */
const BULK = 20_000;
/** Batches on their way at once: one is written while the next is made. */
const AT_ONCE = 2;

/** Writes many new offers, by COPY in batches. The caller has computed their yearly gross pay. */
export async function writeOffers(db: Database, offers: Iterable<JobOfferEntity>): Promise<void> {
  const { columns } = db.dataSource.getMetadata(JobOfferEntity);
  const pool = (db.dataSource.driver as PostgresDriver).master as Pool;
  const statement = `copy job_offer (${columns.map(({ databaseName }) => databaseName).join(', ')}) from stdin`;
  let written = 0;
  let bulk = false;
  const under = new Set<Promise<void>>();
  try {
    for (const batch of batchesOf(offers)) {
      if (!bulk && written >= BULK) {
        bulk = true;
        await Promise.all(under);
        await db.dataSource.query('call drop_offer_indexes()');
      }
      // By place: two batches at once make new spots in the same order, and none waits for the other in a circle.
      batch.sort((a, b) => (a.territoryId < b.territoryId ? -1 : a.territoryId > b.territoryId ? 1 : (a.lat ?? 0) - (b.lat ?? 0) || (a.lon ?? 0) - (b.lon ?? 0)));
      const writing = copy(pool, statement, batch.map((offer) => lineOf(offer, columns)).join('')).finally(() => under.delete(writing));
      under.add(writing);
      written += batch.length;
      if (under.size >= AT_ONCE) await Promise.race(under);
    }
    await Promise.all(under);
  } finally {
    await Promise.allSettled(under);
  }
  if (bulk) await db.dataSource.query('call index_offers()');
  // Counts read indexes alone only where the visibility of rows is known.
  await db.dataSource.query('vacuum (analyze) job_offer');
  await db.dataSource.query('vacuum (analyze) spot');
}

/** A query that answers PostgreSQL's call for data; several times faster than the same rows as parameters. */
class Copy extends Query {
  constructor(
    statement: string,
    private readonly data: string,
  ) {
    super(statement);
  }

  handleCopyInResponse(connection: Connection & { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }): void {
    connection.sendCopyFromChunk(Buffer.from(this.data));
    connection.endCopyFrom();
  }
}

async function copy(pool: Pool, statement: string, data: string): Promise<void> {
  const client = await pool.connect();
  try {
    await once(client.query(new Copy(statement, data)), 'end');
  } finally {
    client.release();
  }
}

function lineOf(offer: JobOfferEntity, columns: readonly ColumnMetadata[]): string {
  let line = '';
  for (const { propertyName, isArray } of columns) {
    const value = offer[propertyName as keyof JobOfferEntity];
    if (line) line += '\t';
    if (value === null) line += '\\N';
    else if (typeof value === 'string') line += escaped(value);
    else if (value instanceof Date) line += value.toISOString();
    else if (isArray) line += escaped(`{${(value as string[]).map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
    else line += typeof value === 'object' ? escaped(JSON.stringify(value)) : String(value);
  }
  return `${line}\n`;
}

const controls: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = (text: string): string => (/[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (control) => controls[control]!) : text);

function* batchesOf<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    if (batch.push(item) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}
