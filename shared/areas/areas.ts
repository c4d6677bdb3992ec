import sql, { type Sql } from 'sql-template-tag';
import type { Follower } from '../feed/feed';
import { one, requireEach } from '../graphql/context';
import type { Text } from '../graphql/text';

// The copy of the tree of territories by which other subgraphs filter: table `area` of their schema, made by their migration.

/** An area as its copy has it. */
export interface Area {
  id: string;
  kind: string;
  names: Text;
  /** ISO 3166-1 alpha-2, null for an area that spans several countries. */
  country: string | null;
  lat: number | null;
  lon: number | null;
  /** Ids of itself and of every area that contains it. */
  areas: string[];
}

export const followAreas: Follower = {
  owner: 'territories',
  topic: 'territory',
  apply: `
    insert into area (id, kind, names, country, lat, lon, areas)
    select * from jsonb_to_recordset($1::jsonb) as r(id text, kind text, names jsonb, country text, lat float8, lon float8, areas text[])
    on conflict (id) do update set
      kind = excluded.kind, names = excluded.names, country = excluded.country, lat = excluded.lat, lon = excluded.lon, areas = excluded.areas`,
};

export const areaById = one<Area>(
  (ids, { db }) => db.rows(sql`select id, kind, names, country, lat, lon, areas from area where id = any(${ids}::text[])`),
  ({ id }) => id,
);

export const requireAreas = requireEach(areaById, 'the id of a territory, such as "sillon-lorrain"');

/**
 * SQL condition: a territory is one of the areas or lies inside one.
 * @param territory SQL of the territory's id
 * @param areas SQL of a text array of ids
 */
export const inside = (territory: Sql, areas: Sql): Sql => sql`${territory} in (select id from area where areas && ${areas})`;
