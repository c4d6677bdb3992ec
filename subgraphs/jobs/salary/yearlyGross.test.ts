import { SalaryPeriod } from './salary.type';
import { yearlyGross, type StatedSalary } from './yearlyGross';

const { HOUR, MONTH, YEAR } = SalaryPeriod;
const of = (stated: Partial<StatedSalary>) => {
  const { min, max } = yearlyGross({ currency: 'EUR', period: YEAR, gross: true, partTime: false, country: 'FR', ...stated });
  return [min, max];
};

describe('a full-time salary', () => {
  it('of a year is taken as it is', () => {
    expect(of({ min: 38_000, max: 45_000 })).toEqual([38_000, 45_000]);
    expect(of({ min: 38_000, weeklyHours: 39 })).toEqual([38_000, null]);
  });

  it('of a month counts twelve times, or as often as it is paid', () => {
    expect(of({ period: MONTH, min: 3000 })).toEqual([36_000, null]);
    expect(of({ period: MONTH, min: 3000, monthsPerYear: 13 })).toEqual([39_000, null]);
    expect(of({ period: MONTH, min: 3000, max: 3500, monthsPerYear: 13.92 })).toEqual([41_760, 48_720]);
  });

  it('of an hour counts for the hours stated, else for the full time of the country', () => {
    expect(of({ period: HOUR, min: 20 })).toEqual([20 * 35 * 52, null]);
    expect(of({ period: HOUR, min: 20, country: 'LU' })).toEqual([20 * 40 * 52, null]);
    expect(of({ period: HOUR, min: 20, country: 'DE' })).toEqual([20 * 40 * 52, null]);
    expect(of({ period: HOUR, min: 20, weeklyHours: 39 })).toEqual([20 * 39 * 52, null]);
    expect(of({ period: HOUR, min: 20, country: null })).toEqual([null, null]);
  });

  it('with only an upper end has only that', () => {
    expect(of({ max: 50_000 })).toEqual([null, 50_000]);
  });
});

describe('a part-time salary', () => {
  it('of a month or year is scaled to full time where its hours are stated', () => {
    expect(of({ period: MONTH, min: 1500, partTime: true, weeklyHours: 17.5 })).toEqual([36_000, null]);
    expect(of({ period: MONTH, min: 1500, partTime: true, weeklyHours: 20, country: 'LU', monthsPerYear: 13 })).toEqual([39_000, null]);
    expect(of({ min: 20_000, partTime: true, weeklyHours: 20, country: 'DE' })).toEqual([40_000, null]);
  });

  it('is unknown where they are not', () => {
    expect(of({ period: MONTH, min: 1500, partTime: true })).toEqual([null, null]);
    expect(of({ period: MONTH, min: 1500, partTime: true, weeklyHours: 20, country: 'XX' })).toEqual([null, null]);
  });

  it('of an hour is that of a full-time hour', () => {
    expect(of({ period: HOUR, min: 15, partTime: true, weeklyHours: 10, country: 'DE' })).toEqual([15 * 40 * 52, null]);
  });

  it('is never scaled down', () => {
    expect(of({ period: MONTH, min: 3000, partTime: true, weeklyHours: 36 })).toEqual([36_000, null]);
  });
});

describe('what would be a guess', () => {
  it.each<[string, Partial<StatedSalary>]>([
    ['a net amount', { min: 30_000, gross: false }],
    ['another currency', { min: 30_000, currency: 'CHF' }],
    ['a lower end above the upper one', { min: 40_000, max: 30_000 }],
    ['zero', { min: 0, max: 30_000 }],
    ['a negative amount', { max: -1 }],
    ['no number', { min: Number.NaN }],
    ['months that cannot be', { period: MONTH, min: 3000, monthsPerYear: 0 }],
    ['hours that cannot be', { period: MONTH, min: 3000, weeklyHours: 0, partTime: true }],
    ['nothing', {}],
  ])('is left out: %s', (_, stated) => {
    expect(of(stated)).toEqual([null, null]);
  });
});
