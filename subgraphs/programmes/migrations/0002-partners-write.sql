-- All records of the same companies: those that they were merged into, and those merged into these.
create function same_startups(of_startups text[]) returns text[] language sql stable parallel safe as $$
  with recursive up(id) as (
    select unnest(of_startups)
    union
    select s.merged_into from up join startup s on s.id = up.id where s.merged_into is not null
  ), same(id) as (
    select id from up
    union
    select s.id from same join startup s on s.merged_into = same.id
  )
  select coalesce(array_agg(id), '{}') from same
$$;

create table application (
  id text primary key,           -- UUID v7
  edition_id text not null references edition,
  startup_id text not null,
  relay_id text not null references relay,
  state text not null,
  score float8,                  -- 0 to 100, of the jury
  version int not null default 1,
  created_at timestamptz not null,
  submitted_at timestamptz       -- first time; null for a draft
);
-- One that was given up or refused does not keep the startup from applying again while the edition is open.
create unique index application_live on application (edition_id, startup_id) where state not in ('INELIGIBLE', 'NOT_RETAINED', 'WITHDRAWN', 'DROPPED');
create index on application (edition_id, relay_id);
create index on application (startup_id);
create index on application (relay_id);
create index on application (created_at, id);

-- The persons who apply.
create table applicant (
  id text primary key,           -- UUID v7
  application_id text not null unique references application,
  name text not null,
  email text,
  basis text not null,
  purpose text not null,
  erase_after date not null
);
create index on applicant (lower(email));
create index on applicant (erase_after);

create table expert (
  id text primary key,           -- UUID v7
  organisation_id text,
  territory_id text not null,
  langs text[] not null,
  topics text[] not null,        -- in lower case
  created_at timestamptz not null
);
create index on expert (territory_id);
create index on expert using gin (topics);

-- Who the experts are.
create table expert_person (
  id text primary key,           -- UUID v7
  expert_id text not null unique references expert,
  name text not null,
  email text,
  basis text not null,
  purpose text not null,
  erase_after date not null
);
create index on expert_person (lower(email));
create index on expert_person (erase_after);

create table application_expert (
  application_id text not null references application,
  expert_id text not null references expert,
  called_at timestamptz not null,
  primary key (application_id, expert_id)
);

-- The state that the history of an edition has last; null until the hub has first seen the edition, of which nothing is told.
alter table edition add column recorded_state text, add column version int not null default 1;

-- When a challenge was closed: by its owner, or by its date once that is recorded. What is past is not told any more.
alter table challenge add column closed_at timestamptz, add column version int not null default 1;
update challenge set closed_at = closes_at where closes_at <= now() and matched_at is null;
create index on challenge (closes_at) where closed_at is null and matched_at is null;

create table challenge_answer (
  challenge_id text not null references challenge,
  startup_id text not null,
  message text not null,
  at timestamptz not null,
  accepted boolean,              -- null until one is chosen
  primary key (challenge_id, startup_id)
);
create index on challenge_answer (startup_id);
