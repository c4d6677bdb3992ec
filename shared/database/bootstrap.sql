-- What every subgraph's schema builds on. Idempotent: each subgraph runs it at its start, on its own database or a common one.
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists cube with schema public;

-- Lower case without accents. unaccent() is only STABLE since its dictionary could change; naming the dictionary lets
-- the result be indexed.
create or replace function public.fold(text) returns text
  language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;

-- All wordings of a text ([{lang, value}]) and other names, folded: what a search by words looks through.
create or replace function public.words_of(names jsonb, aliases text[]) returns text
  language sql immutable parallel safe
  as $$ select public.fold(concat_ws(' / ', (select string_agg(distinct name ->> 'value', ' / ') from jsonb_array_elements(names) name), nullif(array_to_string(aliases, ' / '), ''))) $$;

-- A place on the globe as a point in three dimensions, in kilometres: straight distances order as distances on the
-- ground do, and a GiST index answers both "within" and "nearest first". 6371 km is the mean radius of the IUGG.
create or replace function public.globe(lat float8, lon float8) returns public.cube
  language sql immutable parallel safe
  as $$ select case when lat is not null and lon is not null then
    public.cube(array[6371 * cos(radians(lat)) * cos(radians(lon)), 6371 * cos(radians(lat)) * sin(radians(lon)), 6371 * sin(radians(lat))]) end $$;

-- Kilometres on the ground for a straight distance through the globe, and back.
create or replace function public.ground_km(chord float8) returns float8
  language sql immutable parallel safe
  as $$ select case when chord is not null then 2 * 6371 * asin(least(1, chord / (2 * 6371))) end $$;
create or replace function public.chord_km(ground float8) returns float8
  language sql immutable parallel safe
  as $$ select case when ground is not null then 2 * 6371 * sin(least(pi() / 2, ground / (2 * 6371))) end $$;

-- How many degrees a circle around a latitude reaches to the west and the east at another one, its radius in degrees too: the
-- haversine formula, solved for the longitude. Not strict, or PostgreSQL would call it and not inline it.
create or replace function public.half_width(lat float8, reach float8, there float8) returns float8
  language sql immutable parallel safe
  as $$ select degrees(2 * asin(least(1, sqrt(greatest(0, (sin(radians(reach) / 2) ^ 2 - sin(radians(there - lat) / 2) ^ 2) / (cos(radians(lat)) * cos(radians(there)))))))) $$;

do $$
declare
  language text;
  stemmer text;
begin
  foreach language in array array['french', 'german', 'english'] loop
    stemmer := language || '_stem';
    if not exists (select from pg_ts_config where cfgname = 'hub_' || language and cfgnamespace = 'public'::regnamespace) then
      execute format('create text search configuration public.hub_%s (copy = pg_catalog.%s)', language, language);
      execute format('alter text search configuration public.hub_%s alter mapping for hword, hword_part, word with public.unaccent, pg_catalog.%s', language, stemmer);
    end if;
  end loop;
  -- Luxembourgish has no stemmer in PostgreSQL: words as they stand, without accents.
  if not exists (select from pg_ts_config where cfgname = 'hub_simple' and cfgnamespace = 'public'::regnamespace) then
    create text search configuration public.hub_simple (copy = pg_catalog.simple);
    alter text search configuration public.hub_simple alter mapping for hword, hword_part, word with public.unaccent, pg_catalog.simple;
  end if;
end $$;
