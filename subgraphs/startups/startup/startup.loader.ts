import sql from 'sql-template-tag';
import { many, one } from '../../../shared/graphql/context';
import type { Asked } from '../../../shared/graphql/lookAhead';
import { startupColumns } from './startup.columns';
import type { Startup } from './startup.type';

export const startupById = (columns: Asked<Startup>) =>
  one<Startup>(
    (ids, { db }) => db.rows(sql`select ${startupColumns.select(columns)} from startup s where s.id = any(${ids}::text[])`),
    ({ id }) => id,
  );

/** Startups with their desk at a place, by name. */
export const residentsOf = (columns: Asked<Startup>) =>
  many<Startup & { place: string }>(
    (places, { db }) =>
      db.rows(sql`
        select s.host_place_id as place, ${startupColumns.select(columns)} from startup s
        where s.host_place_id = any(${places}::text[]) and s.merged_into is null order by s.sort_name, s.id`),
    ({ place }) => place,
  );
