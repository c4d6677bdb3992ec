-- The copy of the organisations of territories: an expert works for one of them, a challenge is one's.
create table organisation (
  id text primary key,
  kind text not null,
  names jsonb not null,
  territory_id text
);
