import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { RoundKind } from '../funding/fundingRound';
import type { Country } from './names';
import type { Random } from '../../../shared/demo/random';
import { DAY, dayOf, demoId, demoProvenance } from './record';

export interface DemoTurnover {
  year: number;
  amount: number;
  currency: string;
  shareAbroad: number | null;
  provenance: ProvenanceRecord;
}

export interface DemoRound {
  id: string;
  kind: RoundKind;
  amount: number | null;
  currency: string | null;
  announcedOn: string;
  provenance: ProvenanceRecord;
}

/** Turnovers of the last three years that have ended, and of those since 2024, as far as the startup existed. */
export function turnoversOf(random: Random, startup: { index: number; founded: number | null; today: Date; country: Country }): DemoTurnover[] {
  const { index, founded, today, country } = startup;
  if (founded === null || random.chance(0.15)) return [];
  const last = today.getUTCFullYear() - 1;
  const first = Math.max(new Date(founded).getUTCFullYear(), Math.min(2024, last - 2));
  const turnovers: DemoTurnover[] = [];
  let amount = random.between(20, 400) * 1000;
  // Luxembourg's market is small: its companies sell abroad more often.
  let share = Math.min(98, random.next() ** (country === 'LU' ? 1 : 2.5) * 100);
  for (let year = first; year <= last; year++) {
    turnovers.push({
      year,
      amount: Math.round(amount / 100) * 100,
      currency: 'EUR',
      shareAbroad: random.chance(0.9) ? Math.round(share * 10) / 10 : null,
      provenance: demoProvenance(`startup-${index + 1}-turnover-${year}`, today, `${year}-12-31`),
    });
    amount *= 0.8 + random.next();
    share = Math.max(0, Math.min(98, share + random.between(-8, 12)));
  }
  return turnovers;
}

/** What a round brings, in thousands of its currency. */
const sizes: Record<RoundKind, readonly [number, number]> = {
  GRANT: [10, 200],
  LOAN: [20, 300],
  PRIZE: [5, 50],
  SEED: [100, 900],
  SERIES_A: [1000, 6000],
  SERIES_B: [5000, 20_000],
  LATER: [10_000, 40_000],
};

/** Money from outside, in the order in which companies usually get it; some of it in dollars, some undisclosed. */
export function fundingOf(random: Random, startup: { index: number; founded: number | null; today: Date }): DemoRound[] {
  const { index, founded, today } = startup;
  if (founded === null || random.chance(0.4)) return [];
  const order = [random.pick([RoundKind.PRIZE, RoundKind.GRANT, RoundKind.LOAN]), RoundKind.SEED, RoundKind.SERIES_A, RoundKind.SERIES_B, RoundKind.LATER];
  const kinds = order.slice(0, random.weighted([[1, 50], [2, 30], [3, 14], [4, 5], [5, 1]] as const));
  const age = today.getTime() - founded;
  return kinds.map((kind, at) => {
    const announcedOn = dayOf(founded + Math.floor((age * (at + random.next())) / kinds.length / DAY) * DAY);
    const disclosed = random.chance(0.85);
    const [least, most] = sizes[kind];
    const amount = random.between(least, most) * 1000;
    const currency = random.chance(0.05) ? 'USD' : 'EUR';
    return {
      id: demoId(index, at + 1),
      kind,
      amount: disclosed ? amount : null,
      currency: disclosed ? currency : null,
      announcedOn,
      provenance: demoProvenance(`startup-${index + 1}-round-${at + 1}`, today, announcedOn),
    };
  });
}
