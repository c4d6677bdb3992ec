-- What every subgraph's schema has beside its own tables. Idempotent.

create table if not exists seed_run (at timestamptz not null default now(), demo_offers int not null);

create table if not exists feed_position (owner text, topic text, changed xid8 not null, id text not null, primary key (owner, topic));

-- Each step in the life of a record: written in the transaction that makes it.
create table if not exists history (
  subject text not null,         -- what lives: 'application', 'job offer'
  id text not null,
  version int not null,          -- the record's version after the step
  at timestamptz not null,
  from_state text,               -- null for the first
  to_state text not null,
  by_id text,                    -- the partner; null for the hub itself, when time moves a record
  by_name text not null,
  reason text,
  primary key (subject, id, version)
);

-- What happened, for whoever follows: written in the transaction in which it happened, kept for a week. Persons never go here.
create table if not exists outbox (
  id text primary key,           -- UUID v7
  at timestamptz not null,
  event text not null,           -- 'application moved'
  subject text not null,
  subject_id text not null,
  version int,
  data jsonb not null,
  changed xid8 not null default pg_current_xact_id()
);
create index if not exists outbox_changed on outbox (changed, id);
create index if not exists outbox_at on outbox (at);
create or replace view feed_outbox as
  select id, changed, jsonb_build_object('id', id, 'at', at, 'event', event, 'subject', subject, 'subjectId', subject_id, 'version', version, 'data', data) as record
  from outbox;

-- Writes that a partner gave a key of its own, so that one sent twice is done once.
create table if not exists idempotency (
  partner_id text not null,
  mutation text not null,
  key text not null,
  input_hash text not null,
  subject_id text,               -- the record that the write answered with
  at timestamptz not null,
  primary key (partner_id, mutation, key)
);
create index if not exists idempotency_at on idempotency (at);

-- Who did what: only ever added to.
create table if not exists audit (
  id text primary key,           -- UUID v7
  at timestamptz not null,
  partner_id text,
  partner_name text,
  via text,                      -- the key's prefix, or the login
  action text not null,          -- the mutation, or what was read
  subjects text[] not null,      -- ids of the records
  result text[] not null         -- 'OK', or codes of the refusal
);
create index if not exists audit_partner on audit (partner_id, id);
create or replace function audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only ever added to';
end $$;
create or replace trigger audit_is_kept before update or delete or truncate on audit for each statement execute function audit_is_kept();
