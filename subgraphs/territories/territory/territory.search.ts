import sql, { type Sql } from 'sql-template-tag';
import type { Listing, Page } from '../../../shared/graphql/connection';
import type { Asked } from '../../../shared/graphql/lookAhead';
import { territoryColumns } from './territory.loader';
import type { Territory, TerritoryFilter, TerritoryKind } from './territory.type';

export interface TerritorySearch extends Page {
  filter?: TerritoryFilter | null | undefined;
  columns: Asked<Territory>;
}

/** Territories by filter: by name, or best match first when words are searched. */
export function territoriesListing({ filter, columns }: TerritorySearch): Listing {
  const where: Sql[] = [];
  if (filter?.kinds) where.push(sql`t.kind = any(${filter.kinds}::text[])`);
  if (filter?.within != null) where.push(sql`t.areas @> array[${filter.within}::text] and t.id <> ${filter.within}`);
  if (filter?.country != null) where.push(sql`t.country = ${filter.country.toUpperCase()}`);
  const listing = { columns: territoryColumns.select(columns), from: sql`territory t`, id: sql`t.id` };
  if (!filter?.search?.trim()) return { ...listing, where, order: { name: 'name', value: sql`t.sort_name`, type: 'text' } };
  const words = sql`public.fold(${filter.search.trim()})`;
  return {
    ...listing,
    where: [...where, sql`t.words operator(public.%>) ${words}`],
    // How well the best part of its names matches, and how well the whole: "metz" puts Metz before Metzervisse.
    order: { name: 'match', value: sql`(public.word_similarity(${words}, t.words) + public.similarity(${words}, t.sort_name))`, type: 'real', descending: true },
  };
}

export interface ChildrenPage extends Page {
  kind?: TerritoryKind | null | undefined;
  columns: Asked<Territory>;
}

/** Areas directly inside the parent; those of one kind at any depth. */
export function childrenListing({ kind, columns }: ChildrenPage): Listing {
  const inside = kind
    ? [sql`t.areas @> array[parent.key]`, sql`t.id <> parent.key`, sql`t.kind = ${kind}`]
    : [sql`t.id in (select child_id from territory_parent p where p.parent_id = parent.key)`];
  return { columns: territoryColumns.select(columns), from: sql`territory t`, id: sql`t.id`, where: inside, order: { name: 'name', value: sql`t.sort_name`, type: 'text' } };
}
