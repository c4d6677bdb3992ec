import sql, { type Sql } from 'sql-template-tag';
import { many, one, requireEach } from '../../../shared/graphql/context';
import type { Listing, Page } from '../../../shared/graphql/connection';
import { Columns, type Asked } from '../../../shared/graphql/lookAhead';
import { RoleKind } from './programme.entity';
import { Programme, type ProgrammeFilter, type Role } from './programme.type';

/** Columns of a programme `p`. */
export const programmeColumns = new Columns(Programme, {
  id: sql`p.id`,
  kind: sql`p.kind`,
  names: sql`p.names`,
  aliases: sql`p.aliases`,
  descriptions: sql`p.descriptions`,
  url: sql`p.url`,
  territoryIds: sql`p.territories`,
  provenance: sql`p.provenance`,
});
const wholeProgrammes = programmeColumns.select(programmeColumns.all);

export const programmeById = one<Programme>(
  (ids, { db }) => db.rows(sql`select ${wholeProgrammes} from programme p where p.id = any(${ids}::text[])`),
  ({ id }) => id,
);

export const requireProgramme = requireEach(programmeById, 'the id of a programme, such as "123go"');

/** SQL: a programme is offered in a territory where one of its areas contains the territory or lies inside it. */
const offeredIn = (territory: Sql): Sql => sql`exists (
  select from area a join area o on o.id = any(p.territories)
  where a.id = ${territory} and (o.id = any(a.areas) or a.id = any(o.areas)))`;

/** SQL: a programme has an edition that is open at noon, UTC, of a day. */
const openOn = (day: string): Sql =>
  sql`exists (select from edition e where e.programme_id = p.id and edition_state(e, ${day}::date + interval '12 hours') = 'OPEN')`;

export interface ProgrammeSearch extends Page {
  filter?: ProgrammeFilter | null | undefined;
  columns: Asked<Programme>;
}

export function programmesListing({ filter, columns }: ProgrammeSearch): Listing {
  const where: Sql[] = [];
  if (filter?.kinds) where.push(sql`p.kind = any(${filter.kinds}::text[])`);
  if (filter?.within != null) where.push(offeredIn(sql`${filter.within}`));
  if (filter?.openOn != null) where.push(openOn(filter.openOn));
  const listing = { columns: programmeColumns.select(columns), from: sql`programme p`, id: sql`p.id` };
  if (!filter?.search?.trim()) return { ...listing, where, order: { name: 'name', value: sql`p.sort_name`, type: 'text' } };
  const words = sql`public.fold(${filter.search.trim()})`;
  return {
    ...listing,
    where: [...where, sql`p.words operator(public.%>) ${words}`],
    order: { name: 'match', value: sql`public.word_similarity(${words}, p.words)`, type: 'real', descending: true },
  };
}

export const programmesIn = ({ day, columns }: { day?: string | undefined; columns: Asked<Programme> }) =>
  many<Programme & { territory: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select asked.id as territory, ${programmeColumns.select(columns)}
        from unnest(${ids}::text[]) as asked(id)
        join programme p on ${offeredIn(sql`asked.id`)}
        where ${day ? openOn(day) : sql`true`}
        order by p.sort_name, p.id`),
    ({ territory }) => territory,
  );

export const programmesOperatedBy = many<Programme & { organisation: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select distinct on (r.organisation_id, p.sort_name, p.id) r.organisation_id as organisation, ${wholeProgrammes}
      from role r join programme p on p.id = r.programme_id
      where r.kind = 'OPERATOR' and r.organisation_id = any(${ids}::text[])
      order by r.organisation_id, p.sort_name, p.id`),
  ({ organisation }) => organisation,
);

const rolesOf = (kind: RoleKind) =>
  many<Role & { programmeId: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select programme_id as "programmeId", organisation_id as "organisationId", valid_from as "validFrom", valid_to as "validTo", provenance
        from role where kind = ${kind} and programme_id = any(${ids}::text[])
        order by valid_from nulls first, valid_to nulls last, id`),
    ({ programmeId }) => programmeId,
  );

export const operatorsOf = rolesOf(RoleKind.OPERATOR);
export const referencePartnersOf = rolesOf(RoleKind.REFERENCE_PARTNER);
