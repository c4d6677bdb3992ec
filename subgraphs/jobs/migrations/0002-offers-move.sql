-- The sources of territories, by id: an offer is taken over from one of them.
create table source (id text primary key);

-- An offer that was never published may be withdrawn.
alter table job_offer drop constraint job_offer_check;
alter table job_offer add check (state in ('DRAFT', 'WITHDRAWN') or published_at is not null);

-- A move leaves alone what follows from the facts: words are not made anew for a state.
drop trigger complete_offer on job_offer;
create trigger complete_offer
  before insert or update of title, lang, description, skills, occupation_id, territory_id, lat, lon on job_offer
  for each row execute function complete_offer();

create or replace procedure index_offers() language plpgsql as $$
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
  -- Those that time will end.
  create index if not exists offer_due on job_offer (valid_through, id) where state in ('PUBLISHED', 'SUSPENDED');
  -- A record of a source is taken over once.
  create unique index if not exists offer_record on job_offer ((provenance ->> 'source'), (provenance ->> 'recordId'));
end $$;
call index_offers();

create or replace procedure drop_offer_indexes() language plpgsql as $$
begin
  drop index if exists offer_published, offer_pay, offer_spot, offer_hinge, offer_startup, offer_words, offer_job_key, offer_due, offer_record;
end $$;
