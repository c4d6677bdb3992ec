import { Lang } from '../../../shared/graphql/text';
import { ContradictionReason, contradictionBetween, effectOf, explain, type Claim, type Told } from './contradiction';
import { Operator, StatementKind } from './statement.type';

const objective = (claim: Partial<Claim>): Claim => ({
  id: 'a',
  kind: StatementKind.OBJECTIVE,
  subject: 'startups',
  indicatorId: 'startups',
  startsFrom: null,
  territoryId: 'sillon-lorrain',
  areas: ['sillon-lorrain', 'fr-region-lorraine', 'fr'],
  operator: Operator.MULTIPLY_BY,
  value: 2,
  statedTarget: null,
  horizonYears: 3,
  perimeter: null,
  sourceId: 'one',
  year: 2014,
  ...claim,
});
const other = (claim: Partial<Claim>): Claim => objective({ id: 'b', sourceId: 'other', ...claim });
const figure = (claim: Partial<Claim>): Claim => objective({ kind: StatementKind.FIGURE, operator: Operator.EQUAL, horizonYears: null, ...claim });

/** The rule is symmetric: both directions are asked. */
function between(a: Claim, b: Claim): ContradictionReason | null {
  const reason = contradictionBetween(a, b);
  expect(contradictionBetween(b, a)).toBe(reason);
  return reason;
}

describe('objectives', () => {
  it('disagree on the value: ×2 against +50 %', () => {
    expect(between(objective({}), other({ operator: Operator.INCREASE_BY_PERCENT, value: 50, horizonYears: 6 }))).toBe(ContradictionReason.VALUE);
  });

  it('agree where ×2 is said as +100 %', () => {
    expect(between(objective({}), other({ operator: Operator.INCREASE_BY_PERCENT, value: 100 }))).toBeNull();
  });

  it('disagree on the horizon alone', () => {
    expect(between(objective({ horizonYears: 10 }), other({ horizonYears: 6 }))).toBe(ContradictionReason.HORIZON);
  });

  it('fall due at the same time where the later one leaves itself less', () => {
    expect(between(objective({ horizonYears: 10, year: 2014 }), other({ horizonYears: 6, year: 2018 }))).toBeNull();
    expect(between(objective({ horizonYears: 10, year: 2014 }), other({ horizonYears: 10, year: 2018 }))).toBe(ContradictionReason.HORIZON);
  });

  it('that name a value agree where one value can be both', () => {
    const atLeast = objective({ operator: Operator.AT_LEAST, value: 100 });
    expect(between(atLeast, other({ operator: Operator.REACH, value: 120 }))).toBeNull();
    expect(between(atLeast, other({ operator: Operator.REACH, value: 90 }))).toBe(ContradictionReason.VALUE);
  });

  it('do not disagree on a horizon that one of them does not state', () => {
    expect(between(objective({ horizonYears: 10 }), other({ horizonYears: null }))).toBeNull();
  });

  it('agree where ×2 "to 20 000" and +10 000 come to the same', () => {
    expect(between(objective({ statedTarget: 20_000 }), other({ operator: Operator.INCREASE_BY, value: 10_000 }))).toBeNull();
  });

  it('disagree where +5 000 does not come to ×2 "to 20 000"', () => {
    expect(between(objective({ statedTarget: 20_000 }), other({ operator: Operator.INCREASE_BY, value: 5_000 }))).toBe(ContradictionReason.VALUE);
  });

  it('disagree where nothing shows that ×2 and +100 come to the same', () => {
    expect(between(objective({}), other({ operator: Operator.INCREASE_BY, value: 100 }))).toBe(ContradictionReason.VALUE);
  });

  it('count different things under one subject', () => {
    expect(between(objective({}), other({ indicatorId: 'startups-accelerated' }))).toBe(ContradictionReason.DEFINITION);
  });

  it('speak of different perimeters: another territory, or other limits of the same', () => {
    const lorraine = { territoryId: 'fr-region-lorraine', areas: ['fr-region-lorraine', 'fr'] };
    expect(between(objective({}), other(lorraine))).toBe(ContradictionReason.PERIMETER);
    expect(between(objective({}), other({ perimeter: 'zones d’emploi' }))).toBe(ContradictionReason.PERIMETER);
  });

  it('of unrelated territories, of other subjects, and of itself are no rivals', () => {
    expect(between(objective({}), other({ territoryId: 'lu', areas: ['lu'], value: 3 }))).toBeNull();
    expect(between(objective({}), other({ subject: 'jobs', value: 3 }))).toBeNull();
    expect(between(objective({}), objective({ value: 3 }))).toBeNull();
  });

  it('remain rivals over the years', () => {
    expect(between(objective({ value: 3 }), other({ year: 2018 }))).toBe(ContradictionReason.VALUE);
  });
});

describe('an objective and the figures of its own source', () => {
  const target = objective({ operator: Operator.INCREASE_BY_PERCENT, value: 50, statedTarget: 4000, startsFrom: 'digital-companies' });
  const companies = (claim: Partial<Claim>) => figure({ id: 'b', indicatorId: 'digital-companies', ...claim });

  it('contradict each other where 2 000 + 50 % shall reach 4 000, by the indicator that it starts from', () => {
    expect(between(target, companies({ value: 2000 }))).toBe(ContradictionReason.OWN_FIGURES);
  });

  it('agree where 10 000 × 2 shall reach 20 000', () => {
    expect(between(objective({ statedTarget: 20_000 }), figure({ id: 'b', value: 10_000 }))).toBeNull();
  });

  it('agree within what "about" allows', () => {
    expect(between(target, companies({ value: 2700, operator: Operator.APPROXIMATE }))).toBeNull();
    expect(between(target, companies({ value: 2000, operator: Operator.APPROXIMATE }))).toBe(ContradictionReason.OWN_FIGURES);
  });

  it('are not compared with a lower bound, with another source, another territory, perimeter or indicator, or without a stated target', () => {
    expect(between(target, companies({ value: 2000, operator: Operator.AT_LEAST }))).toBeNull();
    expect(between(target, companies({ value: 2000, sourceId: 'other' }))).toBeNull();
    expect(between(target, companies({ value: 2000, territoryId: 'fr' }))).toBeNull();
    expect(between(target, companies({ value: 2000, perimeter: 'Metz' }))).toBeNull();
    expect(between(target, companies({ value: 2000, indicatorId: 'startups' }))).toBeNull();
    expect(between(objective({}), figure({ id: 'b', value: 2000 }))).toBeNull();
  });

  it('leave fundings alone', () => {
    expect(between(target, figure({ id: 'b', kind: StatementKind.FUNDING, value: 2000 }))).toBeNull();
  });
});

describe('figures', () => {
  it('disagree where 17 was counted and about 20 said', () => {
    expect(between(figure({ value: 17 }), figure({ id: 'b', value: 20, operator: Operator.APPROXIMATE }))).toBe(ContradictionReason.VALUE);
  });

  it('agree where the count lies within "about"', () => {
    expect(between(figure({ value: 19 }), figure({ id: 'b', value: 20, operator: Operator.APPROXIMATE }))).toBeNull();
  });

  it('agree with a lower bound below them, not above', () => {
    expect(between(figure({ value: 19 }), figure({ id: 'b', value: 15, operator: Operator.AT_LEAST }))).toBeNull();
    expect(between(figure({ value: 19 }), figure({ id: 'b', value: 20, operator: Operator.AT_LEAST }))).toBe(ContradictionReason.VALUE);
  });

  it('speak of different perimeters', () => {
    const wide = figure({ id: 'b', value: 1_400_000, operator: Operator.AT_LEAST, perimeter: 'zones d’emploi' });
    expect(between(figure({ value: 683_400, perimeter: '4 intercommunalités' }), wide)).toBe(ContradictionReason.PERIMETER);
  });

  it('of different years, indicators or territories are no rivals', () => {
    expect(between(figure({ value: 10_000 }), figure({ id: 'b', value: 10_500, year: 2015 }))).toBeNull();
    expect(between(figure({ value: 1 }), figure({ id: 'b', value: 2, indicatorId: 'startups-supported' }))).toBeNull();
    expect(between(figure({ value: 1 }), figure({ id: 'b', value: 2, territoryId: 'fr' }))).toBeNull();
  });
});

describe('fundings', () => {
  const funding = (claim: Partial<Claim>) => figure({ kind: StatementKind.FUNDING, subject: 'french-tech-200m', value: 200e6, ...claim });

  it('disagree where the same money is for two purposes', () => {
    const purpose = funding({ id: 'b', indicatorId: 'growth' });
    expect(between(funding({ indicatorId: 'accelerators' }), purpose)).toBe(ContradictionReason.DEFINITION);
  });

  it('agree where one says "about", and where two wordings name the same sum', () => {
    expect(between(funding({ operator: Operator.APPROXIMATE, value: 7e6 }), funding({ id: 'b', value: 7.2e6 }))).toBeNull();
    expect(between(funding({}), funding({ id: 'b' }))).toBeNull();
  });
});

describe('the effect of a statement', () => {
  const said = (operator: Operator, value: number, statedTarget: number | null = null) => ({ operator, value, statedTarget });

  it('follows from itself, from a stated target, or from a start', () => {
    expect(effectOf(said(Operator.MULTIPLY_BY, 2))).toEqual({ factor: 2 });
    expect(effectOf(said(Operator.MULTIPLY_BY, 2, 20))).toEqual({ factor: 2, target: 20, increase: 10 });
    expect(effectOf(said(Operator.INCREASE_BY, 10, 20))).toEqual({ factor: 2, target: 20, increase: 10 });
    expect(effectOf(said(Operator.REACH, 100, 120))).toEqual({ target: 120 });
    expect(effectOf(said(Operator.INCREASE_BY_PERCENT, 50), 200)).toEqual({ factor: 1.5, target: 300, increase: 100 });
    expect(effectOf(said(Operator.INCREASE_BY, 50), 200)).toEqual({ factor: 1.25, target: 250, increase: 50 });
    expect(effectOf(said(Operator.REACH, 100), 40)).toEqual({ target: 100 });
  });
});

describe('the explanation', () => {
  const told = { ...objective({ statedTarget: 4000 }), indicator: 'PME', territory: 'Lorraine' };

  it('tells both statements in the language of the reader', () => {
    const rival = { ...told, operator: Operator.INCREASE_BY_PERCENT, value: 50, statedTarget: null, horizonYears: null, perimeter: 'Metz' };
    expect(explain(ContradictionReason.VALUE, told, rival, Lang.DE)).toBe(
      'Unvereinbare Werte für denselben Gegenstand: PME, Lorraine: × 2 (→ 4.000) in 3 Jahren; PME, Metz: + 50 %.',
    );
    const plain = { ...told, statedTarget: null };
    const says = (operator: Operator, value: number, statedTarget: number | null = null) => ({ ...plain, operator, value, statedTarget });
    const from = (a: Told, b: Told) => /from a start of ([\d,.]+)\./.exec(explain(ContradictionReason.VALUE, a, b, Lang.EN))?.[1];
    // Ways of saying that can be compared only from a start: which one would it have to be?
    expect(from(plain, says(Operator.INCREASE_BY, 10_000))).toBe('10,000');
    expect(from(says(Operator.INCREASE_BY, 10_000), plain)).toBe('10,000');
    expect(from(plain, says(Operator.REACH, 300))).toBe('150');
    expect(from(says(Operator.REACH, 300), plain)).toBe('150');
    expect(from(says(Operator.INCREASE_BY, 100), says(Operator.REACH, 300))).toBe('200');
    expect(from(says(Operator.REACH, 300), says(Operator.INCREASE_BY, 100))).toBe('200');
    expect(from(plain, says(Operator.MULTIPLY_BY, 3))).toBeUndefined();
    expect(from(says(Operator.REACH, 300), says(Operator.REACH, 200))).toBeUndefined();
    expect(from(says(Operator.INCREASE_BY, 1), says(Operator.INCREASE_BY, 2))).toBeUndefined();
    expect(from(says(Operator.MULTIPLY_BY, 1), says(Operator.INCREASE_BY, 2))).toBeUndefined();
    expect(from(says(Operator.MULTIPLY_BY, 2, 20), says(Operator.REACH, 300))).toBeUndefined();
    expect(explain(ContradictionReason.OWN_FIGURES, told, rival, Lang.EN)).toMatch(/^The source's own figures .*× 2 \(→ 4,000\) in 3 years/);
  });
});
