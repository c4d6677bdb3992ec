import { existsSync, readFileSync } from 'node:fs';
import type { Database } from '../../../shared/database/database';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { subgraphFile, type SeedOptions } from '../../../shared/subgraph';
import { ActivityClassEntity } from '../activity/activity.entity';
import { writeDemonstration } from '../demo/write';
import { proposeDuplicates } from '../duplicate/propose';
import { readRegisterNumber } from '../identity/readRegisterNumber';
import { isNumber } from '../identity/registerNumber';
import { RegisterIdEntity } from '../identity/registerId.entity';
import { RegisterScheme } from '../identity/registerScheme';
import { StartupEntity } from '../startup/startup.entity';
import { activityClasses } from './classes';

export async function seed(db: Database, { demoOffers, today }: SeedOptions): Promise<void> {
  await db.insert(ActivityClassEntity, activityClasses());
  await seedLaureates(db);
  if (demoOffers > 0) await writeDemonstration(db, Math.ceil(demoOffers / 5), today);
  // The rule joins the table with itself: it must know how large it is.
  await db.dataSource.query('analyze area, startup, register_id');
  await db.dataSource.transaction((manager) => proposeDuplicates(manager));
}

/** A laureate of the competition i-Lab with its seat in the region, as `ilab.json` has it. */
interface Laureate {
  id: string;
  name: string;
  siren: string | null;
  siret: string | null;
  website: string | null;
  territoryId: string | null;
  technologies: string[];
  foundedOn: string | null;
  provenance: ProvenanceRecord[];
}

/** Of these companies the source tells that they won; whether they still exist, and how far they are, it does not. */
async function seedLaureates(db: Database): Promise<void> {
  const file = subgraphFile('startups', 'seed', 'ilab.json');
  const laureates = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Laureate[]) : [];
  if (laureates.length === 0) return;
  await db.insert(
    StartupEntity,
    laureates.map(({ id, name, website, territoryId, technologies, foundedOn, provenance }) => ({
      id,
      name,
      aliases: [],
      status: null,
      foundedOn,
      territoryId,
      hostPlaceId: null,
      website,
      pitches: [],
      technologies,
      networks: [],
      headcount: null,
      technologyReadinessLevel: null,
      stage: null,
      mergedIntoId: null,
      provenance,
      version: 1,
    })),
  );
  await db.insert(
    RegisterIdEntity,
    laureates.flatMap(({ id, name, siren, siret }) => [
      ...(siren ? [registered(id, name, RegisterScheme.SIREN, siren)] : []),
      ...(siret ? [registered(id, name, RegisterScheme.SIRET, siret)] : []),
    ]),
  );
}

function registered(startupId: string, name: string, scheme: RegisterScheme, text: string): RegisterIdEntity {
  const read = readRegisterNumber(scheme, text);
  if (!isNumber(read)) throw new Error(`ilab.json: ${scheme} ${text} of ${name}: expected ${read.expected}.`);
  return { scheme, value: read.value, company: read.company, startupId };
}
