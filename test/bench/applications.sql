-- Applications of the demonstration's startups, which the hub's own generator does not make: each a plain row.
insert into programmes.application (id, edition_id, startup_id, relay_id, state, created_at, submitted_at)
select '01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'), 'demo-123go', id, relays[1 + n % cardinality(relays)], states[1 + n % cardinality(states)], now(), now()
from (select id, row_number() over (order by id) as n from programmes.startup where merged_into is null limit 2000) startup,
  (select array_agg(id order by id) as relays from programmes.relay where programme_id = '123go') relay,
  (select array['SUBMITTED', 'ELIGIBLE', 'ADMITTED', 'COACHED', 'LAUREATE', 'NOT_RETAINED'] as states) state;
