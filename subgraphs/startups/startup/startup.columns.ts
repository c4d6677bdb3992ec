import sql from 'sql-template-tag';
import { Columns } from '../../../shared/graphql/lookAhead';
import { Startup } from './startup.type';

/** What a Startup is read from; the table is `s`. */
export const startupColumns = new Columns(Startup, {
  id: sql`s.id`,
  name: sql`s.name`,
  aliases: sql`s.aliases`,
  status: sql`s.status`,
  foundedOn: sql`s.founded_on`,
  territoryId: sql`s.territory_id`,
  hostPlaceId: sql`s.host_place_id`,
  website: sql`s.website`,
  pitches: sql`s.pitches`,
  technologies: sql`s.technologies`,
  networks: sql`s.networks`,
  headcount: sql`s.headcount`,
  technologyReadinessLevel: sql`s.technology_readiness_level`,
  stage: sql`s.stage`,
  mergedIntoId: sql`s.merged_into`,
  provenance: sql`s.provenance`,
  version: sql`s.version`,
  updatedAt: sql`s.updated_at`,
});
