import sql from 'sql-template-tag';
import type { Listing, Page } from '../../../shared/graphql/connection';
import { many, one } from '../../../shared/graphql/context';
import type { DuplicateCandidate, DuplicateStatus } from './duplicate.type';

const columns = sql`d.id, d.startup_id as "startupId", d.other_id as "otherId", d.score, d.reasons, d.status`;

export const duplicateById = one<DuplicateCandidate>(
  (ids, { db }) => db.rows(sql`select ${columns} from duplicate_candidate d where d.id = any(${ids}::text[])`),
  ({ id }) => id,
);

/** Pairs of a startup that were not rejected, the surest first. */
export const duplicatesOf = many<DuplicateCandidate & { of: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select d.startup_id as of, ${columns} from duplicate_candidate d where d.startup_id = any(${ids}::text[]) and d.status <> 'REJECTED'
      union all
      select d.other_id as of, ${columns} from duplicate_candidate d where d.other_id = any(${ids}::text[]) and d.status <> 'REJECTED'
      order by score desc, id`),
  ({ of }) => of,
);

export interface DuplicateSearch extends Page {
  status: DuplicateStatus;
  minScore: number;
}

export const duplicatesListing = ({ status, minScore }: DuplicateSearch): Listing => ({
  columns,
  from: sql`duplicate_candidate d`,
  where: [sql`d.status = ${status}`, sql`d.score >= ${minScore}`],
  order: { name: 'score', value: sql`d.score`, type: 'float8', descending: true },
  id: sql`d.id`,
});
