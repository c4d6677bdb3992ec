import sql, { join, type Sql } from 'sql-template-tag';
import type { Listing, Page } from '../../../shared/graphql/connection';
import { many, one, type Context } from '../../../shared/graphql/context';
import { aboutOf } from '../../../shared/rights/caller';
import { auditRead } from '../../../shared/audit/audit';
import { historyOf } from '../history/history';
import { operatedBy } from '../programme/operator';
import type { Application, ApplicationFilter, Person } from './application.type';
import { applicationLife, type ApplicationState } from './life';

/** By what a caller may have to do with an application: plain data. */
export interface Viewer {
  startups: string[];
  relays: string[];
  organisations: string[];
  at: string;
}

export const viewerOf = ({ caller, now }: Pick<Context, 'caller' | 'now'>): Viewer => ({
  startups: aboutOf(caller, 'STARTUP'),
  relays: aboutOf(caller, 'RELAY'),
  organisations: aboutOf(caller, 'PARTNER'),
  at: now.toISOString(),
});

/** SQL conditions on an application `a`: whether the caller is its startup (under whichever of its ids), its relay, or runs its programme. */
export const standing = ({ startups, relays, organisations, at }: Viewer) => ({
  startup: sql`a.startup_id = any((select same_startups(${startups}::text[]))::text[])`,
  relay: sql`a.relay_id = any(${relays}::text[])`,
  partner: sql`a.edition_id in (select id from edition where programme_id in ${operatedBy(organisations, at)})`,
});

/** SQL condition on an application `a`: the caller may know of it. */
export function visibleTo(viewer: Viewer): Sql {
  const { startup, relay, partner } = standing(viewer);
  return sql`(${startup} or ${relay} or (a.state <> 'DRAFT' and ${partner}))`;
}

function columnsFor(viewer: Viewer): Sql {
  const { startup, relay, partner } = standing(viewer);
  return sql`
    a.id, a.edition_id as "editionId", a.startup_id as "startupId", a.relay_id as "relayId", a.state, a.submitted_at as "submittedAt", a.version,
    case when ${relay} or ${partner} then a.score end as "juryScore", (${startup} or ${relay}) as "showsApplicant"`;
}

export const applicationById = one<Application>(
  (ids, context) => {
    const viewer = viewerOf(context);
    return context.db.rows(sql`select ${columnsFor(viewer)} from application a where a.id = any(${ids}::text[]) and ${visibleTo(viewer)}`);
  },
  ({ id }) => id,
);

/** Those of a startup, under whichever of its ids it applied. */
export const applicationsOf = many<Application & { asked: string }>(
  (ids, context) => {
    const viewer = viewerOf(context);
    return context.db.rows(sql`
      select asked.id as asked, ${columnsFor(viewer)}
      from unnest(${ids}::text[]) as asked(id)
      join application a on a.startup_id = any((select same_startups(array[asked.id]))::text[])
      where ${visibleTo(viewer)}
      order by a.created_at desc, a.id desc`);
  },
  ({ asked }) => asked,
);

export interface ApplicationSearch extends Page {
  filter?: ApplicationFilter | null | undefined;
  viewer: Viewer;
}

export function applicationsListing({ filter, viewer }: ApplicationSearch): Listing {
  const where = [visibleTo(viewer)];
  if (filter?.edition != null) where.push(sql`a.edition_id = ${filter.edition}`);
  if (filter?.relay != null) where.push(sql`a.relay_id = ${filter.relay}`);
  if (filter?.states) where.push(sql`a.state = any(${filter.states}::text[])`);
  const order = { name: 'created', value: sql`a.created_at`, type: 'timestamptz', descending: true } as const;
  return { columns: columnsFor(viewer), from: sql`application a`, id: sql`a.id`, where, order };
}

export const applicationHistory = historyOf<ApplicationState>(applicationLife.subject);

/** SQL: columns of a table of persons. */
export const personColumns = join([sql`p.name`, sql`p.email`, sql`p.basis`, sql`p.purpose`, sql`p.erase_after as "eraseAfter"`]);

/** Who applies; to be asked for applications that show it. */
export const applicantOf = one<Person & { applicationId: string }>(
  async (ids, context) => {
    const rows = await context.db.rows<Person & { applicationId: string }>(sql`
      select p.application_id as "applicationId", ${personColumns} from applicant p
      where p.application_id = any(${ids}::text[]) and p.erase_after >= ${context.now}::timestamptz::date`);
    await auditRead(context, 'applicants', rows.map(({ applicationId }) => applicationId));
    return rows;
  },
  ({ applicationId }) => applicationId,
);
