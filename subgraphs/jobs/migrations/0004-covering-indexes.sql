-- Pages of offers are walked, and offers counted, by indexes that hold what filters look at.
create index on area (country) where kind = 'COUNTRY';
drop index if exists offer_published, offer_pay;

create or replace procedure index_offers() language plpgsql as $$
begin
  -- Hold what most filters look at, so that who walks or gathers need not read the offers themselves.
  create index if not exists offer_published on job_offer (published_at, id)
    include (spot_id, valid_through, lang, contract, work_time, remote, salary_period, pay, hinge, startup_id) where state = 'PUBLISHED';
  create index if not exists offer_pay on job_offer (pay, id)
    include (spot_id, published_at, valid_through, lang, contract, work_time, remote, salary_period, hinge, startup_id) where state = 'PUBLISHED';
  create index if not exists offer_spot on job_offer (spot_id, id)
    include (published_at, valid_through, lang, contract, work_time, remote, salary_period, pay, hinge, startup_id) where state = 'PUBLISHED';
  -- Small, since counts and facets of a large area read much of it; open offers are a range in it.
  create index if not exists offer_count on job_offer (spot_id, valid_through)
    include (contract, hinge, lang, salary_period) where state = 'PUBLISHED';
  create index if not exists offer_hinge on job_offer (hinge, published_at, id) include (valid_through) where state = 'PUBLISHED';
  create index if not exists offer_startup on job_offer (startup_id, published_at, id) include (valid_through) where state = 'PUBLISHED';
  create index if not exists offer_words on job_offer using gin (words) where state = 'PUBLISHED';
  create index if not exists offer_job_key on job_offer (job_key);
  -- Those that time will end.
  create index if not exists offer_due on job_offer (valid_through, id) where state in ('PUBLISHED', 'SUSPENDED');
  -- An employer's record of a source is taken over once. Another employer's of the same id is another record.
  create unique index if not exists offer_record
    on job_offer ((provenance ->> 'source'), (provenance ->> 'recordId'), coalesce(startup_id, organisation_id, employer_name));
end $$;
call index_offers();

create or replace procedure drop_offer_indexes() language plpgsql as $$
begin
  drop index if exists offer_published, offer_pay, offer_spot, offer_count, offer_hinge, offer_startup, offer_words, offer_job_key, offer_due, offer_record;
end $$;
