import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Lang, type Text } from '../../../shared/graphql/text';
import { subgraphFile } from '../../../shared/subgraph';
import { CodeScheme, TerritoryKind } from '../territory/territory.type';

/** An area as its register has it, before its place in the tree is known. */
export interface Area {
  id: string;
  kind: TerritoryKind;
  names: Text;
  aliases?: string[];
  country: string | null;
  codes: { scheme: CodeScheme; value: string; vintage: number }[];
  lat?: number;
  lon?: number;
  validFrom?: string;
  validTo?: string;
  /** Ids of the areas that directly contain it. */
  parents: string[];
  /** How many municipalities it has, where not all of them are in the hub. */
  memberCount?: number;
  /** Population by year, as the register states it. */
  population: { year: string; value: number; source: string; confidence: Confidence }[];
  provenance: ProvenanceRecord[];
}

interface Commune {
  code: string;
  nom: string;
  type: string;
  departement?: string;
  region?: string;
  population?: number;
}

interface Epci {
  code: string;
  nom: string;
  populationMunicipale: number;
  membres: { code: string; populationMunicipale: number }[];
}

/** A table of the package by which the French code lists come. */
const ofFrance = <Row>(table: string): Row[] =>
  JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${table}.json`), 'utf8')) as Row[];

/** Départements of the former region Lorraine. */
const lorraine: Record<string, string> = { '54': 'Meurthe-et-Moselle', '55': 'Meuse', '57': 'Moselle', '88': 'Vosges' };

/** Intercommunalités of the pôle métropolitain: Metz, Nancy, Thionville, Épinal. */
const sillonLorrain = new Set(['200039865', '245400676', '245701362', '200068757']);

/** Names of towns and areas in the languages of the region, as its people and the other side of the border use them. */
const exonyms: Record<string, Partial<Record<Lang, string>>> = JSON.parse(readFileSync(subgraphFile('territories', 'seed', 'exonyms.json'), 'utf8'));

const read = (file: string): Record<string, string>[] => parse(readFileSync(subgraphFile('territories', 'seed', file)), { columns: true });

export const RETRIEVED = '2026-11-22T00:00:00Z';

const from = (source: string, recordId: string, asOf?: string): ProvenanceRecord => ({
  source,
  recordId,
  asOf: asOf ?? null,
  retrievedAt: RETRIEVED,
  confidence: Confidence.STATED,
});

const named = (id: string, lang: Lang, name: string): Text => [
  { lang, value: name },
  ...Object.entries(exonyms[id] ?? {})
    .filter(([other]) => other !== lang)
    .map(([other, value]) => ({ lang: other as Lang, value: value! })),
];

/** All areas of the hub, each after the areas that contain it. */
export const areas = (): Area[] => [...wideAreas(), ...france(), ...luxembourg(), ...saarland()];

function wideAreas(): Area[] {
  const nuts = (value: string) => ({ scheme: CodeScheme.NUTS, value, vintage: 2024 });
  const area = (id: string, kind: TerritoryKind, lang: Lang, name: string, rest: Partial<Area> = {}): Area => ({
    id,
    kind,
    names: named(id, lang, name),
    country: null,
    codes: [],
    parents: [],
    population: [],
    provenance: [from('eurostat-nuts-2024', rest.codes?.[0]?.value ?? id)],
    ...rest,
  });
  const country = (code: string, lang: Lang, name: string, parents: string[] = [], regions: string[] = []) =>
    area(code.toLowerCase(), TerritoryKind.COUNTRY, lang, name, {
      country: code,
      parents,
      codes: [{ scheme: CodeScheme.ISO3166, value: code, vintage: 2024 }, ...[code, ...regions].map(nuts)],
    });
  return [
    area('grande-region', TerritoryKind.CROSS_BORDER_AREA, Lang.FR, 'Grande Région', { provenance: [from('hub', 'grande-region')] }),
    country('FR', Lang.FR, 'France'),
    country('DE', Lang.DE, 'Deutschland'),
    country('BE', Lang.FR, 'Belgique'),
    // One region at every level of NUTS.
    country('LU', Lang.FR, 'Luxembourg', ['grande-region'], ['LU0', 'LU00', 'LU000']),
    area('fr-region-44', TerritoryKind.REGION, Lang.FR, 'Grand Est', {
      country: 'FR',
      parents: ['fr'],
      validFrom: '2016-01-01',
      codes: [{ scheme: CodeScheme.INSEE_REG, value: '44', vintage: 2026 }, nuts('FRF')],
      population: [{ year: '2023', value: populationOfGrandEst(), source: 'insee-cog', confidence: Confidence.INFERRED }],
      provenance: [from('insee-cog', '44')],
    }),
    // Part of Grand Est since 1 January 2016; Eurostat keeps it as FRF3.
    area('fr-region-lorraine', TerritoryKind.REGION, Lang.FR, 'Lorraine', {
      country: 'FR',
      parents: ['fr-region-44', 'grande-region'],
      validTo: '2015-12-31',
      codes: [{ scheme: CodeScheme.INSEE_REG, value: '41', vintage: 2015 }, nuts('FRF3')],
    }),
    area('nuts-dec0', TerritoryKind.REGION, Lang.DE, 'Saarland', {
      country: 'DE',
      parents: ['de', 'grande-region'],
      codes: [nuts('DEC0'), nuts('DEC'), { scheme: CodeScheme.AGS, value: '10', vintage: 2024 }],
    }),
    area('nuts-deb', TerritoryKind.REGION, Lang.DE, 'Rheinland-Pfalz', { country: 'DE', parents: ['de', 'grande-region'], codes: [nuts('DEB')] }),
    area('nuts-be3', TerritoryKind.REGION, Lang.FR, 'Région wallonne', { country: 'BE', parents: ['be', 'grande-region'], codes: [nuts('BE3')], aliases: ['Wallonie'] }),
    area('sillon-lorrain', TerritoryKind.METROPOLITAN_POLE, Lang.FR, 'Sillon Lorrain', {
      country: 'FR',
      parents: ['fr-region-lorraine'],
      aliases: ['Pôle métropolitain européen du Sillon Lorrain', 'LORnTECH'],
      provenance: [from('hub', 'sillon-lorrain')],
    }),
  ];
}

/** Most of its communes are outside the hub: their sum is not. */
const populationOfGrandEst = (): number =>
  ofFrance<Commune>('communes')
    .filter(({ type, region }) => type === 'commune-actuelle' && region === '44')
    .reduce((sum, { population = 0 }) => sum + population, 0);

function france(): Area[] {
  const present = ofFrance<Commune>('communes').filter(({ type }) => type === 'commune-actuelle');
  const communeOf = new Map(present.map((commune) => [commune.code, commune]));
  const communes = present.filter(({ departement }) => departement !== undefined && departement in lorraine);
  const inLorraine = new Set(communes.map(({ code }) => code));
  const epcis = ofFrance<Epci>('epci').filter(({ membres }) => membres.some(({ code }) => inLorraine.has(code)));
  const epciOf = new Map(epcis.flatMap(({ code, membres }) => membres.map((member) => [member.code, code] as const)));
  const population2022 = new Map(epcis.flatMap(({ membres }) => membres.map((member) => [member.code, member.populationMunicipale] as const)));
  const centroids = new Map(read('fr-centroids.csv').map((row) => [row.insee!, row]));
  const nuts3: Record<string, string> = { '54': 'FRF31', '55': 'FRF32', '57': 'FRF33', '88': 'FRF34' };

  return [
    ...Object.entries(lorraine).map(
      ([code, name]): Area => ({
        id: `fr-departement-${code}`,
        kind: TerritoryKind.DEPARTMENT,
        names: named(`fr-departement-${code}`, Lang.FR, name),
        country: 'FR',
        codes: [
          { scheme: CodeScheme.INSEE_DEP, value: code, vintage: 2026 },
          { scheme: CodeScheme.NUTS, value: nuts3[code]!, vintage: 2024 },
        ],
        parents: ['fr-region-lorraine'],
        population: [],
        provenance: [from('insee-cog', code)],
      }),
    ),
    ...epcis.map(({ code, nom, membres, populationMunicipale }): Area => {
      const departements = [...new Set(membres.map((member) => communeOf.get(member.code)?.departement))];
      const inGrandEst = membres.every((member) => communeOf.get(member.code)?.region === '44');
      const whole = departements.every((departement) => departement && departement in lorraine);
      const inside = departements.length === 1 ? [`fr-departement-${departements[0]}`] : whole ? ['fr-region-lorraine'] : [inGrandEst ? 'fr-region-44' : 'fr'];
      return {
        id: `fr-epci-${code}`,
        kind: TerritoryKind.INTERCOMMUNALITY,
        names: named(`fr-epci-${code}`, Lang.FR, nom),
        country: 'FR',
        codes: [{ scheme: CodeScheme.SIREN, value: code, vintage: 2026 }],
        memberCount: membres.length,
        parents: sillonLorrain.has(code) ? [...inside, 'sillon-lorrain'] : inside,
        population: [{ year: '2022', value: populationMunicipale, source: 'insee-cog', confidence: Confidence.INFERRED }],
        provenance: [from('insee-cog', code)],
      };
    }),
    ...communes.map(({ code, nom, departement, population }): Area => {
      const centroid = centroids.get(code);
      const epci = epciOf.get(code);
      const earlier = population2022.get(code);
      // The package does not name the years: they were told by comparing it with published figures.
      const stated = (year: string, value: number) => ({ year, value, source: 'insee-cog', confidence: Confidence.INFERRED });
      return {
        id: `fr-commune-${code}`,
        kind: TerritoryKind.MUNICIPALITY,
        names: named(`fr-commune-${code}`, Lang.FR, nom),
        country: 'FR',
        codes: [
          { scheme: CodeScheme.INSEE_COM, value: code, vintage: 2026 },
          { scheme: CodeScheme.LAU, value: `FR_${code}`, vintage: 2026 },
        ],
        ...(centroid ? { lat: Number(centroid.lat), lon: Number(centroid.lon) } : {}),
        parents: [...(epci ? [`fr-epci-${epci}`] : []), `fr-departement-${departement}`],
        population: [...(earlier === undefined ? [] : [stated('2022', earlier)]), ...(population === undefined ? [] : [stated('2023', population)])],
        provenance: [from('insee-cog', code), ...(centroid ? [{ ...from('ign-centroids', code), confidence: Confidence.ESTIMATED }] : [])],
      };
    }),
  ];
}

function luxembourg(): Area[] {
  return [
    ...read('lu-cantons.csv').map(
      ({ code, name }): Area => ({
        id: `lu-canton-${code}`,
        kind: TerritoryKind.CANTON,
        names: named(`lu-canton-${code}`, Lang.FR, name!),
        country: 'LU',
        codes: [{ scheme: CodeScheme.LU_CANTON, value: code!, vintage: 2024 }],
        parents: ['lu'],
        population: [],
        provenance: [from('lu-act', code!)],
      }),
    ),
    ...read('lu-communes.csv').map(({ lau2, name, canton, lat, lon, ...columns }): Area => {
      const population = Object.entries(columns).filter(([column, value]) => column.startsWith('population_') && value !== '');
      return {
        id: `lu-commune-${lau2}`,
        kind: TerritoryKind.MUNICIPALITY,
        names: named(`lu-commune-${lau2}`, Lang.FR, name!),
        country: 'LU',
        codes: [{ scheme: CodeScheme.LAU, value: `LU_${lau2}`, vintage: 2024 }],
        lat: Number(lat),
        lon: Number(lon),
        parents: [`lu-canton-${canton}`],
        // Computed from densities; every result is an integer to within 0.00003 persons.
        population: population.map(([column, value]) => ({ year: column.slice(-4), value: Number(value), source: 'lu-statec', confidence: Confidence.INFERRED })),
        provenance: [from('lu-act', lau2!)],
      };
    }),
  ];
}

function saarland(): Area[] {
  const population = (row: Record<string, string>) => [
    { year: '2019', value: Number(row.population_2019), source: 'de-gvisys', confidence: Confidence.STATED },
    { year: '2022', value: Number(row.population_2022), source: 'de-zensus-2022', confidence: Confidence.STATED },
  ];
  return [
    ...read('de-kreise.csv').map(
      (row): Area => ({
        id: `de-kreis-${row.ags}`,
        kind: TerritoryKind.DISTRICT,
        names: named(`de-kreis-${row.ags}`, Lang.DE, row.name!),
        country: 'DE',
        codes: [
          { scheme: CodeScheme.AGS, value: row.ags!, vintage: 2022 },
          { scheme: CodeScheme.NUTS, value: row.nuts3!, vintage: 2024 },
        ],
        parents: ['nuts-dec0'],
        population: population(row),
        provenance: [from('de-gvisys', row.ags!)],
      }),
    ),
    ...read('de-gemeinden.csv').map(
      (row): Area => ({
        id: `de-gemeinde-${row.ags}`,
        kind: TerritoryKind.MUNICIPALITY,
        // The register adds the rank: "Saarbrücken, Landeshauptstadt".
        names: named(`de-gemeinde-${row.ags}`, Lang.DE, row.name!.split(',')[0]!),
        aliases: row.name!.includes(',') ? [row.name!] : [],
        country: 'DE',
        codes: [
          { scheme: CodeScheme.AGS, value: row.ags!, vintage: 2022 },
          { scheme: CodeScheme.LAU, value: `DE_${row.ags}`, vintage: 2022 },
        ],
        lat: Number(row.lat),
        lon: Number(row.lon),
        parents: [`de-kreis-${row.kreis}`],
        population: population(row),
        provenance: [from('de-gvisys', row.ags!)],
      }),
    ),
  ];
}
