import type { Database } from '../../../shared/database/database';
import { Confidence } from '../../../shared/graphql/values';
import { EditionEntity, EditionRuleEntity } from '../edition/edition.entity';
import { RuleKind } from '../eligibility/eligibility.type';

const DAY = 86_400_000;
const AREAS = ['lu', 'fr-region-lorraine', 'nuts-dec0', 'nuts-deb', 'nuts-be3'];

/** An edition of 1,2,3 GO that is open, for trying applications: of the real ones none that is known is. */
export async function insertDemoEdition(db: Database, today: Date): Promise<void> {
  const at = (days: number) => new Date(Math.floor(today.getTime() / DAY) * DAY + days * DAY);
  const id = 'demo-123go';
  await db.insert(EditionEntity, [
    {
      id,
      programmeId: '123go',
      label: 'Démonstration / Demonstration',
      announcedAt: at(-60),
      opensAt: at(-30),
      closesAt: at(400),
      reviewFrom: null,
      resultsAt: null,
      archivedAt: null,
      cancelled: false,
      timeZone: 'Europe/Luxembourg',
      territories: AREAS,
      provenance: [{ source: 'synthetic', retrievedAt: today.toISOString(), recordId: id, confidence: Confidence.ESTIMATED }],
    },
  ]);
  await db.insert(EditionRuleEntity, [{ editionId: id, position: 0, kind: RuleKind.SEATED_IN, value: null, territories: AREAS }]);
}
