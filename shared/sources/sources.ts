import sql from 'sql-template-tag';
import type { Follower } from '../feed/feed';
import { one } from '../graphql/context';

// The copy of the ids of sources, against which new provenance is checked: table `source` of a subgraph's schema.

export const followSources: Follower = {
  owner: 'territories',
  topic: 'source',
  apply: 'insert into source (id) select id from jsonb_to_recordset($1::jsonb) as r(id text) on conflict (id) do nothing',
};

export const sourceById = one<{ id: string }>((ids, { db }) => db.rows(sql`select id from source where id = any(${ids}::text[])`), ({ id }) => id);
