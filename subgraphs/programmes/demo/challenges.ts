import { Confidence } from '../../../shared/graphql/values';
import { Lang, type Text } from '../../../shared/graphql/text';
import type { ChallengeEntity } from '../challenge/challenge.entity';

const DAY = 86_400_000;

/** Challenges of the demonstration's employers: open, closed and matched; nothing in them is real. */
export function demoChallenges(today: Date): ChallengeEntity[] {
  const text = (fr: string, de: string): Text => [
    { lang: Lang.FR, value: `Démonstration : ${fr}` },
    { lang: Lang.DE, value: `Demonstration: ${de}` },
  ];
  const at = (days: number) => new Date(Math.floor(today.getTime() / DAY) * DAY + days * DAY);
  const rows = [
    ['fr-commune-57672', 1, 'suivi de stocks sans papier', 'papierlose Lagerverfolgung', ['logistics', 'iot'], -20, 400, null],
    ['fr-commune-57463', 2, 'maintenance prédictive de pompes', 'vorausschauende Wartung von Pumpen', ['iot', 'ai'], -40, 200, null],
    ['fr-commune-54395', 3, 'accueil des patients en quatre langues', 'Patientenempfang in vier Sprachen', ['health'], -90, -10, null],
    ['de-gemeinde-10041100', 7, 'lecture automatique de bons de livraison', 'automatisches Lesen von Lieferscheinen', ['ai'], -60, 300, -5],
  ] as const;
  return rows.map(([territoryId, employer, fr, de, topics, opens, closes, matched], index) => ({
    id: `demo-challenge-${index + 1}`,
    titles: text(fr, de),
    descriptions: text(`besoin fictif : ${fr}.`, `erfundener Bedarf: ${de}.`),
    ownerId: `demo-employer-${employer}`,
    territoryId,
    topics: [...topics],
    opensAt: at(opens),
    closesAt: at(closes),
    matchedAt: matched === null ? null : at(matched),
    closedAt: matched === null && closes < 0 ? at(closes) : null,
    provenance: { source: 'synthetic', retrievedAt: today.toISOString(), recordId: `demo-challenge-${index + 1}`, confidence: Confidence.ESTIMATED },
  }));
}
