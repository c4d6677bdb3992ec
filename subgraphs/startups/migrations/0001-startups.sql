-- The copy of the tree of territories by which this one filters.
create table area (
  id text primary key,
  kind text not null,
  names jsonb not null,
  country text,
  lat float8,
  lon float8,
  areas text[] not null          -- itself and every area that contains it
);
create index on area using gin (areas);

-- What is left of a company's name for comparing it: folded, without punctuation, legal forms and the marks of
-- demonstration records, none of which tells two companies apart.
create function name_core(name text) returns text language sql immutable strict parallel safe as $$
  select trim(regexp_replace(
    regexp_replace(translate(public.fold(name), '.''’', ''), '[^[:alnum:]]+', ' ', 'g'),
    '\m(sasu?|s ?a ?r ?l( s)?|sarls|eurl|snc|scs|scsp|sci|sa|se|gmbh|ug|haftungsbeschrankt|ag|kg|ohg|ek|ltd|demo|fictif|fiktiv)\M *', '', 'g'))
$$;

-- The functions of generated columns are in PL/pgSQL: it evaluates an expression without setting up a query.

-- Two cores are worth a comparison when they share one of these: a word's first three letters with all digits of the name
-- ("Studio 54" is not "Studio 55"), or the whole without its spaces.
create function name_keys(core text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  digits text := regexp_replace(core, '\D', '', 'g');
  keys text[] := '{}';
  word text;
begin
  if core <> '' then keys := array['=' || replace(core, ' ', '')]; end if;
  foreach word in array string_to_array(core, ' ') loop
    if length(word) > 2 and word !~ '^\d+$' then keys := keys || (left(word, 3) || ':' || digits); end if;
  end loop;
  return keys;
end $$;

create function words_of(name text, aliases text[]) returns text language plpgsql immutable parallel safe as $$
begin
  return public.fold(name || coalesce(' / ' || array_to_string(aliases, ' / '), ''));
end $$;

-- Stems of a text in each of its languages; technologies have no stated language and are stemmed in all of them.
create function stems_of(pitches jsonb, technologies text[]) returns tsvector language plpgsql immutable parallel safe as $$
declare
  technology text := array_to_string(technologies, ' ; ');
  stems tsvector := to_tsvector('public.hub_french', technology) || to_tsvector('public.hub_german', technology)
    || to_tsvector('public.hub_english', technology) || to_tsvector('public.hub_simple', technology);
  pitch jsonb;
begin
  for pitch in select jsonb_array_elements(pitches) loop
    stems := stems || to_tsvector(
      (case pitch ->> 'lang' when 'FR' then 'public.hub_french' when 'DE' then 'public.hub_german' when 'EN' then 'public.hub_english' else 'public.hub_simple' end)::regconfig,
      pitch ->> 'value');
  end loop;
  return stems;
end $$;

-- What a reader typed, in whichever of the languages it is.
create function words_query(words text) returns tsquery language sql immutable strict parallel safe as $$
  select websearch_to_tsquery('public.hub_french', words) || websearch_to_tsquery('public.hub_german', words)
      || websearch_to_tsquery('public.hub_english', words) || websearch_to_tsquery('public.hub_simple', words)
$$;

-- Whoever writes a part of a startup (a number, a round, a step) also raises `version` here, so that the row counts as changed.
create table startup (
  id text primary key,           -- UUID v7
  name text not null,
  aliases text[] not null default '{}',
  status text,                   -- null where no source says
  founded_on date,
  territory_id text,
  host_place_id text,
  website text,
  pitches jsonb not null default '[]',          -- [{lang, value}], the original first
  technologies text[] not null default '{}',
  networks text[] not null default '{}',
  headcount int,
  technology_readiness_level int check (technology_readiness_level between 1 and 9),
  stage text,                    -- the last of its steps in stage_change, written in the same transaction
  merged_into text references startup,
  provenance jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null default now(),
  changed xid8 not null default pg_current_xact_id(),
  synthetic boolean not null generated always as (provenance @> '[{"source": "synthetic"}]') stored,
  sort_name text not null generated always as (public.fold(name)) stored,
  words text not null generated always as (words_of(name, aliases)) stored,
  name_keys text[] not null generated always as (name_keys(name_core(name))) stored,
  stems tsvector not null generated always as (stems_of(pitches, technologies)) stored
);
-- One index for each order of the listings; unknown values sort last, and a merged record is not listed.
create index on startup (sort_name, id) where merged_into is null;
create index on startup (coalesce(founded_on, date '0001-01-01'), id) where merged_into is null;
create index on startup (coalesce(headcount, -1), id) where merged_into is null;
-- What lies in an area, and all that its statistics need.
create index on startup (territory_id) include (id, stage, founded_on, headcount, networks) where merged_into is null;
create index on startup (updated_at, id);
create index on startup (changed, id);
create index on startup (stage);
create index on startup (status);
create index on startup (host_place_id) where host_place_id is not null;
create index on startup (merged_into) where merged_into is not null;
create index on startup using gin (words public.gin_trgm_ops);
create index on startup using gin (stems);
create index on startup using gin (networks);
create index on startup using gin (name_keys);

-- A number of a company in a register. `company` is the same for every way of writing the same entry: a SIRET and the SIREN
-- it begins with, RCS B123456 and EUID LURCSL.B123456.
create table register_id (
  scheme text not null,
  value text not null,           -- in the canonical form of subgraphs/startups/identity
  company text not null,
  startup_id text not null references startup on delete cascade,
  primary key (scheme, value)
);
create index on register_id (company);
create index on register_id (startup_id);

create table activity_class (
  scheme text not null,
  code text not null,
  section text not null,         -- NACE section, A to U
  names jsonb not null,
  trunk text not null generated always as (left(code, 5)) stored,   -- section, division, group or class: common to all schemes
  primary key (scheme, code)
);
create index on activity_class (trunk);

create table startup_activity (
  startup_id text not null references startup on delete cascade,
  position int not null,         -- 0 is the main activity
  scheme text not null,
  code text not null,
  -- What finds it: its division, group and class in any scheme, its own code, and its class as another scheme's equivalent.
  keys text[] not null generated always as (array[left(code, 2), left(code, 4), left(code, 5), scheme || ' ' || code, scheme || ' ' || left(code, 5)]) stored,
  primary key (startup_id, position),
  foreign key (scheme, code) references activity_class
);
create index on startup_activity using gin (keys);
create index on startup_activity (scheme, code);

-- Sources may state different turnovers of one year.
create table turnover (
  startup_id text not null references startup on delete cascade,
  year int not null,
  source_id text not null,
  amount float8,
  currency text,
  share_abroad float8 check (share_abroad between 0 and 100),    -- percent
  provenance jsonb not null,
  primary key (startup_id, year, source_id)
);
create index on turnover (year, share_abroad, startup_id);
create index on turnover (startup_id, year desc, share_abroad desc) where share_abroad is not null;

create table funding_round (
  id text primary key,
  startup_id text not null references startup on delete cascade,
  kind text not null,
  amount float8,
  currency text,
  announced_on date not null,
  provenance jsonb not null
);
create index on funding_round (startup_id, announced_on);

create table stage_change (
  startup_id text not null references startup on delete cascade,
  since timestamptz not null,
  stage text not null,
  by_id text,
  reason text,
  primary key (startup_id, since)
);

-- Pairs found by the rule of subgraphs/startups/duplicate, each once; one that a steward rejected stays, so as not to be proposed again.
create table duplicate_candidate (
  id text primary key,
  startup_id text not null references startup on delete cascade,
  other_id text not null references startup on delete cascade,
  score float8 not null check (score between 0 and 1),
  reasons text[] not null,
  status text not null,
  unique (startup_id, other_id),
  check (startup_id < other_id)
);
create index on duplicate_candidate (other_id);
create index on duplicate_candidate (status, score, id);

-- Every area in which a startup that is not merged has its seat, with the startup's place in the alphabet: the startups of a
-- whole country by name are a walk along one index, and their number is a count of it. Kept by the triggers below.
create table seat (
  area_id text not null,
  sort_name text not null,
  startup_id text not null,
  primary key (startup_id, area_id)
);
create index on seat (area_id, sort_name, startup_id);

create function seat_again(ids text[]) returns void language sql as $$
  delete from seat where startup_id = any(ids);
  insert into seat (area_id, sort_name, startup_id)
    select unnest(a.areas), s.sort_name, s.id from startup s join area a on a.id = s.territory_id
    where s.id = any(ids) and s.merged_into is null;
$$;

create function seat_startup() returns trigger language plpgsql as $$
begin
  case tg_op
    when 'INSERT' then
      perform seat_again(array(select id from fresh));
    when 'UPDATE' then
      perform seat_again(array(
        select f.id from fresh f join stale o using (id)
        where (f.territory_id, f.sort_name, f.merged_into) is distinct from (o.territory_id, o.sort_name, o.merged_into)));
    when 'DELETE' then
      delete from seat where startup_id in (select id from stale);
    when 'TRUNCATE' then
      truncate seat;
  end case;
  return null;
end $$;
create trigger seat_inserted after insert on startup referencing new table as fresh for each statement execute function seat_startup();
create trigger seat_updated after update on startup referencing new table as fresh old table as stale for each statement execute function seat_startup();
create trigger seat_deleted after delete on startup referencing old table as stale for each statement execute function seat_startup();
create trigger seat_truncated after truncate on startup for each statement execute function seat_startup();

create function seat_area() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform seat_again(array(select s.id from startup s join fresh f on f.id = s.territory_id));
  else
    perform seat_again(array(select s.id from startup s join fresh f on f.id = s.territory_id join stale o on o.id = f.id where f.areas is distinct from o.areas));
  end if;
  return null;
end $$;
create trigger seat_inserted after insert on area referencing new table as fresh for each statement execute function seat_area();
create trigger seat_updated after update on area referencing new table as fresh old table as stale for each statement execute function seat_area();

create view feed_startup as
  select id, changed, jsonb_build_object(
    'id', id, 'name', name, 'status', status, 'stage', stage, 'territory', territory_id, 'foundedOn', founded_on, 'headcount', headcount,
    'technologyReadinessLevel', technology_readiness_level, 'mergedInto', merged_into) as record
  from startup;

create function mark_change() returns trigger language plpgsql as $$
begin
  new.changed := pg_current_xact_id();
  new.updated_at := now();
  return new;
end $$;
create trigger mark_change before update on startup for each row execute function mark_change();
