import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { root } from '../../shared/root';
import { useHub } from '../testkit/hub';

// facts.csv says of each of the 107 facts from the five press texts where it went; all of it must be reachable by a query.

const hub = useHub();
const facts: { fact: string; type: string; id: string }[] = parse(readFileSync(join(root, 'test/facts/facts.csv')), { columns: true });

interface Sourced {
  id: string;
  provenance: { recordId: string | null; source: { id: string } } | { recordId: string | null; source: { id: string } }[];
}

const P = 'provenance { recordId source { id } }';
const everything = `query($territories: [ID!]) {
  statements(filter: {territories: $territories}, first: 100) { nodes { id ${P} } }
  organisations { id ${P} offices { id ${P} } }
  places(kinds: [TOTEM, COWORKING, INCUBATOR, LAB, UNIVERSITY, DATA_CENTRE, VENUE]) { id ${P} }
  envelopes { id ${P} }
  services { id ${P} }
  events { id ${P} }
  editions { id ${P} }
  programmes(first: 100) { nodes { id ${P} relays { id ${P} } operators { ${P} } referencePartners { ${P} } } }
  sillon: territory(id: "sillon-lorrain") { id ${P} labels { id ${P} } }
  region: territory(id: "fr-region-lorraine") { id ${P} }
  wide: territory(id: "grande-region") { id ${P} }
}`;

it('the table has every fact of the texts', () => {
  const kinds = { obj: 18, fig: 13, fun: 7, lab: 7, pla: 8, act: 25, cro: 8, ser: 9, pro: 12 };
  const known = new Set(facts.map(({ fact }) => fact));
  for (const [kind, count] of Object.entries(kinds)) expect([...known].filter((fact) => fact.startsWith(`${kind}-`))).toHaveLength(count);
  expect([...known].map((fact) => Number(fact.slice(4))).sort((a, b) => a - b)).toEqual(Array.from({ length: 107 }, (_, index) => index + 1));
});

it('every fact is reached by a query, in the record that the table names, with its source', async () => {
  const data = await hub.data(everything);
  const records: Record<string, Sourced[]> = {
    Statement: data.statements.nodes,
    Organisation: data.organisations,
    Office: data.organisations.flatMap(({ offices }: { offices: Sourced[] }) => offices),
    Place: data.places,
    Envelope: data.envelopes,
    Service: data.services,
    Event: data.events,
    Edition: data.editions,
    // A programme's roles have no id of their own: their provenance counts as the programme's.
    Programme: data.programmes.nodes.map(({ id, provenance, operators, referencePartners }: any) => ({
      id,
      provenance: [...provenance, ...[...operators, ...referencePartners].map((role) => role.provenance)],
    })),
    Relay: data.programmes.nodes.flatMap(({ relays }: { relays: Sourced[] }) => relays),
    LabelAward: data.sillon.labels,
    Territory: [data.sillon, data.region, data.wide],
  };
  const lost = facts.filter(({ fact, type, id }) => {
    const record = records[type]?.find((one) => one.id === id);
    return ![record?.provenance ?? []].flat().some(({ recordId, source }) => recordId === fact && source.id);
  });
  expect(lost).toEqual([]);
});
