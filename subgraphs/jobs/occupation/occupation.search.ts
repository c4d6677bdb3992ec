import sql, { type Sql } from 'sql-template-tag';
import type { Listing, Page } from '../../../shared/graphql/connection';
import { occupationColumns } from './occupation.loader';
import type { OccupationScheme } from './occupation.type';

export interface OccupationSearch extends Page {
  search?: string | null | undefined;
  scheme?: OccupationScheme | null | undefined;
}

/** Occupations by scheme and code, or best match first when words are searched. */
export function occupationsListing({ search, scheme }: OccupationSearch): Listing {
  const where: Sql[] = scheme ? [sql`c.scheme = ${scheme}`] : [];
  const listing = { columns: occupationColumns, from: sql`occupation c`, id: sql`c.id` };
  const text = search?.trim();
  if (!text) return { ...listing, where, order: { name: 'code', value: sql`(c.scheme || ' ' || c.code)`, type: 'text' } };
  const code = sql`(c.code = upper(${text}::text))`;
  const words = sql`public.fold(${text}::text)`;
  const query = sql`(select plainto_tsquery('public.hub_french', ${text}::text) || plainto_tsquery('public.hub_german', ${text}::text) || plainto_tsquery('public.hub_english', ${text}::text))`;
  return {
    ...listing,
    where: [...where, sql`(c.words @@ ${query} or c.folded operator(public.%>) ${words} or ${code})`],
    // A code before any word; words that match in their inflections come before those that only look alike; then, how well the best of its labels does.
    order: {
      name: 'match',
      value: sql`(${code}::int * 2 + (c.words @@ ${query})::int + (select max(public.similarity(label, ${words})) from string_to_table(c.folded, ' / ') label))::real`,
      type: 'real',
      descending: true,
    },
  };
}
