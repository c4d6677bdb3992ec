import sql from 'sql-template-tag';
import { many, one } from '../../../shared/graphql/context';
import { startupColumns } from './startup.columns';
import type { Startup } from './startup.type';

export const startupById = one<Startup>(
  (ids, { db }) => db.rows(sql`select ${startupColumns} from startup s where s.id = any(${ids}::text[])`),
  ({ id }) => id,
);

/** Startups with their desk at a place, by name. */
export const residentsOf = many<Startup>(
  (places, { db }) =>
    db.rows(sql`
      select ${startupColumns} from startup s
      where s.host_place_id = any(${places}::text[]) and s.merged_into is null order by s.sort_name, s.id`),
  ({ hostPlaceId }) => hostPlaceId!,
);
