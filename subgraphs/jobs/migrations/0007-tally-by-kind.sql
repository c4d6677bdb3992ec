-- Who looks for offers mostly says which contract, language or pay. Together these are an offer's kind, by which the tally is
-- read: along a strip, offers of one kind stand together, and others are not looked at.
create function kind_of(contract text, lang text, salaried boolean) returns text language sql immutable strict parallel safe
  as $$ select contract || ' ' || lang || ' ' || salaried::text $$;

alter table offer_tally add column kind text collate "C" generated always as (kind_of(contract, lang, salaried)) stored;
-- PostgreSQL's own name for the one of areas.
drop index if exists offer_tally_area_id_country_contract_lang_salaried_publishe_idx, offer_tally_strip;
create index offer_tally_area on offer_tally (area_id) include (kind, country, contract, published);
create index offer_tally_strip on offer_tally (strip, lon) include (position, country, contract, published) where strip is not null;
create index offer_tally_kind on offer_tally (strip, kind, lon) include (position, country, contract, published) where strip is not null;
analyze offer_tally;
