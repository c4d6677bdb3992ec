import { NotComputable, progressOf, type KnownValue } from './progress';
import { Operator, StatementKind } from './statement.type';

const objective = {
  kind: StatementKind.OBJECTIVE,
  indicatorId: 'digital-jobs',
  territoryId: 'fr-region-lorraine',
  perimeter: null as string | null,
  operator: Operator.MULTIPLY_BY,
  value: 2,
  statedTarget: null as number | null,
  year: 2014,
};
const value = (period: string, amount: number, rest: Partial<KnownValue> = {}): KnownValue => ({
  indicatorId: 'digital-jobs',
  territoryId: 'fr-region-lorraine',
  period,
  value: amount,
  ...rest,
});

it('is the way from the baseline to the target that lies behind', () => {
  const { baseline, current, target, ratio, notComputableBecause } = progressOf(objective, [value('2018', 12_500), value('2014', 10_000), value('2013', 9_000)])!;
  expect({ baseline: baseline?.period, current: current?.period, target, ratio, notComputableBecause }).toEqual({
    baseline: '2014',
    current: '2018',
    target: 20_000,
    ratio: 0.25,
    notComputableBecause: null,
  });
});

it('is negative where it went the other way, and above 1 beyond the target', () => {
  expect(progressOf(objective, [value('2014', 10_000), value('2018', 9_000)])?.ratio).toBeCloseTo(-0.1);
  expect(progressOf(objective, [value('2014', 10_000), value('2018', 25_000)])?.ratio).toBe(1.5);
});

it('takes the target that the source spells out over its own computation', () => {
  expect(progressOf({ ...objective, statedTarget: 30_000 }, [value('2014', 10_000), value('2018', 20_000)])?.ratio).toBe(0.5);
});

it('takes the latest of several later values', () => {
  expect(progressOf(objective, [value('2014', 10_000), value('2020', 20_000), value('2016', 11_000)])?.ratio).toBe(1);
});

it('lacks a current value', () => {
  expect(progressOf(objective, [value('2014', 10_000)])).toMatchObject({ target: 20_000, ratio: null, notComputableBecause: NotComputable.NO_CURRENT_VALUE });
});

it('lacks a baseline: a value of later than the objective is none', () => {
  expect(progressOf(objective, [value('2018', 10_000)])).toMatchObject({ target: null, notComputableBecause: NotComputable.NO_BASELINE });
  expect(progressOf(objective, [value('2014', 10_000, { territoryId: 'fr' })])).toMatchObject({ notComputableBecause: NotComputable.NO_BASELINE });
});

it('does not take a value of another definition for its own', () => {
  expect(progressOf(objective, [value('2014', 10_000, { indicatorId: 'jobs' })])).toMatchObject({ notComputableBecause: NotComputable.DIFFERENT_DEFINITION });
});

it('does not take a value of the whole for that of a part', () => {
  const part = { ...objective, perimeter: 'zones d’emploi' };
  expect(progressOf(part, [value('2014', 10_000), value('2018', 15_000)])).toMatchObject({ ratio: null, notComputableBecause: NotComputable.DIFFERENT_DEFINITION });
});

it('has no target where what was to be reached was there already', () => {
  const reach = { ...objective, operator: Operator.REACH, value: 10_000 };
  expect(progressOf(reach, [value('2014', 10_000), value('2018', 12_000)])).toMatchObject({ ratio: null, notComputableBecause: NotComputable.NO_TARGET });
});

it('is nothing for a figure', () => {
  expect(progressOf({ ...objective, kind: StatementKind.FIGURE }, [])).toBeNull();
});
