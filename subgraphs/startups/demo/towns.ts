import type { Country } from './names';
import type { Random } from '../../../shared/demo/random';

/** A municipality as the copy of the tree of territories has it. */
export interface Municipality {
  id: string;
  country: Country;
  lat: number;
  lon: number;
  /** Whether it lies in the pole of the Sillon Lorrain. */
  inPole: boolean;
}

/** Towns with their inhabitants in thousands (INSEE 2023, STATEC 2024, Zensus 2022, rounded). */
const inhabitants: Record<string, number> = {
  'fr-commune-57463': 123, 'fr-commune-54395': 104, 'fr-commune-57672': 43, 'fr-commune-88160': 32, 'fr-commune-54547': 30, 'fr-commune-57480': 22,
  'fr-commune-57227': 20, 'fr-commune-57631': 20, 'fr-commune-57757': 17, 'fr-commune-57306': 16, 'fr-commune-54323': 16, 'fr-commune-57751': 15,
  'fr-commune-57206': 15, 'fr-commune-54304': 15, 'fr-commune-57606': 15, 'fr-commune-54578': 15, 'fr-commune-57240': 13, 'fr-commune-57160': 12,
  'fr-commune-57221': 12, 'fr-commune-54580': 10, 'fr-commune-54357': 10, 'fr-commune-88209': 9,
  'lu-commune-0304': 135, 'lu-commune-0204': 37, 'lu-commune-0202': 30, 'lu-commune-0203': 22, 'lu-commune-0209': 21, 'lu-commune-0213': 19,
  'lu-commune-0303': 17, 'lu-commune-0201': 12, 'lu-commune-0214': 12, 'lu-commune-0108': 11, 'lu-commune-0309': 11, 'lu-commune-0409': 11,
  'lu-commune-0605': 10, 'lu-commune-0301': 9, 'lu-commune-1104': 5, 'lu-commune-1204': 5,
  'de-gemeinde-10041100': 179, 'de-gemeinde-10043114': 47, 'de-gemeinde-10045114': 43, 'de-gemeinde-10041519': 40, 'de-gemeinde-10044115': 38,
  'de-gemeinde-10045117': 36, 'de-gemeinde-10042113': 32, 'de-gemeinde-10046117': 25, 'de-gemeinde-10044111': 21, 'de-gemeinde-10045112': 20,
};
const VILLAGE = 1;
/** French municipalities farther from the border are left out unless they are in the pole, in kilometres. */
const NEAR_THE_BORDER = 40;

/** Kilometres between two places; flat, good enough within the region. */
export function distance(a: Municipality, b: Municipality): number {
  const east = (a.lon - b.lon) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return Math.hypot(a.lat - b.lat, east) * 111.2;
}

/** Where startups of the demonstration have their seats: towns more often than villages. */
export class Towns {
  private readonly weights: Record<Country, (readonly [Municipality, number])[]>;
  private readonly byId: Map<string, Municipality>;

  constructor(municipalities: readonly Municipality[]) {
    this.byId = new Map(municipalities.map((one) => [one.id, one]));
    const abroad = municipalities.filter(({ country }) => country !== 'FR');
    const eligible = municipalities.filter((one) => one.country !== 'FR' || one.inPole || abroad.some((other) => distance(one, other) <= NEAR_THE_BORDER));
    const weighted = (country: Country) => {
      const own = eligible.filter((one) => one.country === country);
      return cumulated(own.map((one) => [one, inhabitants[one.id] ?? VILLAGE] as const));
    };
    this.weights = { FR: weighted('FR'), DE: weighted('DE'), LU: weighted('LU') };
  }

  pick(country: Country, random: Random): Municipality {
    const list = this.weights[country];
    const last = list.at(-1);
    if (!last) throw new Error(`The copy of territories has no municipality of ${country}.`);
    const at = random.next() * last[1];
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]![1] > at) high = middle;
      else low = middle + 1;
    }
    return list[low]![0];
  }

  find(id: string): Municipality | undefined {
    return this.byId.get(id);
  }

  /** The nearest other municipality of the same country. */
  neighbour(of: Municipality): Municipality {
    let [nearest, least] = [of, Infinity];
    for (const [one] of this.weights[of.country]) {
      const far = one === of ? Infinity : distance(one, of);
      if (far < least) [nearest, least] = [one, far];
    }
    return nearest;
  }
}

/** Each with the sum of the weights up to its own. */
function cumulated(weighted: (readonly [Municipality, number])[]): (readonly [Municipality, number])[] {
  let sum = 0;
  return weighted.map(([one, weight]) => [one, (sum += weight)] as const);
}
