import type { Area } from '../../../shared/areas/areas';
import { Lang } from '../../../shared/graphql/text';
import { JobState } from '../offer/offer.kinds';
import { yearlyGross } from '../salary/yearlyGross';
import { occupations } from '../seed/occupations';
import { demoOffer, demoOffers, type DemoWorld } from './generate';
import { placesOf } from './places';
import { professions } from './professions';

const area = (id: string, country: string, lat: number, lon: number): Area => ({ id, kind: 'MUNICIPALITY', names: [{ lang: Lang.FR, value: `Ville ${id}` }], country, lat, lon, areas: [id] });
const world: DemoWorld = {
  places: placesOf([
    area('fr-commune-57672', 'FR', 49.366, 6.164),
    area('lu-commune-0304', 'LU', 49.614, 6.126),
    area('de-gemeinde-10042115', 'DE', 49.473, 6.386),
    area('fr-commune-88160', 'FR', 48.18, 6.45),
  ]),
  startups: [1, 2, 3].map((number) => ({ id: `startup-${number}`, name: `Démo Mésange ${number} (fictif)` })),
  organisations: [{ id: 'demo-employer-1', name: 'Employeur de démonstration 1 (fictif)' }],
  today: new Date('2026-11-23T14:00:00Z'),
};
const DAY = 86_400_000;
const midnight = Date.parse('2026-11-23T00:00:00Z');
const offers = [...demoOffers(3000, world)];

it('makes the same offers again, whatever the size and the hour of the day', () => {
  expect([...demoOffers(50, { ...world, today: new Date('2026-11-23T01:00:00Z') })]).toEqual(offers.slice(0, 50));
  expect(demoOffer(1234, world)).toEqual(offers[1234]);
});

it('gives each an id of its own, of version 7 and in the order of publication', () => {
  expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length);
  for (const { id, publishedAt } of offers) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    if (publishedAt) expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(publishedAt.getTime());
  }
});

it('says of each that it is made up', () => {
  for (const { description, employerName, provenance, applyUrl } of offers) {
    expect(description).toMatch(/^(Offre fictive|Erfundenes Angebot|Erfonnten Offer|Made-up offer)/);
    expect(employerName).toMatch(/fictif|Erfunden|Erfonnt|Made-up/);
    expect(provenance).toMatchObject({ source: 'synthetic', confidence: 'ESTIMATED', recordId: expect.stringMatching(/^demo-offer-\d+$/) });
    expect(applyUrl ?? 'https://example.org/').toMatch(/^https:\/\/example\.org\//);
  }
});

it('needs no startup and no organisation', () => {
  const alone = [...demoOffers(200, { ...world, startups: [], organisations: [] })];
  expect(alone.every(({ startupId, organisationId, employerName }) => startupId === null && organisationId === null && employerName !== '')).toBe(true);
});

it('spreads employers, states and dates as a market would', () => {
  const share = (condition: (offer: (typeof offers)[number]) => boolean) => offers.filter(condition).length / offers.length;
  expect(share(({ startupId }) => startupId !== null)).toBeCloseTo(0.7, 1);
  expect(share(({ state }) => state === JobState.PUBLISHED)).toBeCloseTo(0.94, 1);
  for (const state of [JobState.DRAFT, JobState.SUSPENDED, JobState.FILLED]) expect(share((offer) => offer.state === state)).toBeGreaterThan(0);
  const past = offers.filter(({ validThrough }) => validThrough.getTime() < midnight);
  expect(past.length / offers.length).toBeCloseTo(0.03, 1);
  for (const { state, publishedAt, validThrough } of offers) {
    expect(publishedAt === null).toBe(state === JobState.DRAFT);
    if (publishedAt) expect(publishedAt.getTime()).toBeLessThanOrEqual(midnight);
    if (publishedAt) expect(publishedAt.getTime()).toBeLessThan(validThrough.getTime());
    expect(validThrough.getTime()).toBeLessThan(midnight + 402 * DAY);
  }
});

it('says contracts in the word of the country', () => {
  const words = (country: string) => new Set(offers.filter(({ territoryId }) => territoryId.startsWith(country)).map(({ contractAsStated }) => contractAsStated));
  expect(words('fr')).toEqual(new Set(['CDI', 'CDD', 'alternance', 'stage', 'intérim', 'freelance', 'CDD saisonnier']));
  expect(words('de')).toEqual(new Set(['unbefristet', 'befristet', 'Ausbildung', 'Minijob', 'Zeitarbeit', 'Praktikum', 'freie Mitarbeit']));
  expect(words('lu')).toEqual(new Set(['CDI', 'CDD', 'Léierplaz', 'intérim', 'stage']));
});

it('computes comparable pay by the rule, and leaves net and unstated pay without it', () => {
  for (const offer of offers) {
    const { salaryPeriod: period, salaryCurrency: currency, salaryGross: gross } = offer;
    if (period === null || currency === null || gross === null) {
      expect([offer.salaryMin, offer.yearlyGrossMin, offer.salaryAsStated]).toEqual([null, null, null]);
      continue;
    }
    const country = offer.territoryId.slice(0, 2).toUpperCase();
    const { salaryMin: min, salaryMax: max, salaryMonths: monthsPerYear, weeklyHours, workTime } = offer;
    expect({ min: offer.yearlyGrossMin, max: offer.yearlyGrossMax }).toEqual(
      yearlyGross({ min, max, currency, period, gross, monthsPerYear, weeklyHours, partTime: workTime === 'PART_TIME', country }),
    );
    if (!gross) expect(offer.yearlyGrossMin).toBeNull();
    expect(min).toBeGreaterThan(0);
    expect(max ?? min).toBeGreaterThanOrEqual(min!);
  }
  expect(new Set(offers.map(({ salaryPeriod }) => salaryPeriod))).toEqual(new Set(['HOUR', 'MONTH', 'YEAR', null]));
});

it('records some jobs twice, under two ids', () => {
  const [first, second] = [offers[38]!, offers[39]!];
  expect([second.title, second.employerName, second.territoryId]).toEqual([first.title, first.employerName, first.territoryId]);
  expect(second.id).not.toBe(first.id);
  expect(second.provenance.recordId).not.toBe(first.provenance.recordId);
});

it('uses codes that the classifications have', () => {
  const known = new Set(occupations().occupations.map(({ id }) => id));
  for (const { isco, rome, esco, kldb } of professions) for (const id of [isco, rome, esco, kldb]) expect(known).toContain(id);
});
