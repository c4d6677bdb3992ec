-- Partners, what they may do, and by what they are recognised.
create table partner (
  id text primary key,           -- as its operator named it: 'relay-saarland'
  name text not null,
  organisation_id text,          -- the organisation of the hub that it is
  created_at timestamptz not null default now()
);

create table partner_role (
  partner_id text not null references partner on delete cascade,
  role text not null,
  about text,                    -- id of the startup, relay, organisation or territory; null for a role over the whole hub
  unique nulls not distinct (partner_id, role, about)
);

create table api_key (
  prefix text primary key,       -- the readable part
  partner_id text not null references partner on delete cascade,
  hash bytea not null,           -- SHA-256 of the secret part, which is 256 bits of chance: nothing to guess, nothing to slow down
  scopes text[],                 -- null for all that the partner's roles have
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,      -- to the minute
  replaced_by text references api_key
);
create index on api_key (partner_id);

-- Subjects of an OpenID provider.
create table login (
  issuer text not null,
  subject text not null,
  partner_id text not null references partner on delete cascade,
  primary key (issuer, subject)
);
