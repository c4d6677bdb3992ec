-- Sources are published: whoever takes over a partner's record must know that its source is one of the hub.
alter table source add column changed xid8 not null default pg_current_xact_id();
create index on source (changed, id);

create view feed_source as
  select id, changed, jsonb_build_object('id', id, 'title', title) as record
  from source;

create trigger mark_change before update on source for each row execute function mark_change();
