import sql from 'sql-template-tag';
import type { Batch } from '../../../shared/graphql/context';

/**
 * Text of the tsquery for a search: every word of it, in one of the languages. A word counts as found by itself, by a
 * longer one that it is a part of ("Entwickler" in "Softwareentwickler"), and, where no title or skill has it, by the
 * words most like it. Only words of titles and skills are known: offers are then found by one index, without a
 * comparison of each title. Empty, which finds nothing, for a search without a letter or digit.
 */
export const searchQuery: Batch<string, string> = async (searches, { db }) => {
  const rows = await db.rows<{ search: string; query: string }>(sql`
    with given as (
      select s.search, w.position, w.word
      from unnest(${searches}::text[]) as s(search)
      cross join lateral regexp_split_to_table(public.fold(s.search), '[^[:alnum:]]+') with ordinality as w(word, position)
      where w.word <> '' and w.position <= 12
    ), meant as (
      select search, position, word from given
      union
      select g.search, g.position, k.word from given g cross join lateral (
        select word from search_word where length(g.word) >= 5 and word like '%' || g.word || '%' order by length(word), word limit 40
      ) k
      union
      select g.search, g.position, k.word from given g cross join lateral (
        select word from search_word
        where length(g.word) >= 4 and word operator(public.%) g.word and public.similarity(word, g.word) >= 0.4
          and not exists (select from search_word known where known.word = g.word)
        order by public.similarity(word, g.word) desc, word limit 2
      ) k
    ), phrase as (
      select search, string_agg(any_of, ' & ' order by position) as words
      from (select search, position, '(' || string_agg(quote_literal(word), ' | ' order by word) || ')' as any_of from meant group by search, position) w
      group by search
    )
    select search, (to_tsquery('public.hub_french', words) || to_tsquery('public.hub_german', words)
      || to_tsquery('public.hub_english', words) || to_tsquery('public.hub_simple', words))::text as query
    from phrase`);
  const queries = new Map(rows.map(({ search, query }) => [search, query]));
  return searches.map((search) => queries.get(search) ?? '');
};
