import { execute, getNamedType, isLeafType, isObjectType, isUnionType, parse, type GraphQLField, type GraphQLObjectType } from 'graphql';
import type { SubgraphName } from '../../shared/config';
import { Context } from '../../shared/graphql/context';
import { PUBLIC } from '../../shared/rights/caller';
import type { RunningSubgraph } from '../../shared/running';
import { useHub } from '../testkit/hub';

// Records of which only the columns are read that an operation asks for. A resolver that reads another column, and does not say it,
// would answer as if that were empty.

const hub = useHub();

interface Case {
  type: string;
  owner: SubgraphName;
  /** What follows `select id from` for enough of them that each field has something to tell. */
  from: string;
  /** Fields for which the seed has nothing. */
  empty: string[];
  /** A field, and the columns that it and `id` need. */
  field: string;
  columns: string[];
  /** Queries that reach such records in each way, F for the field, KNOWN for what the statement beside it finds. */
  places: [query: string, known?: string][];
}

const entities = (type: string, of: string) => `_entities(representations: [KNOWN]) { ...on ${type} { ${of} } }`;
const reference = (type: string, id: string) => `select '{__typename: "${type}", id: "' || ${id} || '"}' as known`;

const cases: Case[] = [
  {
    type: 'Territory',
    owner: 'territories',
    from: `territory order by valid_to, valid_from, id like 'fr-commune-%', id limit 300`,
    empty: [],
    field: 'name',
    columns: ['id', 'names'],
    places: [
      ['territory(id: "fr-commune-57463") { F }'],
      ['territory(code: {scheme: INSEE_COM, value: "57463"}) { F }'],
      ['territories { nodes { F } }'],
      ['territories(filter: {search: "metz"}) { edges { node { ...on Territory { F } } } }'],
      [entities('Territory', 'F'), `${reference('Territory', 'id')} from territory limit 5`],
      ['territory(id: "fr-commune-57463") { parents { F } }'],
      ['territory(id: "sillon-lorrain") { children { nodes { F } } }'],
      ['territory(id: "fr-commune-57463") { population { territory { F } } }'],
      ['territory(id: "sillon-lorrain") { labels { territory { F } } }'],
      ['territory(id: "sillon-lorrain") { places { territory { F } } }'],
      ['territory(id: "fr-region-lorraine") { statements { territory { F } } }'],
      ['territory(id: "fr-region-lorraine") { commuterFlows { from { F } to { F } } }'],
      ['organisations { territory { F } }'],
    ],
  },
  {
    type: 'Startup',
    owner: 'startups',
    from: 'startup',
    empty: ['aliases', 'contacts'],
    field: 'territory { id }',
    columns: ['id', 'territoryId'],
    places: [
      ['startup(id: "KNOWN") { F }', 'select id as known from startup where territory_id is not null limit 1'],
      ['startup(registerId: {scheme: SIREN, value: "KNOWN"}) { F }', `select value as known from register_id where scheme = 'SIREN' limit 1`],
      ['startups { nodes { F } }'],
      ['startups(filter: {within: ["sillon-lorrain"]}) { edges { node { F } } }'],
      [entities('Startup', 'F'), `${reference('Startup', 'id')} from startup limit 5`],
      [entities('Territory', 'startups { nodes { F } }'), reference('Territory', `'sillon-lorrain'`)],
      [entities('Place', 'residents { F }'), `${reference('Place', 'host_place_id')} from startup where host_place_id is not null`],
      ['duplicateCandidates(minScore: 0) { nodes { startup { F } other { F } } }'],
    ],
  },
  {
    type: 'Edition',
    owner: 'programmes',
    from: 'edition',
    empty: ['history'],
    field: 'territories { id }',
    columns: ['id', 'territoryIds'],
    places: [
      ['edition(id: "KNOWN") { F }', 'select id as known from edition limit 1'],
      ['editions { F }'],
      [entities('Edition', 'F'), `${reference('Edition', 'id')} from edition limit 5`],
      ['programmes { nodes { editions { F } } }'],
      [entities('Startup', 'awards { edition { F } }'), `${reference('Startup', 'startup_id')} from award where edition_id is not null limit 20`],
      ['events { edition { F } }'],
    ],
  },
  {
    type: 'JobOffer',
    owner: 'jobs',
    from: 'job_offer',
    empty: ['distanceKm'],
    field: 'state',
    columns: ['id', 'storedState', 'validThrough'],
    places: [
      ['jobOffer(id: "KNOWN") { F }', 'select id as known from job_offer where published_at is not null limit 1'],
      ['jobOffers { nodes { F } }'],
      ['jobOffers(filter: {near: {point: {lat: 49.1, lon: 6.2}, radiusKm: 50}}, orderBy: DISTANCE) { edges { node { F } } }'],
      [entities('JobOffer', 'F'), `${reference('JobOffer', 'id')} from job_offer where published_at is not null limit 5`],
      [entities('JobOffer', 'sameAs { F }'), `${reference('JobOffer', 'id')} from job_offer`],
      [entities('Territory', 'jobOffers { nodes { F } }'), reference('Territory', `'sillon-lorrain'`)],
      [entities('Startup', 'jobOffers { F }'), `${reference('Startup', 'startup_id')} from job_offer where startup_id is not null limit 20`],
      [entities('Occupation', 'jobOffers { nodes { F } }'), `${reference('Occupation', 'occupation_id')} from job_offer where occupation_id is not null limit 20`],
    ],
  },
];

describe.each(cases)('$type', ({ type, owner, from, empty, field, columns, places }) => {
  let running: RunningSubgraph;
  let texts: string[] = [];
  beforeAll(() => {
    running = hub.hub.running.get(owner)!;
    const rows = running.db.rows.bind(running.db);
    running.db.rows = (statement, signal) => {
      texts.push(statement.text);
      return rows(statement, signal);
    };
  });

  async function ask(query: string, known?: string): Promise<Record<string, any>> {
    const found: { known: string }[] = known ? await running.db.dataSource.query(known) : [];
    const contextValue = new Context({ db: running.db, langs: [], caller: { ...PUBLIC, scopes: ['contacts:read', 'applications:read'] }, refreshCopies: running.refreshCopies });
    texts = [];
    const { data, errors } = await execute({ schema: running.schema, document: parse(query.replace('KNOWN', found.map((row) => row.known).join(' '))), contextValue });
    expect(errors).toBeUndefined();
    return data!;
  }

  /** A field with all that it tells without further records of the type. */
  function whole({ name, type: given }: GraphQLField<unknown, unknown>, depth = 2): string {
    const inner = getNamedType(given);
    if (isLeafType(inner)) return name;
    if (isUnionType(inner) || depth === 0) return `${name} { __typename }`;
    if (inner.name === type) return `${name} { id }`;
    const fields = Object.values((inner as GraphQLObjectType).getFields()).filter(({ args }) => args.length === 0);
    return `${name} { ${fields.map((one) => whole(one, depth - 1)).join(' ')} }`;
  }

  it('answers each field alone as it answers all of them', async () => {
    const fields = Object.values((running.schema.getType(type) as GraphQLObjectType).getFields());
    const records = async (selection: string): Promise<(Record<string, unknown> | null)[]> =>
      (await ask(`{ ${entities(type, selection)} }`, `${reference(type, 'id')} from ${from}`))._entities;
    const all = await records(fields.map((one) => whole(one)).join(' '));
    for (const one of fields) expect(await records(whole(one))).toEqual(all.map((record) => record && { [one.name]: record[one.name] }));
    // What an object is made of may be read piece by piece too.
    for (const { name, type: given } of fields) {
      const inner = getNamedType(given);
      if (!isObjectType(inner) || inner.name === type) continue;
      for (const piece of Object.values(inner.getFields()).filter(({ args, type: of }) => args.length === 0 && isLeafType(getNamedType(of)))) {
        const only = (value: any): unknown => (Array.isArray(value) ? value.map(only) : value && { [piece.name]: value[piece.name] });
        expect(await records(`${name} { ${piece.name} }`)).toEqual(all.map((record) => record && { [name]: only(record[name]) }));
      }
    }
    const told = (name: string) => all.some((record) => [record?.[name]].flat().some((value) => value != null));
    expect(fields.map(({ name }) => name).filter((name) => !told(name))).toEqual(empty);
  });

  for (const [query, known] of places) {
    it(`reads only what is asked for in ${query}`, async () => {
      const data = await ask(`{ ${query.replaceAll('F }', '...Asked }')} } fragment Asked on ${type} { ${field} }`, known);
      expect(JSON.stringify(data)).toContain(`"${field.split(' ')[0]}":`);
      const read = texts.filter((text) => text.includes('.id as "id"')).flatMap((text) => [...text.matchAll(/ as "(?!position)(\w+)"/g)].map(([, name]) => name));
      expect([...new Set(read)].sort()).toEqual(columns);
    });
  }
});
