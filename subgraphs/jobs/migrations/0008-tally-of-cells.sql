-- Of a circle, what lies inside as a whole need not be counted spot by spot: each strip is cut into cells, and the tally keeps
-- what a cell has as well. A circle is the cells that lie inside, and at its edge the spots beside them.

create function strip_of(place public.cube) returns int language sql immutable strict parallel safe
  as $$ select floor(degrees(asin(public.cube_ll_coord(place, 3) / 6371)) * 16)::int $$;

create function lon_of(place public.cube) returns float8 language sql immutable strict parallel safe
  as $$ select degrees(atan2(public.cube_ll_coord(place, 2), public.cube_ll_coord(place, 1))) $$;

-- '@', strip and cell; a cell is a sixteenth of a degree wide, as its strip is high.
create or replace function tallied_in(place spot) returns text[] language sql immutable parallel safe
  as $$ select array_remove(place.areas || array['', '#' || place.id, '@' || strip_of(place.position) || '@' || floor(lon_of(place.position) * 16)], null) $$;

-- Cells stand in strips of their own, 10,000 further than those of their spots, by their western edge.
alter table offer_tally drop column strip, drop column lon;
alter table offer_tally
  add column strip int generated always as (case when area_id like '@%' then 10000 + split_part(area_id, '@', 2)::int else strip_of(position) end) stored,
  add column lon float8 generated always as (case when area_id like '@%' then split_part(area_id, '@', 3)::int / 16.0::float8 else lon_of(position) end) stored;
create index offer_tally_strip on offer_tally (strip, lon) include (position, country, contract, published) where strip is not null;
create index offer_tally_kind on offer_tally (strip, kind, lon) include (position, country, contract, published) where strip is not null;

-- The stretches that make up a circle, each from its west up to its east: of cells that lie inside as a whole, and of the spots
-- beside them, of which some are not of the circle. A hub of before this migration reads by `strips`.
create function stretches(lat float8, lon float8, radius_km float8) returns table (strip int, west float8, east float8, whole boolean)
  language plpgsql immutable strict parallel safe rows 24 as $$
declare
  -- A little more than the circle and a little less, for what is rounded.
  outer_reach constant float8 := degrees(radius_km / 6371) + 1e-6;
  inner_reach constant float8 := degrees(radius_km / 6371) - 1e-6;
  -- Where it is widest: not at its centre, since meridians come together.
  widest constant float8 := degrees(asin(greatest(-1, least(1, sin(radians(lat)) / cos(radians(outer_reach))))));
  south float8;
  north float8;
  half float8;
  west_most float8;
  east_most float8;
  first_cell float8;
  last_cell float8;
begin
  for n in greatest(-90 * 16, floor((lat - outer_reach) * 16)::int) .. least(90 * 16, floor((lat + outer_reach) * 16)::int) loop
    south := n / 16.0::float8;
    north := least(90, (n + 1) / 16.0::float8);
    half := public.half_width(lat, outer_reach, least(greatest(widest, south), north)) + 1e-6;
    west_most := lon - half;
    east_most := lon + half;
    strip := n;
    whole := false;
    if west_most < -180 or east_most > 180 then
      west := -180;
      east := 181;
      return next;
      continue;
    end if;
    half := least(public.half_width(lat, inner_reach, south), public.half_width(lat, inner_reach, north));
    first_cell := ceil((lon - half) * 16) / 16;
    last_cell := floor((lon + half) * 16) / 16;
    west := west_most;
    if first_cell < last_cell then
      east := first_cell;
      return next;
      strip := 10000 + n;
      west := first_cell;
      east := last_cell;
      whole := true;
      return next;
      strip := n;
      west := last_cell;
      whole := false;
    end if;
    east := east_most;
    return next;
  end loop;
end $$;

-- What a trigger of the hub writes without a position has none: a spot that gets its first one was put at its new place before
-- it was there.
drop trigger place_tally on offer_tally;
create trigger place_tally before insert on offer_tally for each row
  when (new.area_id like '#%' and new.position is null and pg_trigger_depth() = 0) execute function place_tally();

-- By their texts: to compare positions takes an operator that a restored dump does not find.
drop trigger tally_spot on spot;
create trigger tally_spot after update on spot for each row
  when ((old.areas, old.country, old.position::text) is distinct from (new.areas, new.country, new.position::text)) execute function tally_spot();

call tally_all();
analyze offer_tally;
