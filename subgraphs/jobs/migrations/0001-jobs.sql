-- The copies of other subgraphs' records by which this one filters.
create table area (
  id text primary key,
  kind text not null,
  names jsonb not null,
  country text,
  lat float8,
  lon float8,
  areas text[] not null
);
create index on area using gin (areas);

create table startup (
  id text primary key,
  name text not null,
  status text,
  stage text,
  territory_id text,
  founded_on date,
  headcount int,
  trl int,
  merged_into text
);
create index on startup (merged_into) where merged_into is not null;

create table organisation (
  id text primary key,
  kind text not null,
  names jsonb not null,
  territory_id text
);

create table occupation (
  id text primary key,
  scheme text not null,
  code text not null,
  labels jsonb not null,         -- [{lang, value}], the original first
  broader_id text,
  isco text,                     -- its ISCO-08 group: the hinge by which other schemes are reached
  hinges text[] not null,        -- ISCO-08 groups of it and of all that is narrower in its scheme; for one without a group, its id
  words_fr text not null,        -- labels with each form of a gender pair spelt out, separated by ' / '
  words_de text not null,
  words_en text not null,
  folded text generated always as (public.fold(words_fr || ' / ' || words_de || ' / ' || words_en)) stored not null,
  words tsvector generated always as (
    to_tsvector('public.hub_french'::regconfig, translate(words_fr, '/', ' ')) ||
    to_tsvector('public.hub_german'::regconfig, translate(words_de, '/', ' ')) ||
    to_tsvector('public.hub_english'::regconfig, translate(words_en, '/', ' '))
  ) stored not null,
  provenance jsonb not null,
  unique (scheme, code)
);
create index on occupation using gin (words);
create index on occupation using gin (folded public.gin_trgm_ops);
create index on occupation (isco);

-- Derived from the occupations by rule; both directions of a pair.
create table occupation_mapping (
  from_id text not null references occupation on delete cascade,
  to_id text not null references occupation on delete cascade,
  relation text not null,
  provenance jsonb not null,
  primary key (from_id, to_id)
);

create table training (
  id text primary key,
  titles jsonb not null,
  provider_id text not null,
  territory_id text not null,
  occupations text[] not null,
  eqf_level int,
  langs text[] not null,
  url text,
  provenance jsonb not null
);
create index on training (territory_id);
create index on training (provider_id);
create index on training using gin (occupations);

-- A place at which there are offers, once for all of them. Offers cluster in few places: what a place alone decides (its
-- area, its distance from anywhere) is decided here on some thousand rows, not on each offer.
create table spot (
  id int generated always as identity primary key,
  territory_id text not null,
  lat float8,                    -- null for the centroid of the territory
  lon float8,
  areas text[] not null,         -- the territory and every area that contains it
  country text,
  position public.cube,          -- null where not even the territory has a centroid
  unique nulls not distinct (territory_id, lat, lon)
);
create index on spot using gin (areas);
create index on spot using gist (position);

create table job_offer (
  id text primary key,
  title text not null,
  lang text not null,
  description text not null,
  startup_id text,
  organisation_id text,
  employer_name text not null,
  occupation_id text references occupation,
  hinge text,                    -- ISCO-08 group of the occupation, else its id
  skills text[] not null,
  contract text not null,
  contract_as_stated text not null,
  work_time text not null,
  remote text not null,
  salary_min float8,
  salary_max float8,
  salary_currency text,
  salary_period text,            -- null where no salary is stated
  salary_gross boolean,
  salary_months float8,
  weekly_hours float8,
  salary_as_stated text,
  yearly_gross_min float8,       -- computed when the offer is written, see salary/
  yearly_gross_max float8,
  languages jsonb not null,      -- [{language, level, required}]
  territory_id text not null,
  lat float8,
  lon float8,
  state text not null,
  published_at timestamptz,
  valid_through timestamptz not null,
  apply_url text,
  provenance jsonb not null,
  version int not null default 1,
  spot_id int not null references spot,
  -- What it pays at least, for comparing: gross euros a year full time, 0 where that is not known.
  pay float8 generated always as (coalesce(yearly_gross_min, yearly_gross_max, 0)) stored not null,
  -- Equal for two records that may be the same job.
  job_key bigint generated always as (
    hashtextextended(coalesce(startup_id, organisation_id, public.fold(employer_name)) || ' / ' || public.fold(title) || ' / ' || territory_id, 0)
  ) stored not null,
  words tsvector not null,
  check (state = 'DRAFT' or published_at is not null)
);

-- Indexes by which published offers are found or walked in the order of a listing. In a procedure, so that a bulk load
-- can leave them out and call it afterwards.
create procedure index_offers() language plpgsql as $$
begin
  create index if not exists offer_published on job_offer (published_at, id) where state = 'PUBLISHED';
  create index if not exists offer_pay on job_offer (pay, id) where state = 'PUBLISHED';
  -- Holds what most filters look at, so that counts and facets of an area need not read the offers themselves.
  create index if not exists offer_spot on job_offer (spot_id, id)
    include (published_at, valid_through, lang, contract, work_time, remote, salary_period, pay, hinge, startup_id) where state = 'PUBLISHED';
  create index if not exists offer_hinge on job_offer (hinge, published_at, id) include (valid_through) where state = 'PUBLISHED';
  create index if not exists offer_startup on job_offer (startup_id, published_at, id) include (valid_through) where state = 'PUBLISHED';
  create index if not exists offer_words on job_offer using gin (words) where state = 'PUBLISHED';
  create index if not exists offer_job_key on job_offer (job_key);
end $$;
call index_offers();

create procedure drop_offer_indexes() language plpgsql as $$
begin
  drop index if exists offer_published, offer_pay, offer_spot, offer_hinge, offer_startup, offer_words, offer_job_key;
end $$;

create function text_config(lang text) returns regconfig language sql immutable strict parallel safe
  as $$ select case lang when 'FR' then 'public.hub_french'::regconfig when 'DE' then 'public.hub_german'::regconfig when 'EN' then 'public.hub_english'::regconfig else 'public.hub_simple'::regconfig end $$;

-- What follows from the facts of an offer and of other tables is kept right by the database, whoever writes.
create function complete_offer() returns trigger language plpgsql as $$
declare
  config regconfig := text_config(new.lang);
begin
  -- PostgreSQL's parser takes a/b for a path and a.b for a host.
  new.words := setweight(to_tsvector(config, translate(new.title || ' ' || array_to_string(new.skills, ' '), '/.()', '    ')), 'A')
    || to_tsvector(config, translate(new.description, '/.()', '    '));
  new.hinge := (select coalesce(o.isco, o.id) from occupation o where o.id = new.occupation_id);
  loop
    select s.id into new.spot_id from spot s
      where s.territory_id = new.territory_id and s.lat is not distinct from new.lat and s.lon is not distinct from new.lon;
    exit when new.spot_id is not null;
    insert into spot (territory_id, lat, lon, areas, country, position)
      select new.territory_id, new.lat, new.lon, coalesce(a.areas, array[new.territory_id]), a.country, public.globe(coalesce(new.lat, a.lat), coalesce(new.lon, a.lon))
      from (select) one left join area a on a.id = new.territory_id
      on conflict do nothing; -- somebody else may just have made it
  end loop;
  return new;
end $$;
create trigger complete_offer before insert or update on job_offer for each row execute function complete_offer();

create function move_spots() returns trigger language plpgsql as $$
begin
  update spot set areas = new.areas, country = new.country, position = public.globe(coalesce(lat, new.lat), coalesce(lon, new.lon))
    where territory_id = new.id;
  return null;
end $$;
create trigger move_spots after insert or update on area for each row execute function move_spots();

-- Words of titles and skills, by which a word that is typed wrong finds the one that is meant.
create table search_word (word text primary key);
create index on search_word using gin (word public.gin_trgm_ops);

create function learn_words() returns trigger language plpgsql as $$
begin
  insert into search_word (word)
    select distinct word
    from (select distinct title from written union select distinct unnest(skills) from written) texts,
      string_to_table(translate(public.fold(texts.title), '/.,;:()[]+*#&|-–—_''"’«»„“”!?', repeat(' ', 32)), ' ') as word
    where length(word) between 3 and 40
    order by word
    on conflict do nothing;
  return null;
end $$;
create trigger learn_words after insert on job_offer referencing new table as written for each statement execute function learn_words();
create trigger relearn_words after update on job_offer referencing new table as written for each statement execute function learn_words();
