import { colon, locales, type Lang, type Wording } from '../../../shared/graphql/text';
import { Operator, StatementKind } from './statement.type';

export enum ContradictionReason {
  VALUE = 'VALUE',
  HORIZON = 'HORIZON',
  DEFINITION = 'DEFINITION',
  PERIMETER = 'PERIMETER',
  OWN_FIGURES = 'OWN_FIGURES',
}

/** What of a statement decides whether another contradicts it. */
export interface Claim {
  id: string;
  kind: StatementKind;
  subject: string;
  indicatorId: string;
  /** The indicator whose figures objectives of its indicator start from, where it is not itself. */
  startsFrom: string | null;
  territoryId: string;
  /** The territory and every area that contains it. */
  areas: readonly string[];
  operator: Operator;
  value: number;
  statedTarget: number | null;
  horizonYears: number | null;
  perimeter: string | null;
  sourceId: string;
  year: number;
}

/** How far "about" reaches, as a part of the value. */
const ABOUT = 0.1;

/**
 * Why two statements cannot both be taken at their word, or null. The most basic difference is named: what is counted,
 * then where, then how much, then by when. It reads nothing but the two claims, so a new one finds its rivals by itself.
 */
export function contradictionBetween(a: Claim, b: Claim): ContradictionReason | null {
  if (a.id === b.id || a.subject !== b.subject) return null;
  if (a.kind !== b.kind) return againstOwnFigure(a, b) || againstOwnFigure(b, a) ? ContradictionReason.OWN_FIGURES : null;
  return a.kind === StatementKind.FIGURE ? betweenFigures(a, b) : betweenIntentions(a, b);
}

/** An objective that spells out a target which its own source's starting figure does not lead to: 2 000 + 50 % "to reach 4 000". */
function againstOwnFigure(objective: Claim, figure: Claim): boolean {
  if (objective.kind !== StatementKind.OBJECTIVE || figure.kind !== StatementKind.FIGURE) return false;
  if (objective.sourceId !== figure.sourceId || objective.territoryId !== figure.territoryId || objective.perimeter !== figure.perimeter) return false;
  if (figure.indicatorId !== (objective.startsFrom ?? objective.indicatorId) || objective.statedTarget === null) return false;
  const reached = effectOf(objective, figure.value).target;
  if (reached === undefined || figure.operator === Operator.AT_LEAST) return false;
  const slack = figure.operator === Operator.APPROXIMATE ? ABOUT : 0;
  return differ(reached, objective.statedTarget, slack);
}

/** Figures disagree where they speak of the same thing, place and time. */
function betweenFigures(a: Claim, b: Claim): ContradictionReason | null {
  if (a.indicatorId !== b.indicatorId || a.territoryId !== b.territoryId || a.year !== b.year || overlap(a, b)) return null;
  return a.perimeter === b.perimeter ? ContradictionReason.VALUE : ContradictionReason.PERIMETER;
}

/** Whether one value can be what both say. */
function overlap(a: Claim, b: Claim): boolean {
  const [lowA, highA] = rangeOf(a);
  const [lowB, highB] = rangeOf(b);
  return highA >= lowB && highB >= lowA;
}

function rangeOf({ operator, value }: Claim): [low: number, high: number] {
  if (operator === Operator.AT_LEAST) return [value, Infinity];
  if (operator === Operator.APPROXIMATE) return [value * (1 - ABOUT), value * (1 + ABOUT)];
  return [value, value];
}

/** Objectives and fundings are rivals over the years: a later one does not make an earlier one unsaid. */
function betweenIntentions(a: Claim, b: Claim): ContradictionReason | null {
  if (!a.areas.includes(b.territoryId) && !b.areas.includes(a.territoryId)) return null;
  if (a.indicatorId !== b.indicatorId) return ContradictionReason.DEFINITION;
  if (a.territoryId !== b.territoryId || a.perimeter !== b.perimeter) return ContradictionReason.PERIMETER;
  if (!sameEffect(a, b)) return ContradictionReason.VALUE;
  const [dueA, dueB] = [a, b].map(({ year, horizonYears }) => (horizonYears === null ? null : year + horizonYears));
  return dueA !== null && dueB !== null && dueA !== dueB ? ContradictionReason.HORIZON : null;
}

/** An intended change in the three ways of saying it; any two of them give the start. */
interface Effect {
  factor?: number;
  increase?: number;
  target?: number;
}

/** What a statement asks for, as far as it can be told from itself and, where known, from the value at the start. */
export function effectOf({ operator, value, statedTarget }: Pick<Claim, 'operator' | 'value' | 'statedTarget'>, start?: number): Effect {
  const said = saidEffect(operator, value);
  if (start === undefined) {
    if (statedTarget === null) return said;
    if (said.factor !== undefined) return { ...said, target: statedTarget, increase: statedTarget - statedTarget / said.factor };
    if (said.increase !== undefined) return { ...said, target: statedTarget, factor: statedTarget / (statedTarget - said.increase) };
    return { target: statedTarget };
  }
  if (said.factor !== undefined) return { factor: said.factor, target: start * said.factor, increase: start * said.factor - start };
  if (said.increase !== undefined) return { increase: said.increase, target: start + said.increase, factor: (start + said.increase) / start };
  return said;
}

function saidEffect(operator: Operator, value: number): Effect {
  switch (operator) {
    case Operator.MULTIPLY_BY:
      return { factor: value };
    case Operator.INCREASE_BY_PERCENT:
      return { factor: 1 + value / 100 };
    case Operator.INCREASE_BY:
      return { increase: value };
    case Operator.EQUAL:
    case Operator.APPROXIMATE:
    case Operator.AT_LEAST:
    case Operator.REACH:
      return { target: value };
  }
}

/** Whether a statement names the value itself, and no change. */
const isValue = ({ operator, value, statedTarget }: Claim): boolean => statedTarget === null && saidEffect(operator, value).target !== undefined;

/** Two effects agree where a way of saying it that both share has the same value; with none shared, nothing shows that they do. */
function sameEffect(a: Claim, b: Claim): boolean {
  if (isValue(a) && isValue(b)) return overlap(a, b);
  const [one, other] = [effectOf(a), effectOf(b)];
  const shared = (['factor', 'increase', 'target'] as const).filter((way) => one[way] !== undefined && other[way] !== undefined);
  return shared.length > 0 && shared.every((way) => !differ(one[way]!, other[way]!, 0));
}

const differ = (a: number, b: number, slack: number): boolean => Math.abs(a - b) > Math.max(slack * Math.abs(b), 1e-9 * Math.abs(b));

const because: Record<ContradictionReason, Wording> = {
  VALUE: {
    FR: 'Valeurs incompatibles pour le même objet : {a} ; {b}.',
    DE: 'Unvereinbare Werte für denselben Gegenstand: {a}; {b}.',
    LB: 'Onvereinbar Wäerter fir déiselwecht Saach: {a}; {b}.',
    EN: 'Incompatible values of the same thing: {a}; {b}.',
  },
  HORIZON: {
    FR: 'Même objectif, échéances différentes : {a} ; {b}.',
    DE: 'Gleiches Ziel, verschiedene Fristen: {a}; {b}.',
    LB: 'Dat selwecht Zil, verschidden Delaien: {a}; {b}.',
    EN: 'The same objective by different dates: {a}; {b}.',
  },
  DEFINITION: {
    FR: 'Objets comptés différents sous un même sujet : {a} ; {b}.',
    DE: 'Unter demselben Thema wird Verschiedenes gezählt: {a}; {b}.',
    LB: 'Ënner dem selwechte Sujet gëtt Verschiddenes gezielt: {a}; {b}.',
    EN: 'Different things are counted under one subject: {a}; {b}.',
  },
  PERIMETER: {
    FR: 'Périmètres différents : {a} ; {b}.',
    DE: 'Verschiedene Bezugsräume: {a}; {b}.',
    LB: 'Verschidde Perimèteren: {a}; {b}.',
    EN: 'Different perimeters: {a}; {b}.',
  },
  OWN_FIGURES: {
    FR: 'Les propres chiffres de la source ne mènent pas à son objectif : {a} ; {b}.',
    DE: 'Die eigenen Zahlen der Quelle führen nicht zu ihrem Ziel: {a}; {b}.',
    LB: 'Déi eegen Zuele vun der Quell féieren net zu hirem Zil: {a}; {b}.',
    EN: "The source's own figures do not lead to its objective: {a}; {b}.",
  },
};

/** What of a statement an explanation tells, its names in the reader's language. */
export interface Told extends Pick<Claim, 'operator' | 'value' | 'statedTarget' | 'horizonYears' | 'perimeter'> {
  indicator: string;
  territory: string;
}

/** The reason in words, from the two statements as they stand. */
export function explain(reason: ContradictionReason, a: Told, b: Told, lang: Lang): string {
  const told = because[reason][lang].replace('{a}', tell(a, lang)).replace('{b}', tell(b, lang));
  const start = reason === ContradictionReason.VALUE ? reconcilingStart(effectOf(a), effectOf(b)) : null;
  return start === null ? told : `${told} ${onlyFrom[lang].replace('{start}', numberIn(start, lang))}`;
}

/** The start from which two effects would come to the same, where they are said in ways that cannot be compared without it. */
function reconcilingStart(a: Effect, b: Effect): number | null {
  if (a.factor !== undefined && b.factor === undefined) {
    if (b.increase !== undefined) return a.factor === 1 ? null : b.increase / (a.factor - 1);
    return b.target === undefined || a.target !== undefined ? null : b.target / a.factor;
  }
  if (a.increase !== undefined && b.increase === undefined && b.target !== undefined) return b.target - a.increase;
  return a.factor === undefined && (b.factor !== undefined || (b.increase !== undefined && a.increase === undefined)) ? reconcilingStart(b, a) : null;
}

const onlyFrom: Wording = {
  FR: 'Elles ne s’accordent que pour un départ de {start}.',
  DE: 'Sie stimmen nur bei einem Ausgangswert von {start} überein.',
  LB: 'Si stëmmen nëmme bei engem Ausgangswäert vun {start} iwwereneen.',
  EN: 'They agree only from a start of {start}.',
};

const within: Wording = { FR: 'en {n} ans', DE: 'in {n} Jahren', LB: 'an {n} Joer', EN: 'in {n} years' };
const numberIn = (amount: number, lang: Lang): string => new Intl.NumberFormat(locales[lang], { maximumFractionDigits: 2 }).format(amount);

function tell({ operator, value, statedTarget, horizonYears, perimeter, indicator, territory }: Told, lang: Lang): string {
  const signs: Record<Operator, string> = {
    EQUAL: '',
    APPROXIMATE: '≈ ',
    AT_LEAST: '≥ ',
    MULTIPLY_BY: '× ',
    INCREASE_BY_PERCENT: '+ ',
    INCREASE_BY: '+ ',
    REACH: '→ ',
  };
  const target = statedTarget === null ? '' : ` (→ ${numberIn(statedTarget, lang)})`;
  const horizon = horizonYears === null ? '' : ` ${within[lang].replace('{n}', String(horizonYears))}`;
  const percent = operator === Operator.INCREASE_BY_PERCENT ? ' %' : '';
  return `${indicator}, ${perimeter ?? territory}${colon(lang)}${signs[operator]}${numberIn(value, lang)}${percent}${target}${horizon}`;
}
