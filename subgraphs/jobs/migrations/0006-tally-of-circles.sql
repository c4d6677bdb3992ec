-- Offers around a place are counted in one index: what the tally says of a spot is kept by where the spot is, in strips from
-- west to east, and a circle is a stretch of each strip that it crosses. A look into the tally for each of a thousand spots
-- cost more than all the rest of a search.

-- The strips that a circle crosses, a sixteenth of a degree wide, and how far it reaches in each. No spot of the circle lies
-- outside; some that lie inside are not of the circle.
create function strips(lat float8, lon float8, radius_km float8) returns table (strip int, west float8, east float8)
  language plpgsql immutable strict parallel safe rows 12 as $$
declare
  reach constant float8 := degrees(radius_km / 6371) + 1e-6;
  nearest float8;
  narrowest float8;
  half float8;
begin
  for n in floor((lat - reach) * 16)::int .. floor((lat + reach) * 16)::int loop
    nearest := least(greatest(lat, n / 16.0::float8), (n + 1) / 16.0::float8);
    narrowest := cos(radians(greatest(abs(n), abs(n + 1)) / 16.0::float8));
    half := case
      when greatest(abs(n), abs(n + 1)) >= 90 * 16 then 180 -- at a pole
      -- The haversine formula, solved for the longitude.
      else degrees(2 * asin(least(1, sqrt(greatest(0, sin(radians(reach) / 2) ^ 2 - sin(radians(nearest - lat) / 2) ^ 2) / (cos(radians(lat)) * narrowest))))) end;
    strip := n;
    west := lon - half - 1e-6;
    east := lon + half + 1e-6;
    if west < -180 or east > 180 then
      west := -180;
      east := 180;
    end if;
    return next;
  end loop;
end $$;

alter table offer_tally
  add column position public.cube, -- of a spot
  add column strip int generated always as (floor(degrees(asin(public.cube_ll_coord(position, 3) / 6371)) * 16)) stored,
  add column lon float8 generated always as (degrees(atan2(public.cube_ll_coord(position, 2), public.cube_ll_coord(position, 1)))) stored;
create index offer_tally_strip on offer_tally (strip, lon) include (position, country, contract, lang, salaried, published) where strip is not null;

-- A hub of before this migration, still up, writes rows without the position.
create function place_tally() returns trigger language plpgsql as $$
begin
  new.position := (select position from spot where id = substr(new.area_id, 2)::int);
  return new;
end $$;
create trigger place_tally before insert on offer_tally for each row when (new.area_id like '#%' and new.position is null) execute function place_tally();

create or replace function tally(offer job_offer, published int) returns void language sql as $$
  insert into offer_tally (area_id, country, contract, lang, salaried, published, position)
    select area.id, s.country, offer.contract, offer.lang, offer.salary_period is not null, published, case when area.id like '#%' then s.position end
    -- A place that moves meanwhile waits, or is waited for.
    from (select country, tallied_in(spot) as areas, position from spot where id = offer.spot_id for share) s cross join unnest(s.areas) area(id)
    where offer.state = 'PUBLISHED'
$$;

create or replace function tally_spot() returns trigger language plpgsql as $$
begin
  insert into offer_tally (area_id, country, contract, lang, salaried, published, position)
    select area.id, area.country, o.contract, o.lang, o.salary_period is not null, area.published * count(*), case when area.id like '#%' then area.position end
    from (
      select unnest(tallied_in(old)) as id, old.country, -1 as published, old.position
      union all
      select unnest(tallied_in(new)), new.country, 1, new.position
    ) area
    join job_offer o on o.spot_id = new.id and o.state = 'PUBLISHED'
    group by area.id, area.country, area.published, area.position, o.contract, o.lang, o.salary_period is not null;
  return null;
end $$;
drop trigger tally_spot on spot;
create trigger tally_spot after update on spot for each row
  when ((old.areas, old.country, old.position) is distinct from (new.areas, new.country, new.position)) execute function tally_spot();

-- The tally of all offers as they stand.
create procedure tally_all() language sql as $$
  truncate offer_tally;
  insert into offer_tally (area_id, country, contract, lang, salaried, published, position)
    select area.id, s.country, o.contract, o.lang, o.salaried, sum(o.published), case when area.id like '#%' then s.position end
    from (
      select spot_id, contract, lang, salary_period is not null as salaried, count(*) as published
      from job_offer where state = 'PUBLISHED' group by 1, 2, 3, 4
    ) o
    join spot s on s.id = o.spot_id cross join unnest(tallied_in(s)) area(id)
    group by 1, 2, 3, 4, 5, 7
$$;

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
  call tally_all();
end $$;
call tally_all();
analyze offer_tally;
