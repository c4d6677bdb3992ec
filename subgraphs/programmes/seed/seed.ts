import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Database } from '../../../shared/database/database';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import { subgraphFile, type SeedOptions } from '../../../shared/subgraph';
import { AwardEntity } from '../award/award.entity';
import { ChallengeEntity } from '../challenge/challenge.entity';
import { demoChallenges } from '../demo/challenges';
import { insertDemoEdition } from '../demo/edition';
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
  await db.insert(EditionEntity, editions.map(({ rules: _, funnel: __, ...edition }) => edition));
  await seedHorizonCalls(db);
  await db.insert(EditionRuleEntity, editions.flatMap(({ id, rules }) => rules.map((rule, position) => ({ territories: [], ...rule, editionId: id, position }))));
  await db.insert(FunnelStepEntity, editions.flatMap(({ id, funnel }) => funnel.map((step, position) => ({ ...step, editionId: id, position }))));

  await db.insert(EnvelopeEntity, load<EnvelopeEntity>('envelopes.json'));
  await db.insert(ServiceEntity, load<ServiceEntity>('services.json'));
  await db.insert(EventEntity, load<EventEntity>('events.json'));
  await db.insert(AwardEntity, load<AwardEntity>('awards.json'));
  if (demoOffers > 0) {
    await db.insert(ChallengeEntity, demoChallenges(today));
    await insertDemoEdition(db, today);
  }
}

const rolesOf = ({ id: programmeId }: ProgrammeRecord, kind: RoleKind, parts: Part[]): RoleEntity[] =>
  parts.map((part, index) => ({ ...part, id: `${programmeId}-${kind.toLowerCase()}-${index + 1}`, kind, programmeId }));

/** Calls of Horizon Europe, an edition each. The portal opens them at midnight and closes them at 17:00, in Brussels. */
async function seedHorizonCalls(db: Database): Promise<void> {
  const rows: Record<string, string>[] = parse(readFileSync(subgraphFile('programmes', 'seed', 'horizon-calls.csv')), { columns: true });
  const times = new Map<string, number>();
  const calls = rows.map(({ identifier, title, opens, closes }) => {
    // The portal gives one identifier to several topics.
    const time = (times.get(identifier!) ?? 0) + 1;
    times.set(identifier!, time);
    const provenance: ProvenanceRecord = { source: 'horizon-portal', recordId: identifier!, retrievedAt: '2026-05-11T00:00:00Z', confidence: Confidence.STATED };
    return {
      id: `horizon-${identifier!.toLowerCase()}${time > 1 ? `-${time}` : ''}`,
      label: `${identifier} ${title}`,
      opens: opens ? `${opens} 00:00` : null,
      closes: closes ? `${closes} 17:00` : null,
      provenance: [provenance],
    };
  });
  await db.dataSource.query(
    `insert into edition (id, programme_id, label, opens_at, closes_at, time_zone, territories, provenance)
     select id, 'horizon-europe', label, opens at time zone 'Europe/Brussels', closes at time zone 'Europe/Brussels', 'Europe/Brussels', '{grande-region}', provenance
     from jsonb_to_recordset($1) as r(id text, label text, opens timestamp, closes timestamp, provenance jsonb)`,
    [JSON.stringify(calls)],
  );
}
