import sql from 'sql-template-tag';
import { inside } from '../../../shared/areas/areas';
import type { Listing, Page } from '../../../shared/graphql/connection';
import { many, one } from '../../../shared/graphql/context';
import type { Lang } from '../../../shared/graphql/text';
import { aboutOf } from '../../../shared/rights/caller';
import { auditRead } from '../../../shared/audit/audit';
import { personColumns, standing, viewerOf } from '../application/application.loader';
import type { Person } from '../application/application.type';
import type { Expert } from './expert.type';

const columns = sql`x.id, x.organisation_id as "organisationId", x.territory_id as "territoryId", x.langs, x.topics`;

export const expertById = one<Expert>((ids, { db }) => db.rows(sql`select ${columns} from expert x where x.id = any(${ids}::text[])`), ({ id }) => id);

/** Those called to an application. */
export const expertsOf = many<Expert & { applicationId: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select c.application_id as "applicationId", ${columns}
      from application_expert c join expert x on x.id = c.expert_id
      where c.application_id = any(${ids}::text[]) order by c.called_at, x.id`),
  ({ applicationId }) => applicationId,
);

export interface ExpertSearch extends Page {
  topics?: string[] | null | undefined;
  langs?: Lang[] | null | undefined;
  within?: string | null | undefined;
}

export function expertsListing({ topics, langs, within }: ExpertSearch): Listing {
  const where = [];
  if (topics) where.push(sql`x.topics && ${topics.map(topicOf)}::text[]`);
  if (langs) where.push(sql`x.langs && ${langs}::text[]`);
  if (within != null) where.push(inside(sql`x.territory_id`, sql`array[${within}::text]`));
  return { columns, from: sql`expert x`, id: sql`x.id`, where, order: { name: 'recorded', value: sql`x.created_at`, type: 'timestamptz' } };
}

/** A topic as it is kept and compared. */
export const topicOf = (words: string): string => words.trim().toLowerCase();

/** Who experts are: for relays, and for a startup whose application they were called to. */
export const personOf = one<Person & { expertId: string }>(
  async (ids, context) => {
    const rows = await context.db.rows<Person & { expertId: string }>(sql`
      select p.expert_id as "expertId", ${personColumns} from expert_person p
      where p.expert_id = any(${ids}::text[]) and p.erase_after >= ${context.now}::timestamptz::date
        and (${aboutOf(context.caller, 'RELAY').length > 0}
          or p.expert_id in (select c.expert_id from application_expert c join application a on a.id = c.application_id where ${standing(viewerOf(context)).startup}))`);
    await auditRead(context, 'experts', rows.map(({ expertId }) => expertId));
    return rows;
  },
  ({ expertId }) => expertId,
);
