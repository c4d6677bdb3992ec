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
  territory_id text,
  founded_on date,
  headcount int,
  trl int,
  merged_into text
);
create index on startup (territory_id);
create index on startup (name, id);
create index on startup (merged_into) where merged_into is not null;

create table programme (
  id text primary key,
  kind text not null,
  names jsonb not null,
  aliases text[] not null default '{}',
  descriptions jsonb not null default '[]',
  url text,
  territories text[] not null,
  provenance jsonb not null,
  sort_name text generated always as (public.fold(names -> 0 ->> 'value')) stored not null,
  words text generated always as (public.words_of(names || descriptions, aliases)) stored not null
);
create index on programme (sort_name, id);

-- Who runs a programme, is its reference partner or relays it, and between which dates.
create table role (
  id text primary key,
  kind text not null,            -- OPERATOR or REFERENCE_PARTNER
  programme_id text not null references programme,
  organisation_id text not null,
  valid_from date,
  valid_to date,
  provenance jsonb not null
);
create index on role (programme_id);
create index on role (organisation_id);

create table relay (
  id text primary key,
  programme_id text not null references programme,
  organisation_id text not null,
  territory_id text not null,
  valid_from date,
  valid_to date,
  provenance jsonb not null
);
create index on relay (programme_id);
create index on relay (territory_id);
create index on relay (organisation_id);

create table edition (
  id text primary key,
  programme_id text not null references programme,
  label text not null,
  announced_at timestamptz,
  opens_at timestamptz,
  closes_at timestamptz,
  review_from timestamptz,
  results_at timestamptz,
  archived_at timestamptz,
  cancelled boolean not null default false,
  time_zone text not null,
  territories text[] not null default '{}',
  provenance jsonb not null
);
create index on edition (programme_id);

-- The state of an edition follows from its dates alone. One that bears no date at all is permanently open; of another
-- whose opening is unknown nothing shows that it has opened.
create function edition_state(e edition, at timestamptz) returns text language sql stable parallel safe as $$
  select case
    when e.cancelled then 'CANCELLED'
    when e.archived_at <= at then 'ARCHIVED'
    when e.results_at <= at then 'RESULTS_PUBLISHED'
    when e.review_from <= at then 'UNDER_REVIEW'
    when e.closes_at <= at then 'CLOSED'
    when e.opens_at > at or (e.opens_at is null and num_nonnulls(e.announced_at, e.closes_at, e.review_from, e.results_at, e.archived_at) > 0) then 'ANNOUNCED'
    else 'OPEN'
  end
$$;

create table edition_rule (
  edition_id text not null references edition,
  position int not null,
  kind text not null,
  value float8,
  territories text[] not null default '{}',
  primary key (edition_id, position)
);

-- Whether a startup fulfils one rule, from the copy of what is known of it. The only place where a rule is decided.
-- `seat_areas` are the startup's territory and all that contain it, null where it is not known; `overlap` tells whether some
-- area lies both in the startup's territory and in one of the rule's.
create function rule_verdict(rule edition_rule, s startup, seat_areas text[], overlap boolean, on_day date)
returns text language sql immutable parallel safe as $$
  select case rule.kind
    when 'MAX_AGE_YEARS' then case
      when s.founded_on is not null then
        case when s.founded_on >= on_day - make_interval(months => (rule.value * 12)::int) then 'ELIGIBLE' else 'NOT_ELIGIBLE' end
      -- A project has no age yet.
      when s.status = 'PROJECT' then 'ELIGIBLE'
      else 'UNKNOWN' end
    when 'MIN_HEADCOUNT' then case when s.headcount is null then 'UNKNOWN' when s.headcount >= rule.value then 'ELIGIBLE' else 'NOT_ELIGIBLE' end
    when 'MAX_HEADCOUNT' then case when s.headcount is null then 'UNKNOWN' when s.headcount <= rule.value then 'ELIGIBLE' else 'NOT_ELIGIBLE' end
    when 'MIN_TRL' then case when s.trl is null then 'UNKNOWN' when s.trl >= rule.value then 'ELIGIBLE' else 'NOT_ELIGIBLE' end
    when 'SEATED_IN' then case
      when seat_areas is null then 'UNKNOWN'
      when seat_areas && rule.territories then 'ELIGIBLE'
      -- Seated somewhere in an area of which only a part is the rule's.
      when overlap then 'UNKNOWN'
      else 'NOT_ELIGIBLE' end
  end
$$;

-- Each rule of an edition for a startup; the day that counts is that of the closing, else of the instant asked, where the edition is.
create function rule_results(of_edition text, of_startup text, at timestamptz)
returns table (rule_position int, kind text, value float8, territories text[], verdict text, on_day date) language sql stable parallel safe as $$
  select r.position, r.kind, r.value, r.territories,
    rule_verdict(r, s, a.areas, r.kind = 'SEATED_IN' and exists (select from area x where x.areas @> array[s.territory_id] and x.areas && r.territories), d.on_day),
    d.on_day
  from edition e
  cross join lateral (select (coalesce(e.closes_at, at) at time zone e.time_zone)::date as on_day) d
  join edition_rule r on r.edition_id = e.id
  join startup s on s.id = of_startup
  left join area a on a.id = s.territory_id
  where e.id = of_edition
$$;

-- One that fails a rule is not eligible; else one of which something is unknown is unknown; so is all where no rule is known.
create function overall_verdict(verdicts text[]) returns text language sql immutable parallel safe as $$
  select case
    when 'NOT_ELIGIBLE' = any(verdicts) then 'NOT_ELIGIBLE'
    when 'UNKNOWN' = any(verdicts) or verdicts is null or verdicts = '{}' then 'UNKNOWN'
    else 'ELIGIBLE'
  end
$$;

-- How many got how far in an edition, as published.
create table funnel_step (
  edition_id text not null references edition,
  position int not null,
  state text not null,
  count int not null,
  provenance jsonb not null,
  primary key (edition_id, position)
);

create table envelope (
  id text primary key,
  programme_id text references programme,
  names jsonb not null,
  amount float8,
  currency text,
  level text not null,
  purpose_key text not null,
  purposes jsonb not null,
  territory_id text,
  year int,
  provenance jsonb not null
);
create index on envelope (programme_id);
create index on envelope (territory_id, year);

create table service (
  id text primary key,
  kind text not null,
  names jsonb not null,
  place_id text,
  territory_id text,
  provider_id text,
  langs text[] not null,
  stages text[] not null,
  provenance jsonb not null
);
create index on service (place_id);

create table event (
  id text primary key,
  titles jsonb not null,
  starts_at timestamptz,
  place_id text,
  edition_id text references edition,
  provenance jsonb not null
);
create index on event (place_id);
create index on event (edition_id);

create table award (
  id text primary key,
  programme_id text not null references programme,
  edition_id text references edition,
  startup_id text not null,
  titles jsonb not null,
  year int not null,
  amount float8,
  currency text,
  provenance jsonb not null
);
create index on award (startup_id);
create index on award (edition_id);

create table challenge (
  id text primary key,
  titles jsonb not null,
  descriptions jsonb not null,
  owner_id text not null,
  territory_id text not null,
  topics text[] not null,
  opens_at timestamptz not null,
  closes_at timestamptz,
  matched_at timestamptz,
  provenance jsonb not null
);
create index on challenge (territory_id);
