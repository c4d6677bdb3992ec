import { readFileSync } from 'node:fs';
import type { Database } from '../../../shared/database/database';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Lang, type Text } from '../../../shared/graphql/text';
import { subgraphFile, type SeedOptions } from '../../../shared/subgraph';
import { CommuterFlowEntity } from '../commuter/commuterFlow.entity';
import { IndicatorEntity } from '../indicator/indicator.entity';
import { LabelAwardEntity } from '../label/label.entity';
import { ObservationEntity } from '../observation/observation.entity';
import { OfficeEntity, OrganisationEntity } from '../organisation/organisation.entity';
import { OrganisationKind } from '../organisation/organisation.type';
import { PlaceEntity } from '../place/place.entity';
import { SourceEntity } from '../source/source.entity';
import { deriveContradictions } from '../statement/derive';
import { StatementEntity } from '../statement/statement.entity';
import { TerritoryCodeEntity, TerritoryEntity, TerritoryParentEntity } from '../territory/territory.entity';
import { TerritoryKind } from '../territory/territory.type';
import { areas, RETRIEVED, type Area } from './tree';

const load = <Row>(file: string): Row[] => JSON.parse(readFileSync(subgraphFile('territories', 'seed', file), 'utf8')) as Row[];

export async function seed(db: Database, { demoOffers }: SeedOptions): Promise<void> {
  await db.insert(SourceEntity, load<SourceEntity>('sources.json'));
  const tree = areas();
  await seedTree(db, tree);
  await db.insert(IndicatorEntity, load<IndicatorEntity>('indicators.json'));
  await db.insert(ObservationEntity, populations(tree));
  await db.insert(OrganisationEntity, load<OrganisationEntity>('organisations.json'));
  if (demoOffers > 0) await db.insert(OrganisationEntity, demoEmployers());
  await db.insert(OfficeEntity, load<OfficeEntity>('offices.json'));
  await db.insert(PlaceEntity, load<PlaceEntity>('places.json'));
  await db.insert(LabelAwardEntity, load<LabelAwardEntity>('labels.json'));
  await db.insert(CommuterFlowEntity, load<CommuterFlowEntity>('commuter-flows.json'));
  await db.insert(StatementEntity, load<StatementEntity>('statements.json'));
  await deriveContradictions(db.dataSource.manager);
}

async function seedTree(db: Database, tree: Area[]): Promise<void> {
  const containing = new Map<string, string[]>();
  for (const { id, parents } of tree) {
    containing.set(id, [id, ...new Set(parents.flatMap((parent) => containing.get(parent) ?? []))]);
  }
  const said = new Map(load<{ territoryId: string; provenance: ProvenanceRecord[] }>('territory-facts.json').map((row) => [row.territoryId, row.provenance]));
  const centres = centresOf(tree, containing);
  await db.insert(
    TerritoryEntity,
    tree.map((area) => ({
      id: area.id,
      kind: area.kind,
      names: area.names,
      aliases: area.aliases ?? [],
      country: area.country,
      lat: centres.get(area.id)?.lat ?? null,
      lon: centres.get(area.id)?.lon ?? null,
      validFrom: area.validFrom ?? null,
      validTo: area.validTo ?? null,
      areas: containing.get(area.id)!,
      provenance: [...area.provenance, ...(said.get(area.id) ?? [])],
    })),
  );
  await db.insert(
    TerritoryCodeEntity,
    tree.flatMap(({ id, codes }) => codes.map((code) => ({ ...code, territoryId: id }))),
  );
  const kinds = new Map(tree.map(({ id, kind }) => [id, kind]));
  const cooperation = new Set([TerritoryKind.METROPOLITAN_POLE, TerritoryKind.CROSS_BORDER_AREA]);
  await db.insert(
    TerritoryParentEntity,
    tree.flatMap(({ id, parents }) => parents.map((parent) => ({ childId: id, parentId: parent, rank: cooperation.has(kinds.get(parent)!) ? 1 : 0 }))),
  );
}

/** Municipalities have a centroid; a wider area has the mean of theirs, weighted by population. */
function centresOf(tree: Area[], containing: Map<string, string[]>): Map<string, { lat: number; lon: number }> {
  const sums = new Map<string, { weight: number; lat: number; lon: number }>();
  for (const { id, lat, lon, population } of tree) {
    if (lat === undefined || lon === undefined) continue;
    const weight = Math.max(1, population.at(-1)?.value ?? 1);
    for (const area of containing.get(id)!) {
      const sum = sums.get(area) ?? { weight: 0, lat: 0, lon: 0 };
      sums.set(area, { weight: sum.weight + weight, lat: sum.lat + weight * lat, lon: sum.lon + weight * lon });
    }
  }
  const round = (degrees: number) => Number(degrees.toFixed(5));
  // Only a part of these is in the hub: a mean of that part would be misleading.
  const partial = new Set(['fr', 'de', 'fr-region-44', 'grande-region']);
  return new Map([...sums].filter(([id]) => !partial.has(id)).map(([id, { weight, lat, lon }]) => [id, { lat: round(lat / weight), lon: round(lon / weight) }]));
}

/** What the registers state, and for an area all of whose municipalities are known in a year, their sum. */
function populations(tree: Area[]): ObservationEntity[] {
  const observation = (territoryId: string, period: string, value: number, provenance: Partial<ProvenanceRecord>): ObservationEntity => ({
    id: `population-${period}-${territoryId}`,
    indicatorId: 'population',
    territoryId,
    period,
    value,
    provenance: { source: 'hub', retrievedAt: RETRIEVED, confidence: Confidence.STATED, ...provenance },
  });
  const stated = tree.flatMap(({ id, population }) =>
    population.map(({ year, value, source, confidence }) => observation(id, year, value, { source, confidence, recordId: id, asOf: asOf(source, year) })),
  );
  const known = new Set(stated.map(({ id }) => id));
  const municipalities = tree.filter(({ kind }) => kind === TerritoryKind.MUNICIPALITY);
  const parents = new Map(tree.map(({ id, parents }) => [id, parents]));
  const sizes = new Map(tree.map(({ id, memberCount }) => [id, memberCount]));
  const inside = (id: string, area: string): boolean => (parents.get(id) ?? []).some((parent) => parent === area || inside(parent, area));
  const whole = tree.filter(({ id, kind }) => kind !== TerritoryKind.MUNICIPALITY && !['fr', 'de', 'be', 'fr-region-44', 'grande-region', 'nuts-deb', 'nuts-be3'].includes(id));
  const summed = whole.flatMap(({ id: area }) => {
    const members = municipalities.filter(({ id }) => inside(id, area));
    const years = [...new Set(members.flatMap(({ population }) => population.map(({ year }) => year)))];
    return years.flatMap((year) => {
      const values = members.flatMap(({ population }) => population.filter((one) => one.year === year));
      const id = `population-${year}-${area}`;
      // A sum that lacks a member would look like a population.
      if (values.length !== (sizes.get(area) ?? members.length) || known.has(id)) return [];
      const sum = values.reduce((total, { value }) => total + value, 0);
      const source = values[0]!.source;
      return [observation(area, year, sum, { source, confidence: Confidence.INFERRED, recordId: `sum of ${members.length} municipalities`, asOf: asOf(source, year) })];
    });
  });
  return [...stated, ...summed];
}

/** The day on which a register's population of a year holds. */
function asOf(source: string, year: string): string {
  if (source === 'de-gvisys') return `${year}-12-31`;
  return source === 'de-zensus-2022' ? '2022-05-15' : `${year}-01-01`;
}

/** Employers of the demonstration: their names say that they are made up. */
function demoEmployers(): Partial<OrganisationEntity>[] {
  const towns = [
    ['fr-commune-57672', Lang.FR],
    ['fr-commune-57463', Lang.FR],
    ['fr-commune-54395', Lang.FR],
    ['fr-commune-88160', Lang.FR],
    ['lu-commune-0304', Lang.FR],
    ['lu-commune-0204', Lang.FR],
    ['de-gemeinde-10041100', Lang.DE],
    ['de-gemeinde-10044115', Lang.DE],
  ] as const;
  return towns.map(([territoryId, lang], at) => {
    const names: Text = [{ lang, value: lang === Lang.DE ? `Demo-Arbeitgeber ${at + 1} (fiktiv)` : `Employeur de démonstration ${at + 1} (fictif)` }];
    const id = `demo-employer-${at + 1}`;
    return {
      id,
      kind: OrganisationKind.COMPANY,
      names,
      aliases: [],
      territoryId,
      url: null,
      provenance: [{ source: 'synthetic', retrievedAt: RETRIEVED, recordId: id, confidence: Confidence.ESTIMATED }],
    };
  });
}
