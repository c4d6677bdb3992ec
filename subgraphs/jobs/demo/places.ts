import type { Area } from '../../../shared/areas/areas';
import { Random } from '../../../shared/demo/random';

/** A municipality with offers. */
export interface Place {
  id: string;
  name: string;
  country: string;
  lat: number;
  lon: number;
  /** Weight of it and of all before it. */
  upTo: number;
}

/** How many offers towns have, relative to each other; any other municipality has OTHER. */
const towns: Readonly<Record<string, number>> = {
  'fr-commune-57672': 260, // Thionville
  'fr-commune-57463': 420, // Metz
  'fr-commune-54395': 380, // Nancy
  'fr-commune-88160': 140, // Épinal
  'fr-commune-57757': 40, // Yutz
  'fr-commune-57306': 25, // Hayange
  'fr-commune-57751': 25, // Woippy
  'fr-commune-57480': 25, // Montigny-lès-Metz
  'fr-commune-54547': 60, // Vandœuvre-lès-Nancy
  'fr-commune-54323': 30, // Longwy
  'fr-commune-57227': 30, // Forbach
  'fr-commune-57631': 35, // Sarreguemines
  'fr-commune-88413': 25, // Saint-Dié-des-Vosges
  'lu-commune-0304': 520, // Luxembourg
  'lu-commune-0204': 160, // Esch-sur-Alzette
  'lu-commune-0203': 70, // Dudelange
  'lu-commune-0202': 50, // Differdange
  'lu-commune-0201': 40, // Bettembourg
  'de-gemeinde-10041100': 330, // Saarbrücken
  'de-gemeinde-10044115': 80, // Saarlouis
  'de-gemeinde-10042115': 90, // Perl
  'de-gemeinde-10042113': 50, // Merzig
  'de-gemeinde-10043114': 50, // Neunkirchen
  'de-gemeinde-10045114': 50, // Homburg
  'de-gemeinde-10045117': 50, // St. Ingbert
};
const OTHER = 0.3;
const NEAR_THIONVILLE = 1;
const thionville = { lat: 49.36, lon: 6.17 };

/** Municipalities of the three countries with the weight that each has. */
export function placesOf(areas: readonly Area[]): Place[] {
  let upTo = 0;
  const municipalities = areas.filter(({ kind, country, lat, lon }) => kind === 'MUNICIPALITY' && country !== null && lat !== null && lon !== null);
  return [...municipalities]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, names, country, lat, lon }) => {
      const place = { id, name: names[0]?.value ?? id, country: country!, lat: lat!, lon: lon! };
      upTo += towns[id] ?? (kilometresBetween(place, thionville) < 30 ? NEAR_THIONVILLE : OTHER);
      return { ...place, upTo };
    });
}

/** One of the places, each as often as its weight says. */
export function pickPlace(places: readonly Place[], random: Random): Place {
  const target = random.next() * places.at(-1)!.upTo;
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]!.upTo > target) high = middle;
    else low = middle + 1;
  }
  return places[low]!;
}

const SITES = 5;

/** One of the made-up sites of a place, within some two kilometres of its centroid. */
export function pickSite({ id, lat, lon }: Place, random: Random): { lat: number; lon: number } {
  const site = new Random(random.between(1, SITES) * 1_000_003 + [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 0));
  const beside = (degrees: number, width: number) => Number((degrees + (site.next() - 0.5) * width).toFixed(3));
  return { lat: beside(lat, 0.03), lon: beside(lon, 0.045) };
}

/** Good to one per cent at this latitude. */
function kilometresBetween(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  return Math.hypot((a.lat - b.lat) * 111.2, (a.lon - b.lon) * 72.6);
}
