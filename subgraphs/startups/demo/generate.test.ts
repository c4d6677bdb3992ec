import { activityClasses } from '../seed/classes';
import { isStepBack } from '../stage/progression';
import { readRegisterNumber } from '../identity/readRegisterNumber';
import { isNumber } from '../identity/registerNumber';
import { generate, type DemoStartup } from './generate';
import { sectors } from './sectors';
import { Towns, type Municipality } from './towns';

const municipality = (id: string, country: Municipality['country'], lat: number, lon: number, inPole = false): Municipality => ({ id, country, lat, lon, inPole });
const towns = new Towns([
  municipality('fr-commune-57672', 'FR', 49.36, 6.16, true),
  municipality('fr-commune-54395', 'FR', 48.69, 6.18, true),
  municipality('fr-commune-88001', 'FR', 48.0, 6.4),
  municipality('lu-commune-0304', 'LU', 49.61, 6.13),
  municipality('lu-commune-0204', 'LU', 49.5, 5.98),
  municipality('de-gemeinde-10041100', 'DE', 49.24, 6.99),
]);
const today = new Date('2026-11-23T10:00:00Z');
const made = (size: number, on = today): DemoStartup[] => [...generate(size, towns, on)];

test('the same size gives the same records', () => {
  expect(made(120)).toEqual(made(120));
  expect(made(120)).toHaveLength(120);
});

test('on another day only the dates differ', () => {
  const later = made(120, new Date('2027-03-01T10:00:00Z'));
  expect(later.map(({ id, name, territoryId, stage, registerIds }) => ({ id, name, territoryId, stage, registerIds }))).toEqual(
    made(120).map(({ id, name, territoryId, stage, registerIds }) => ({ id, name, territoryId, stage, registerIds })),
  );
});

test('no two have the same id or number', () => {
  const all = made(2000);
  const numbers = all.flatMap(({ registerIds }) => registerIds.map(({ scheme, value }) => `${scheme} ${value}`));
  expect(new Set(all.map(({ id }) => id)).size).toBe(2000);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(all.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
});

test('all say that they are made up', () => {
  for (const { name, pitches, provenance } of made(500)) {
    expect(name).toMatch(/^D[eé]mo \p{L}+ \d+.* \((fictif|fiktiv)\)$/u);
    expect(provenance.every(({ source }) => source === 'synthetic')).toBe(true);
    for (const { value } of pitches) expect(value).toMatch(/^Fi[ck]tio(n|un) ?:/);
  }
});

test('numbers have the form of their register', () => {
  for (const { registerIds } of made(500)) {
    for (const { scheme, value } of registerIds) {
      const read = readRegisterNumber(scheme, value);
      expect(isNumber(read) && read.value).toBe(value);
    }
  }
});

test('a stage is the last step of its history, and every step back has a reason', () => {
  let back = 0;
  for (const { stage, history } of made(2000)) {
    expect(stage).toBe(history.at(-1)?.stage ?? null);
    history.forEach((step, at) => {
      const before = history[at - 1];
      if (!before) return;
      expect(Date.parse(step.since)).toBeGreaterThan(Date.parse(before.since));
      if (!isStepBack(before.stage, step.stage)) return;
      back++;
      expect(step.reason).not.toBeNull();
    });
  }
  expect(back).toBeGreaterThan(5);
});

test('turnovers cover 2024 and the last three years', () => {
  for (const [year, expected] of [[2026, 2024], [2030, 2024]]) {
    const years = new Set(made(500, new Date(`${year}-06-01T00:00:00Z`)).flatMap(({ turnovers }) => turnovers.map((turnover) => turnover.year)));
    expect(years).toContain(expected);
    expect(years).toContain(year! - 1);
    expect(years).not.toContain(year);
  }
});

test('even a small demonstration has twins of every kind', () => {
  const all = made(120);
  expect(all.filter(({ mergedIntoId }) => mergedIntoId)).toHaveLength(1);
  expect(all.filter(({ name }) => / (GmbH|S\.à r\.l\.) /.test(name))).toHaveLength(3);
});

test('the classes of each sector are in their lists and share four digits', () => {
  const known = new Set(activityClasses().map(({ scheme, code }) => `${scheme} ${code}`));
  for (const { naf, wz, nace } of sectors) {
    expect([`NAF_2 ${naf}`, `WZ_2008 ${wz}`, `NACE_2 ${nace}`].filter((code) => !known.has(code))).toEqual([]);
    expect([naf.slice(0, 5), wz.slice(0, 5)]).toEqual([nace, nace]);
  }
});
