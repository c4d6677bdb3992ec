-- How many startups each area has in each stage: counted by a few rows, however many the startups are. Who writes startups
-- appends what changes, and waits for nobody; the sum over its rows is an area's count, and a chore puts rows together.
create table seat_tally (
  area_id text not null,
  stage text,
  startups int not null          -- so many more; fewer where negative
);
create index on seat_tally (area_id) include (stage, startups);

-- Seats come and go; none is changed.
create function tally_seats() returns trigger language plpgsql as $$
begin
  case tg_op
    when 'INSERT' then
      insert into seat_tally select area_id, stage, count(*) from fresh group by 1, 2;
    when 'DELETE' then
      insert into seat_tally select area_id, stage, -count(*) from stale group by 1, 2;
    when 'TRUNCATE' then
      truncate seat_tally;
  end case;
  return null;
end $$;
create trigger tally_inserted after insert on seat referencing new table as fresh for each statement execute function tally_seats();
create trigger tally_deleted after delete on seat referencing old table as stale for each statement execute function tally_seats();
create trigger tally_truncated after truncate on seat for each statement execute function tally_seats();

insert into seat_tally select area_id, stage, count(*) from seat group by 1, 2;
analyze seat_tally;

-- Counted along it until now.
drop index seat_area_id_stage_idx;
