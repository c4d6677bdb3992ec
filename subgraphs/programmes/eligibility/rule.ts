import { colon, Lang, locales, wordingFor, type Text, type Wording } from '../../../shared/graphql/text';
import { RuleKind, Verdict, type EligibilityRule } from './eligibility.type';

/** What a rule found: the facts that its reason is told from. */
export interface Finding extends EligibilityRule {
  verdict: Verdict;
  /** The day that counts, `YYYY-MM-DD`. */
  onDay: string;
  foundedOn: string | null;
  headcount: number | null;
  trl: number | null;
  seat: Text | null;
}

const rules: Record<RuleKind, Wording> = {
  MAX_AGE_YEARS: {
    FR: 'Entreprise fondée depuis {value} ans au plus à la clôture',
    DE: 'Unternehmen bei Annahmeschluss höchstens {value} Jahre alt',
    LB: 'Entreprise bei der Clôture héchstens {value} Joer al',
    EN: 'Company founded at most {value} years before the closing day',
  },
  MIN_HEADCOUNT: { FR: 'Au moins {value} salariés', DE: 'Mindestens {value} Beschäftigte', LB: 'Op d’mannst {value} Beschäftegter', EN: 'At least {value} employees' },
  MAX_HEADCOUNT: { FR: 'Au plus {value} salariés', DE: 'Höchstens {value} Beschäftigte', LB: 'Héchstens {value} Beschäftegter', EN: 'At most {value} employees' },
  MIN_TRL: {
    FR: 'Maturité technologique (TRL) de {value} au moins',
    DE: 'Technologiereifegrad (TRL) mindestens {value}',
    LB: 'Technologesch Maturitéit (TRL) op d’mannst {value}',
    EN: 'Technology readiness level (TRL) of at least {value}',
  },
  SEATED_IN: { FR: 'Siège : {territories}', DE: 'Sitz: {territories}', LB: 'Sëtz: {territories}', EN: 'Seated in: {territories}' },
};

const findings: Record<'FOUNDED' | 'PROJECT' | 'HEADCOUNT' | 'TRL' | 'SEAT', Wording> = {
  FOUNDED: { FR: 'Fondée le {fact} (jour retenu : {day})', DE: 'Gegründet am {fact} (Stichtag {day})', LB: 'Gegrënnt den {fact} (Stéchdag {day})', EN: 'Founded on {fact} (counted on {day})' },
  PROJECT: { FR: 'Projet pas encore fondé', DE: 'Noch nicht gegründetes Vorhaben', LB: 'Nach net gegrënnte Projet', EN: 'Project not founded yet' },
  HEADCOUNT: { FR: '{fact} salariés', DE: '{fact} Beschäftigte', LB: '{fact} Beschäftegter', EN: '{fact} employees' },
  TRL: { FR: 'TRL {fact}', DE: 'TRL {fact}', LB: 'TRL {fact}', EN: 'TRL {fact}' },
  SEAT: { FR: 'Siège connu : {fact}', DE: 'Bekannter Sitz: {fact}', LB: 'Bekannte Sëtz: {fact}', EN: 'Known seat: {fact}' },
};

const unknown: Record<RuleKind, Wording> = {
  MAX_AGE_YEARS: { FR: 'Date de création inconnue', DE: 'Gründungsdatum unbekannt', LB: 'Grënnungsdatum onbekannt', EN: 'Date of foundation unknown' },
  MIN_HEADCOUNT: { FR: 'Effectif inconnu', DE: 'Beschäftigtenzahl unbekannt', LB: 'Zuel vun de Beschäftegten onbekannt', EN: 'Headcount unknown' },
  MAX_HEADCOUNT: { FR: 'Effectif inconnu', DE: 'Beschäftigtenzahl unbekannt', LB: 'Zuel vun de Beschäftegten onbekannt', EN: 'Headcount unknown' },
  MIN_TRL: { FR: 'TRL inconnu', DE: 'TRL unbekannt', LB: 'TRL onbekannt', EN: 'TRL unknown' },
  SEATED_IN: { FR: 'Siège inconnu', DE: 'Sitz unbekannt', LB: 'Sëtz onbekannt', EN: 'Seat unknown' },
};

const verdicts: Record<Verdict, Wording> = {
  ELIGIBLE: { FR: 'condition remplie', DE: 'Bedingung erfüllt', LB: 'Conditioun erfëllt', EN: 'condition fulfilled' },
  NOT_ELIGIBLE: { FR: 'condition non remplie', DE: 'Bedingung nicht erfüllt', LB: 'Conditioun net erfëllt', EN: 'condition not fulfilled' },
  UNKNOWN: { FR: 'ne permet pas de conclure', DE: 'lässt keinen Schluss zu', LB: 'léisst kee Schluss zou', EN: 'not enough to conclude' },
};

const dayIn = (day: string, lang: Lang): string => new Intl.DateTimeFormat(locales[lang], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

/** The rule in words. */
export function ruleText({ kind, value, territories }: EligibilityRule, lang: Lang): string {
  const number = value === null ? '' : new Intl.NumberFormat(locales[lang]).format(value);
  return rules[kind][lang].replace('{value}', number).replace('{territories}', territories.map((names) => wordingFor(names, lang, [])).join(', '));
}

/** Why a rule gave its verdict: what is known, and what follows from it. */
export function because(finding: Finding, lang: Lang): string {
  const fact = factOf(finding, lang);
  return fact === null ? unknown[finding.kind][lang] : `${fact}${colon(lang)}${verdicts[finding.verdict][lang]}`;
}

function factOf({ kind, verdict, onDay, foundedOn, headcount, trl, seat }: Finding, lang: Lang): string | null {
  const tell = (wording: Wording, fact: string | number | null) => (fact === null ? null : wording[lang].replace('{fact}', String(fact)).replace('{day}', dayIn(onDay, lang)));
  switch (kind) {
    case RuleKind.MAX_AGE_YEARS:
      if (foundedOn === null) return verdict === Verdict.ELIGIBLE ? findings.PROJECT[lang] : null;
      return tell(findings.FOUNDED, dayIn(foundedOn, lang));
    case RuleKind.MIN_HEADCOUNT:
    case RuleKind.MAX_HEADCOUNT:
      return tell(findings.HEADCOUNT, headcount);
    case RuleKind.MIN_TRL:
      return tell(findings.TRL, trl);
    case RuleKind.SEATED_IN:
      return tell(findings.SEAT, seat && wordingFor(seat, lang, []));
  }
}
