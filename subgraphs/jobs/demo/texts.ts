import { Lang } from '../../../shared/graphql/text';
import { ContractKind } from '../offer/offer.kinds';
import type { LanguageNeed } from '../offer/offer.type';
import { Random } from '../../../shared/demo/random';

type Weighted<Item> = readonly (readonly [Item, number])[];

/** Languages in which a country advertises. */
export const langsOf: Readonly<Record<string, Weighted<Lang>>> = {
  FR: [[Lang.FR, 92], [Lang.EN, 5], [Lang.DE, 3]],
  DE: [[Lang.DE, 91], [Lang.EN, 9]],
  LU: [[Lang.FR, 47], [Lang.EN, 29], [Lang.LB, 14], [Lang.DE, 10]],
};

const { PERMANENT, FIXED_TERM, TEMPORARY_AGENCY, APPRENTICESHIP, INTERNSHIP, SELF_EMPLOYED, SEASONAL, MINI_JOB } = ContractKind;

/** Contracts of a country in its own words. */
export const contractsOf: Readonly<Record<string, Weighted<readonly [ContractKind, string]>>> = {
  FR: [
    [[PERMANENT, 'CDI'], 60],
    [[FIXED_TERM, 'CDD'], 13],
    [[APPRENTICESHIP, 'alternance'], 10],
    [[INTERNSHIP, 'stage'], 7],
    [[TEMPORARY_AGENCY, 'intérim'], 6],
    [[SELF_EMPLOYED, 'freelance'], 3],
    [[SEASONAL, 'CDD saisonnier'], 1],
  ],
  DE: [
    [[PERMANENT, 'unbefristet'], 58],
    [[FIXED_TERM, 'befristet'], 14],
    [[APPRENTICESHIP, 'Ausbildung'], 8],
    [[MINI_JOB, 'Minijob'], 6],
    [[TEMPORARY_AGENCY, 'Zeitarbeit'], 6],
    [[INTERNSHIP, 'Praktikum'], 5],
    [[SELF_EMPLOYED, 'freie Mitarbeit'], 3],
  ],
  LU: [
    [[PERMANENT, 'CDI'], 68],
    [[FIXED_TERM, 'CDD'], 14],
    [[APPRENTICESHIP, 'Léierplaz'], 6],
    [[TEMPORARY_AGENCY, 'intérim'], 6],
    [[INTERNSHIP, 'stage'], 6],
  ],
};

/** That all genders are meant, as a title says it. */
const genders: Record<Lang, string> = { FR: '(h/f)', DE: '(m/w/d)', LB: '(m/w/d)', EN: '(m/f/d)' };
const levels: Record<Lang, readonly string[]> = { FR: ['', 'junior', 'confirmé'], DE: ['', 'Junior', 'Senior'], LB: ['', 'Junior', 'Senior'], EN: ['', 'junior', 'senior'] };

export const titleOf = (profession: string, skill: string, level: number, domain: string, lang: Lang): string =>
  [profession, skill, levels[lang][level], genders[lang], '–', domain].filter(Boolean).join(' ');

interface Told {
  employer: string;
  profession: string;
  domain: string;
  town: string;
  skills: readonly string[];
}

/** Says first that the offer is made up. */
export const descriptionOf: Record<Lang, (told: Told) => string> = {
  FR: ({ employer, profession, domain, town, skills }) =>
    `Offre fictive, générée pour la démonstration : personne ne recrute ici. ${profession} à ${town} chez ${employer}, domaine : ${domain}. Outils : ${skills.join(', ')}.`,
  DE: ({ employer, profession, domain, town, skills }) =>
    `Erfundenes Angebot für die Demonstration: Hier wird niemand eingestellt. ${profession} in ${town} bei ${employer}, Bereich: ${domain}. Werkzeuge: ${skills.join(', ')}.`,
  LB: ({ employer, profession, domain, town, skills }) =>
    `Erfonnten Offer fir d’Demonstratioun: Hei gëtt keen agestallt. ${profession} zu ${town} bei ${employer}, Beräich: ${domain}. Geschir: ${skills.join(', ')}.`,
  EN: ({ employer, profession, domain, town, skills }) =>
    `Made-up offer, generated for the demonstration: nobody is hired here. ${profession} in ${town} at ${employer}, field: ${domain}. Tools: ${skills.join(', ')}.`,
};

const needed = (language: string, level: string, required = true): LanguageNeed => ({ language, level, required });

/** Languages that the work asks for: the one of the offer, and what is usual beside it. */
export function languagesOf(country: string, lang: Lang, random: Random): LanguageNeed[] {
  const needs = [needed(lang.toLowerCase(), random.pick(['B2', 'C1', 'C2']))];
  const add = (language: string, level: string, probability: number) => {
    if (random.chance(probability) && !needs.some((need) => need.language === language)) needs.push(needed(language, level, random.chance(0.5)));
  };
  add('en', random.pick(['B1', 'B2', 'C1']), 0.45);
  if (country === 'LU') add('fr', 'B2', 0.6);
  if (country === 'LU') add('lb', random.pick(['A2', 'B1', 'B2']), 0.35);
  add('de', random.pick(['A2', 'B1', 'B2']), country === 'FR' ? 0.2 : 0.3);
  if (country === 'DE') add('fr', random.pick(['A2', 'B1']), 0.2);
  return needs;
}
