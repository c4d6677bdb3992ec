-- The copy of the sources that the hub cites: what is registered must name one of them.
create table source (id text primary key);

-- Persons to speak to. Of a person nothing stands anywhere else.
create table contact (
  id text primary key,           -- UUID v7
  startup_id text not null references startup on delete cascade,
  role text not null,
  name text not null,
  email text,
  basis text not null,           -- why it may be kept: shared/persons
  purpose text not null,
  erase_after date not null
);
create index on contact (startup_id);
create index on contact (erase_after);
create index on contact (lower(email));

-- Finds the record that a source's key was taken over as.
create index on startup using gin (provenance jsonb_path_ops);
