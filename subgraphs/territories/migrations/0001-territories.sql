create table source (
  id text primary key,
  title text not null,
  publisher text not null,
  url text,
  published_on date,
  licence text not null,
  lang text not null
);

create table territory (
  id text primary key,
  kind text not null,
  names jsonb not null,          -- [{lang, value}], the original first
  aliases text[] not null default '{}',
  country text,
  lat float8,
  lon float8,
  valid_from date,
  valid_to date,
  areas text[] not null,         -- itself and every area that contains it
  provenance jsonb not null,
  sort_name text generated always as (public.fold(names -> 0 ->> 'value')) stored not null,
  words text generated always as (public.words_of(names, aliases)) stored not null,
  changed xid8 not null default pg_current_xact_id()
);
create index on territory using gin (areas);
create index on territory using gin (words public.gin_trgm_ops);
create index on territory (sort_name, id);
create index on territory (changed, id);

create table territory_code (
  territory_id text not null references territory,
  scheme text not null,
  value text not null,
  vintage int not null,
  primary key (scheme, value)
);
create index on territory_code (territory_id);

-- Which area directly contains which; rank 0 for administrative parents, 1 for poles and cross-border areas.
create table territory_parent (
  child_id text not null references territory,
  parent_id text not null references territory,
  rank int not null,
  primary key (child_id, parent_id)
);
create index on territory_parent (parent_id);

create table indicator (
  id text primary key,
  subject text not null,         -- statements about one subject are compared with each other
  unit text not null,
  names jsonb not null,
  definitions jsonb not null,
  starts_from text references indicator deferrable initially deferred  -- whose figures objectives of it start from, where not its own
);

create table observation (
  id text primary key,
  indicator_id text not null references indicator,
  territory_id text not null references territory,
  period text not null,
  value float8 not null,
  provenance jsonb not null
);
create index on observation (territory_id, indicator_id, period);

create table statement (
  id text primary key,
  kind text not null,
  indicator_id text not null references indicator,
  territory_id text not null references territory,
  operator text not null,
  value float8 not null,
  unit text not null,
  stated_target float8,
  horizon_years int,
  stated_by text,
  condition text,
  perimeter text,
  source_id text not null references source,
  stated_on date,
  year int not null,             -- in which it was said, also where the day is unknown
  provenance jsonb not null,
  supersedes_id text references statement
);
create index on statement (territory_id);
create index on statement (indicator_id);

-- What is known of an area: values from registers, and figures that sources state of the area as a whole.
create view known_value as
  select o.id, o.indicator_id, o.territory_id, o.period, o.value, i.unit, o.provenance
  from observation o join indicator i on i.id = o.indicator_id
  union all
  select 'figure-' || s.id, s.indicator_id, s.territory_id, s.year::text, s.value, s.unit, s.provenance
  from statement s
  where s.kind = 'FIGURE' and s.operator in ('EQUAL', 'APPROXIMATE') and s.perimeter is null;

-- Derived from the statements whenever one is written; both directions of a pair.
create table contradiction (
  statement_id text not null references statement on delete cascade,
  with_id text not null references statement on delete cascade,
  reason text not null,
  primary key (statement_id, with_id)
);

create table commuter_flow (
  from_id text not null references territory,
  to_id text not null references territory,
  year int not null,
  persons int not null,
  perimeter text not null,
  provenance jsonb not null,
  primary key (from_id, to_id, year, perimeter)
);
create index on commuter_flow (to_id);

create table organisation (
  id text primary key,
  kind text not null,
  names jsonb not null,
  aliases text[] not null default '{}',
  territory_id text references territory,
  url text,
  provenance jsonb not null,
  sort_name text generated always as (public.fold(names -> 0 ->> 'value')) stored not null,
  words text generated always as (public.words_of(names, aliases)) stored not null,
  changed xid8 not null default pg_current_xact_id()
);
create index on organisation using gin (words public.gin_trgm_ops);
create index on organisation (changed, id);

-- Persons appear as holders of a public office at a date, nothing more.
create table office (
  organisation_id text not null references organisation,
  names jsonb not null,
  holder text,
  as_of date,
  provenance jsonb not null,
  id text primary key
);
create index on office (organisation_id);

create table place (
  id text primary key,
  kind text not null,
  names jsonb not null,
  territory_id text not null references territory,
  address text,
  lat float8,
  lon float8,
  status text not null,
  opened_on date,
  operator_id text references organisation,
  provenance jsonb not null
);
create index on place (territory_id);

create table label_award (
  id text primary key,
  label text not null,
  networks text[] not null default '{}',
  territory_id text not null references territory,
  holder_id text not null references organisation,
  status text not null,
  valid_from date,
  valid_to date,
  provenance jsonb not null
);
create index on label_award (territory_id);

create view feed_territory as
  select id, changed, jsonb_build_object('id', id, 'kind', kind, 'names', names, 'country', country, 'lat', lat, 'lon', lon, 'areas', areas) as record
  from territory;

create view feed_organisation as
  select id, changed, jsonb_build_object('id', id, 'kind', kind, 'names', names, 'territory', territory_id) as record
  from organisation;

create function mark_change() returns trigger language plpgsql as $$
begin
  new.changed := pg_current_xact_id();
  return new;
end $$;
create trigger mark_change before update on territory for each row execute function mark_change();
create trigger mark_change before update on organisation for each row execute function mark_change();
