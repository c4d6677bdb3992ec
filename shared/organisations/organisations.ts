import sql from 'sql-template-tag';
import type { Follower } from '../feed/feed';
import { one } from '../graphql/context';

// The copy of organisations, against which what partners write is checked: table `organisation` of a subgraph's schema.

export const followOrganisations: Follower = {
  owner: 'territories',
  topic: 'organisation',
  apply: `
    insert into organisation (id, kind, names, territory_id)
    select id, kind, names, territory from jsonb_to_recordset($1::jsonb) as r(id text, kind text, names jsonb, territory text)
    on conflict (id) do update set kind = excluded.kind, names = excluded.names, territory_id = excluded.territory_id`,
};

export const organisationById = one<{ id: string }>((ids, { db }) => db.rows(sql`select id from organisation where id = any(${ids}::text[])`), ({ id }) => id);
