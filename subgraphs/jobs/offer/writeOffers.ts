import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { Database } from '../../../shared/database/database';
import { JobOfferEntity } from './offer.entity';

const BATCH = 2500;
/** From so many offers on, it is faster to build the indexes at the end. */
const BULK = 20_000;
/** Batches on their way at once: one is written while the next is made. */
const AT_ONCE = 2;

/** Writes many new offers, in batches of a statement each. The caller has computed their yearly gross pay. */
export async function writeOffers(db: Database, offers: Iterable<JobOfferEntity>): Promise<void> {
  const { columns } = db.dataSource.getMetadata(JobOfferEntity);
  const statement = insertion(columns);
  let written = 0;
  let bulk = false;
  const under = new Set<Promise<unknown>>();
  try {
    for (const batch of batchesOf(offers)) {
      if (!bulk && written >= BULK) {
        bulk = true;
        await Promise.all(under);
        await db.dataSource.query('call drop_offer_indexes()');
      }
      const values = columns.map((column) => batch.map((offer) => sent(offer[column.propertyName as keyof JobOfferEntity], column)));
      const writing: Promise<unknown> = db.dataSource.query(statement, values).finally(() => under.delete(writing));
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

/** An array a column: PostgreSQL reads them several times faster than the same rows as JSON. */
function insertion(columns: readonly ColumnMetadata[]): string {
  const names = columns.map(({ databaseName }) => databaseName);
  const arrays = columns.map((column, at) => `$${at + 1}::${isComposite(column) ? 'text' : String(column.type)}[]`);
  const values = columns.map((column) => (isComposite(column) ? `r.${column.databaseName}::${String(column.type)}${column.isArray ? '[]' : ''}` : `r.${column.databaseName}`));
  // By place: two batches at once make new spots in the same order, and none waits for the other in a circle.
  return `insert into job_offer (${names.join(', ')}) select ${values.join(', ')} from unnest(${arrays.join(', ')}) as r(${names.join(', ')}) order by territory_id, lat, lon`;
}

const isComposite = ({ isArray, type }: ColumnMetadata): boolean => isArray || type === 'jsonb';

/** A value as an element of its column's array. */
function sent(value: JobOfferEntity[keyof JobOfferEntity], column: ColumnMetadata): string | number | boolean | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (column.isArray) return `{${(value as string[]).map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

function* batchesOf<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    if (batch.push(item) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}
