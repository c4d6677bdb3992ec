import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Database } from '../../../shared/database/database';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import { subgraphFile, type SeedOptions } from '../../../shared/subgraph';
import { AwardEntity } from '../award/award.entity';
import { ChallengeEntity } from '../challenge/challenge.entity';
import { demoChallenges } from '../demo/challenges';
import { EditionEntity, EditionRuleEntity, FunnelStepEntity } from '../edition/edition.entity';
import { EnvelopeEntity } from '../envelope/envelope.entity';
import { EventEntity } from '../event/event.entity';
import { ProgrammeEntity, RoleEntity, RoleKind } from '../programme/programme.entity';
import { RelayEntity } from '../relay/relay.entity';
import { ServiceEntity } from '../service/service.entity';

type Part = Omit<RoleEntity, 'id' | 'kind' | 'programmeId'>;
type ProgrammeRecord = ProgrammeEntity & { operators: Part[]; referencePartners: Part[] };
type EditionRecord = EditionEntity & {
  rules: { kind: EditionRuleEntity['kind']; value: number | null; territories?: string[] }[];
  funnel: Omit<FunnelStepEntity, 'editionId' | 'position'>[];
};

const load = <Row>(file: string): Row[] => JSON.parse(readFileSync(subgraphFile('programmes', 'seed', file), 'utf8')) as Row[];

export async function seed(db: Database, { demoOffers, today }: SeedOptions): Promise<void> {
  const programmes = load<ProgrammeRecord>('programmes.json');
  await db.insert(ProgrammeEntity, programmes.map(({ operators: _, referencePartners: __, ...programme }) => programme));
  await db.insert(RoleEntity, programmes.flatMap((programme) => [
    ...rolesOf(programme, RoleKind.OPERATOR, programme.operators),
    ...rolesOf(programme, RoleKind.REFERENCE_PARTNER, programme.referencePartners),
  ]));
  await db.insert(RelayEntity, load<RelayEntity>('relays.json'));

  const editions = load<EditionRecord>('editions.json');
  await db.insert(EditionEntity, [...editions.map(({ rules: _, funnel: __, ...edition }) => edition), ...horizonCalls()]);
  await db.insert(EditionRuleEntity, editions.flatMap(({ id, rules }) => rules.map((rule, position) => ({ territories: [], ...rule, editionId: id, position }))));
  await db.insert(FunnelStepEntity, editions.flatMap(({ id, funnel }) => funnel.map((step, position) => ({ ...step, editionId: id, position }))));

  await db.insert(EnvelopeEntity, load<EnvelopeEntity>('envelopes.json'));
  await db.insert(ServiceEntity, load<ServiceEntity>('services.json'));
  await db.insert(EventEntity, load<EventEntity>('events.json'));
  await db.insert(AwardEntity, load<AwardEntity>('awards.json'));
  if (demoOffers > 0) await db.insert(ChallengeEntity, demoChallenges(today));
}

const rolesOf = ({ id: programmeId }: ProgrammeRecord, kind: RoleKind, parts: Part[]): RoleEntity[] =>
  parts.map((part, index) => ({ ...part, id: `${programmeId}-${kind.toLowerCase()}-${index + 1}`, kind, programmeId }));

/** Calls of Horizon Europe, one edition each: from the first to the last instant of their days in Brussels. */
function horizonCalls(): EditionEntity[] {
  const rows: Record<string, string>[] = parse(readFileSync(subgraphFile('programmes', 'seed', 'horizon-calls.csv')), { columns: true });
  const times = new Map<string, number>();
  return rows.map(({ identifier, title, opens, closes }) => {
    // The portal gives one identifier to several topics.
    const time = (times.get(identifier!) ?? 0) + 1;
    times.set(identifier!, time);
    const provenance: ProvenanceRecord = { source: 'horizon-portal', recordId: identifier!, retrievedAt: '2026-05-11T00:00:00Z', confidence: Confidence.STATED };
    return {
      id: `horizon-${identifier!.toLowerCase()}${time > 1 ? `-${time}` : ''}`,
      programmeId: 'horizon-europe',
      label: `${identifier} ${title}`,
      announcedAt: null,
      opensAt: opens ? `${opens}T00:00:00 Europe/Brussels` : null,
      // The portal closes its calls at 17:00.
      closesAt: closes ? `${closes}T17:00:00 Europe/Brussels` : null,
      reviewFrom: null,
      resultsAt: null,
      archivedAt: null,
      cancelled: false,
      timeZone: 'Europe/Brussels',
      territories: ['grande-region'],
      provenance: [provenance],
    };
  });
}
