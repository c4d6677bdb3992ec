import sql, { raw } from 'sql-template-tag';
import type { Database } from '../../../shared/database/database';
import { readRegisterNumber } from '../identity/readRegisterNumber';
import { isNumber } from '../identity/registerNumber';
import { generate, type DemoStartup } from './generate';
import { Towns, type Municipality } from './towns';

const BATCH = 2000;

/** Writes a demonstration of so many startups; thousands a second, since each statement writes thousands of rows. */
export async function writeDemonstration(db: Database, size: number, today: Date): Promise<void> {
  const municipalities = await db.rows<Municipality>(sql`
    select id, country, lat, lon, 'sillon-lorrain' = any(areas) as "inPole" from area
    where kind = 'MUNICIPALITY' and country in ('FR', 'DE', 'LU') and lat is not null order by id`);
  const towns = new Towns(municipalities);
  // What belongs to the startups of a batch is written while the next batch is.
  let parts: Promise<void> = Promise.resolve();
  const write = async (batch: DemoStartup[]) => {
    await Promise.all([parts, writeStartups(db, batch)]);
    parts = writeParts(db, batch);
  };
  let batch: DemoStartup[] = [];
  for (const startup of generate(size, towns, today)) {
    batch.push(startup);
    if (batch.length < BATCH) continue;
    await write(batch);
    batch = [];
  }
  await write(batch);
  await parts;
}

const writeStartups = (db: Database, startups: DemoStartup[]): Promise<void> =>
  insert(db, startups, {
    into: 'startup (id, name, status, founded_on, territory_id, host_place_id, website, pitches, technologies, networks, headcount, technology_readiness_level, stage, merged_into, provenance)',
    from: 'id text, name text, status text, "foundedOn" date, "territoryId" text, "hostPlaceId" text, website text, pitches jsonb, technologies text[], networks text[], headcount int, "technologyReadinessLevel" int, stage text, "mergedIntoId" text, provenance jsonb',
  });

async function writeParts(db: Database, startups: DemoStartup[]): Promise<void> {
  const of = <Part extends object>(parts: (startup: DemoStartup) => Part[]) => startups.flatMap((startup) => parts(startup).map((part) => ({ startup: startup.id, ...part })));
  await insert(db, of(({ registerIds }) => registerIds.map(({ scheme, value }) => ({ scheme, value, company: companyOf(scheme, value) }))), {
    into: 'register_id (startup_id, scheme, value, company)',
    from: 'startup text, scheme text, value text, company text',
  });
  await insert(db, of(({ activities }) => activities.map((activity, position) => ({ position, ...activity }))), {
    into: 'startup_activity (startup_id, position, scheme, code)',
    from: 'startup text, position int, scheme text, code text',
  });
  await insert(db, of(({ turnovers }) => turnovers.map((turnover) => ({ ...turnover, source: turnover.provenance.source }))), {
    into: 'turnover (startup_id, year, source_id, amount, currency, share_abroad, provenance)',
    from: 'startup text, year int, source text, amount float8, currency text, "shareAbroad" float8, provenance jsonb',
  });
  await insert(db, of(({ rounds }) => rounds), {
    into: 'funding_round (id, startup_id, kind, amount, currency, announced_on, provenance)',
    from: 'id text, startup text, kind text, amount float8, currency text, "announcedOn" date, provenance jsonb',
  });
  await insert(db, of(({ history }) => history), {
    into: 'stage_change (startup_id, since, stage, by_id, reason)',
    from: 'startup text, since timestamptz, stage text, by text, reason text',
  });
  await insert(db, startups.filter(({ mergedIntoId }) => mergedIntoId), {
    into: 'duplicate_candidate (id, startup_id, other_id, score, reasons, status)',
    // The record that is left is the older one.
    select: `md5("mergedIntoId" || ' ' || id)::uuid::text, "mergedIntoId", id, 1, array['SAME_REGISTER_NUMBER'], 'CONFIRMED'`,
    from: 'id text, "mergedIntoId" text',
  });
}

/** Inserts the rows of a JSON array. */
async function insert(db: Database, rows: object[], { into, from, select = '*' }: { into: string; from: string; select?: string }): Promise<void> {
  if (rows.length > 0) await db.rows(sql`insert into ${raw(into)} select ${raw(select)} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${raw(from)})`);
}

function companyOf(scheme: DemoStartup['registerIds'][number]['scheme'], value: string): string {
  const read = readRegisterNumber(scheme, value);
  if (!isNumber(read)) throw new Error(`${scheme} ${value}: expected ${read.expected}.`);
  return read.company;
}
