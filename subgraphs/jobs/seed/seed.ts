import sql from 'sql-template-tag';
import type { Area } from '../../../shared/areas/areas';
import type { Database } from '../../../shared/database/database';
import type { Text } from '../../../shared/graphql/text';
import type { SeedOptions } from '../../../shared/subgraph';
import { demoOffers, type DemoWorld } from '../demo/generate';
import { placesOf } from '../demo/places';
import { OccupationEntity, OccupationMappingEntity } from '../occupation/occupation.entity';
import { writeOffers } from '../offer/writeOffers';
import { occupations } from './occupations';

export async function seed(db: Database, { demoOffers: size, today }: SeedOptions): Promise<void> {
  const derived = occupations();
  await db.insert(OccupationEntity, derived.occupations);
  await db.insert(OccupationMappingEntity, derived.mappings);
  if (size === 0) return;
  const world = await demoWorld(db, today);
  // Offers stand at real municipalities: without the areas of *territories* there is nowhere to put them.
  if (world.places.length > 0) await writeOffers(db, demoOffers(size, world));
}

/** What the demonstration refers to, from the copies: a startup is one of its own by its name, an employer by its id. */
async function demoWorld(db: Database, today: Date): Promise<DemoWorld> {
  const areas = await db.rows<Area>(sql`select id, kind, names, country, lat, lon, areas from area where kind = 'MUNICIPALITY'`);
  const startups = await db.rows<{ id: string; name: string }>(sql`
    select id, name from startup where name ~ '^(Démo|Demo) .*[(](fictif|fiktiv)[)]$' and merged_into is null and coalesce(status, 'ACTIVE') = 'ACTIVE' order by id`);
  const organisations = await db.rows<{ id: string; names: Text }>(sql`select id, names from organisation where id like 'demo-employer-%' order by id`);
  return { places: placesOf(areas), startups, organisations: organisations.map(({ id, names }) => ({ id, name: names[0]?.value ?? id })), today };
}
