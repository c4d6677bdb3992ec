import sql, { type Sql } from 'sql-template-tag';

/** What a Startup is read from; the table is `s`. */
export const startupColumns: Sql = sql`
  s.id, s.name, s.aliases, s.status, s.founded_on as "foundedOn", s.territory_id as "territoryId", s.host_place_id as "hostPlaceId", s.website,
  s.pitches, s.technologies, s.networks, s.headcount, s.technology_readiness_level as "technologyReadinessLevel", s.stage,
  s.merged_into as "mergedIntoId", s.provenance, s.version, s.updated_at as "updatedAt"`;
