-- Who searches around a place mostly says which contract, language or pay: along a strip, offers of each kind stand together,
-- and the others are not read.
alter table offer_tally add column kind text collate "C" generated always as (contract || ' ' || lang || ' ' || salaried::text) stored;
create index offer_tally_kind on offer_tally (strip, kind, lon) include (position, country, contract, lang, salaried, published) where strip is not null;
analyze offer_tally;
