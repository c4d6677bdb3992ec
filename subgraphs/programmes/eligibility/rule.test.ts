import { Lang } from '../../../shared/graphql/text';
import { RuleKind, Verdict } from './eligibility.type';
import { because, ruleText, type Finding } from './rule';

const finding = (rest: Partial<Finding>): Finding => ({
  kind: RuleKind.MAX_AGE_YEARS,
  value: 5,
  territories: [],
  verdict: Verdict.UNKNOWN,
  onDay: '2025-08-11',
  foundedOn: null,
  headcount: null,
  trl: null,
  seat: null,
  ...rest,
});
const lorraine = [{ lang: Lang.FR, value: 'Lorraine' }, { lang: Lang.DE, value: 'Lothringen' }];
const saarland = [{ lang: Lang.DE, value: 'Saarland' }];

describe('a rule in words', () => {
  it.each([
    [RuleKind.MAX_AGE_YEARS, Lang.FR, 'Entreprise fondée depuis 5 ans au plus à la clôture'],
    [RuleKind.MIN_HEADCOUNT, Lang.DE, 'Mindestens 5 Beschäftigte'],
    [RuleKind.MAX_HEADCOUNT, Lang.EN, 'At most 5 employees'],
    [RuleKind.MIN_TRL, Lang.LB, 'Technologesch Maturitéit (TRL) op d’mannst 5'],
  ])('%s in %s', (kind, lang, text) => expect(ruleText(finding({ kind }), lang)).toBe(text));

  it('names territories in the language where they have a name in it', () => {
    expect(ruleText(finding({ kind: RuleKind.SEATED_IN, value: null, territories: [lorraine, saarland] }), Lang.DE)).toBe('Sitz: Lothringen, Saarland');
    expect(ruleText(finding({ kind: RuleKind.SEATED_IN, value: null, territories: [lorraine, saarland] }), Lang.FR)).toBe('Siège : Lorraine, Saarland');
  });
});

describe('the reason', () => {
  it.each([
    [finding({ foundedOn: '2024-02-01', verdict: Verdict.ELIGIBLE }), Lang.FR, 'Fondée le 1 février 2024 (jour retenu : 11 août 2025) : condition remplie'],
    [finding({ verdict: Verdict.ELIGIBLE }), Lang.DE, 'Noch nicht gegründetes Vorhaben: Bedingung erfüllt'],
    [finding({}), Lang.DE, 'Gründungsdatum unbekannt'],
    [finding({ kind: RuleKind.MIN_HEADCOUNT, headcount: 3, verdict: Verdict.NOT_ELIGIBLE }), Lang.EN, '3 employees: condition not fulfilled'],
    [finding({ kind: RuleKind.MAX_HEADCOUNT, headcount: 0, verdict: Verdict.ELIGIBLE }), Lang.FR, '0 salariés : condition remplie'],
    [finding({ kind: RuleKind.MAX_HEADCOUNT }), Lang.LB, 'Zuel vun de Beschäftegten onbekannt'],
    [finding({ kind: RuleKind.MIN_TRL, trl: 4, verdict: Verdict.NOT_ELIGIBLE }), Lang.FR, 'TRL 4 : condition non remplie'],
    [finding({ kind: RuleKind.SEATED_IN, seat: lorraine, verdict: Verdict.UNKNOWN }), Lang.DE, 'Bekannter Sitz: Lothringen: lässt keinen Schluss zu'],
    [finding({ kind: RuleKind.SEATED_IN }), Lang.EN, 'Seat unknown'],
  ])('%#', (facts, lang, text) => expect(because(facts, lang)).toBe(text));
});
