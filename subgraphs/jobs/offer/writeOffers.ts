import { once } from 'node:events';
import { Query, type Connection, type Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { Database } from '../../../shared/database/database';
import { JobOfferEntity } from './offer.entity';

const BATCH = 1000;
/** Batches on their way at once: making words searchable is most of the work, and each connection has a processor for it. */
const AT_ONCE = 4;

/** Writes the first offers, by COPY in batches; their indexes and their tally are made at the end. The caller has computed their yearly gross pay. */
export async function writeOffers(db: Database, offers: Iterable<JobOfferEntity>): Promise<void> {
  const { columns } = db.dataSource.getMetadata(JobOfferEntity);
  const pool = (db.dataSource.driver as PostgresDriver).master as Pool;
  const statement = `copy job_offer (${columns.map(({ databaseName }) => databaseName).join(', ')}) from stdin`;
  await db.dataSource.query('call drop_offer_indexes()');
  const under = new Set<Promise<void>>();
  try {
    for (const batch of batchesOf(offers, columns)) {
      const writing = copy(pool, statement, batch.join('')).finally(() => under.delete(writing));
      under.add(writing);
      if (under.size >= AT_ONCE) await Promise.race(under);
    }
    await Promise.all(under);
  } finally {
    await Promise.allSettled(under);
  }
  await db.dataSource.query('call index_offers()');
  // Counts read indexes alone only where the visibility of rows is known.
  for (const table of ['job_offer', 'offer_tally', 'spot']) await db.dataSource.query(`vacuum (analyze) ${table}`);
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

/** Offers as lines of COPY. A batch is ordered by place: two at once make new spots in the same order, and none waits for the other in a circle. */
function* batchesOf(offers: Iterable<JobOfferEntity>, columns: readonly ColumnMetadata[]): Generator<string[]> {
  let batch: { place: string; line: string }[] = [];
  const ordered = () => batch.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)).map(({ line }) => line);
  for (const offer of offers) {
    batch.push({ place: `${offer.territoryId} ${offer.lat} ${offer.lon}`, line: lineOf(offer, columns) });
    if (batch.length < BATCH) continue;
    yield ordered();
    batch = [];
  }
  if (batch.length) yield ordered();
}
