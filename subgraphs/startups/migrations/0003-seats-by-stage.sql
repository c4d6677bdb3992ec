-- A seat knows the stage of its startup: the startups of an area, and how many of them are in each stage, are counted along
-- one small index that holds nothing else. The other index of seats is twenty times as large, since names are long.
alter table seat add column stage text;

create or replace function seat_again(ids text[]) returns void language sql as $$
  delete from seat where startup_id = any(ids);
  insert into seat (area_id, sort_name, startup_id, stage)
    select unnest(a.areas), s.sort_name, s.id, s.stage from startup s join area a on a.id = s.territory_id
    where s.id = any(ids) and s.merged_into is null;
$$;

create or replace function seat_startup() returns trigger language plpgsql as $$
begin
  case tg_op
    when 'INSERT' then
      perform seat_again(array(select id from fresh));
    when 'UPDATE' then
      perform seat_again(array(
        select f.id from fresh f join stale o using (id)
        where (f.territory_id, f.sort_name, f.merged_into, f.stage) is distinct from (o.territory_id, o.sort_name, o.merged_into, o.stage)));
    when 'DELETE' then
      delete from seat where startup_id in (select id from stale);
    when 'TRUNCATE' then
      truncate seat;
  end case;
  return null;
end $$;

truncate seat;
insert into seat (area_id, sort_name, startup_id, stage)
  select unnest(a.areas), s.sort_name, s.id, s.stage from startup s join area a on a.id = s.territory_id
  where s.merged_into is null;
create index on seat (area_id, stage);
analyze seat;
