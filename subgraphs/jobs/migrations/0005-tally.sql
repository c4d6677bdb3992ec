-- How many published offers each area and each spot has, by what is counted most often: read in place of the offers,
-- however many they are. Who writes offers appends what changes, and waits for nobody; the sum over its rows is an area's
-- count, and a chore puts rows together.
create table offer_tally (
  area_id text collate "C" not null, -- '' for the whole hub, '#' and its id for a spot
  country text,
  contract text not null,
  lang text not null,
  salaried boolean not null,
  published int not null         -- so many more; fewer where negative
);
create index on offer_tally (area_id) include (country, contract, lang, salaried, published);

create function tallied_in(place spot) returns text[] language sql immutable parallel safe
  as $$ select place.areas || array['', '#' || place.id] $$;

create function tally(offer job_offer, published int) returns void language sql as $$
  insert into offer_tally
    select area.id, s.country, offer.contract, offer.lang, offer.salary_period is not null, published
    -- A place that moves meanwhile waits, or is waited for.
    from (select country, tallied_in(spot) as areas from spot where id = offer.spot_id for share) s cross join unnest(s.areas) area(id)
    where offer.state = 'PUBLISHED'
$$;

create function tally_offer() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform tally(old, -1); end if;
  if tg_op <> 'DELETE' then perform tally(new, 1); end if;
  return null;
end $$;

create function tally_nothing() returns trigger language plpgsql as $$
begin
  truncate offer_tally;
  return null;
end $$;
create trigger tally_nothing after truncate on job_offer for each statement execute function tally_nothing();

create function tally_spot() returns trigger language plpgsql as $$
begin
  insert into offer_tally
    select area.id, area.country, o.contract, o.lang, o.salary_period is not null, area.published * count(*)
    from (
      select unnest(tallied_in(old)) as id, old.country, -1 as published
      union all
      select unnest(tallied_in(new)), new.country, 1
    ) area
    join job_offer o on o.spot_id = new.id and o.state = 'PUBLISHED'
    group by area.id, area.country, area.published, o.contract, o.lang, o.salary_period is not null;
  return null;
end $$;
create trigger tally_spot after update on spot for each row
  when ((old.areas, old.country) is distinct from (new.areas, new.country)) execute function tally_spot();

drop index if exists offer_due;

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
  -- Those that time will end, and what the tally counts them by.
  create index if not exists offer_due on job_offer (valid_through, id)
    include (state, spot_id, contract, lang, salary_period) where state in ('PUBLISHED', 'SUSPENDED');
  -- An employer's record of a source is taken over once. Another employer's of the same id is another record.
  create unique index if not exists offer_record
    on job_offer ((provenance ->> 'source'), (provenance ->> 'recordId'), coalesce(startup_id, organisation_id, employer_name));

  drop trigger if exists tally_offer on job_offer;
  drop trigger if exists tally_change on job_offer;
  create trigger tally_offer after insert or delete on job_offer for each row execute function tally_offer();
  create trigger tally_change after update on job_offer for each row
    when ((old.state, old.spot_id, old.contract, old.lang, old.salary_period) is distinct from (new.state, new.spot_id, new.contract, new.lang, new.salary_period))
    execute function tally_offer();
  truncate offer_tally;
  insert into offer_tally
    select area.id, s.country, o.contract, o.lang, o.salaried, sum(o.published)
    from (
      select spot_id, contract, lang, salary_period is not null as salaried, count(*) as published
      from job_offer where state = 'PUBLISHED' group by 1, 2, 3, 4
    ) o
    join spot s on s.id = o.spot_id cross join unnest(tallied_in(s)) area(id)
    group by 1, 2, 3, 4, 5;
end $$;
call index_offers();

create or replace procedure drop_offer_indexes() language plpgsql as $$
begin
  drop index if exists offer_published, offer_pay, offer_spot, offer_count, offer_hinge, offer_startup, offer_words, offer_job_key, offer_due, offer_record;
  drop trigger if exists tally_offer on job_offer;
  drop trigger if exists tally_change on job_offer;
end $$;
analyze offer_tally;
