-- Sources as a feed: who records something elsewhere names its source by id.
alter table source add column changed xid8 not null default pg_current_xact_id();
create index on source (changed, id);
create trigger mark_change before update on source for each row execute function mark_change();
create view feed_source as select id, changed, jsonb_build_object('id', id) as record from source;
