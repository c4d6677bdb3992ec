import { GraphQLCurrency } from 'graphql-scalars';
import type { Refusals } from '../../../shared/writing/userError';
import type { LanguageNeedInput, PublishJobOfferInput, SalaryInput } from './offer.input';

/** A value that a field does not take, by the field's path in the input. */
type Wrong = (path: readonly string[], message: string) => void;

/** Adds what is wrong with an offer by itself, whatever it refers to. */
export function checkOffer(input: PublishJobOfferInput, now: Date, refusals: Refusals): void {
  const wrong: Wrong = (path, message) => refusals.add('INVALID_VALUE', ['input', ...path], message);
  checkText('title', input.title, 200, wrong);
  checkText('description', input.description, 20_000, wrong);
  checkText('contractAsStated', input.contractAsStated, 100, wrong);
  checkText('recordId', input.recordId, 200, wrong);
  const { skills, languages, salary, applyUrl, validThrough } = input;
  if (skills && (skills.length > 50 || skills.some((skill) => !skill.trim() || skill.length > 100))) wrong(['skills'], 'Expected at most 50 skills of 1 to 100 characters each.');
  if (languages) checkLanguages(languages, wrong);
  if (salary) checkSalary(salary, wrong);
  if (applyUrl != null && !isAddress(applyUrl)) wrong(['applyUrl'], `${shown(applyUrl)} was given, expected an address of http, https or mailto of at most 2000 characters.`);
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + 1);
  if (validThrough <= now || validThrough > latest) {
    wrong(['validThrough'], `${validThrough.toISOString()} was given, expected an instant after ${now.toISOString()} and not after ${latest.toISOString()}.`);
  }
}

function checkText(field: string, text: string, most: number, wrong: Wrong): void {
  if (!text.trim() || text.length > most) wrong([field], `A text of ${text.trim() ? text.length : 0} characters was given, expected 1 to ${most}.`);
}

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const LEVEL = /^[ABC][12]$/;

function checkLanguages(languages: readonly LanguageNeedInput[], wrong: Wrong): void {
  for (const [at, { language, level }] of languages.entries()) {
    const path = ['languages', String(at)];
    if (!/^[a-z]{2}$/.test(language) || !names.of(language)) wrong([...path, 'language'], `${shown(language)} was given, expected an ISO 639-1 code such as "fr".`);
    else if (languages.findIndex((one) => one.language === language) < at) wrong([...path, 'language'], `"${language}" was given twice.`);
    if (level != null && !LEVEL.test(level)) wrong([...path, 'level'], `${shown(level)} was given, expected A1, A2, B1, B2, C1 or C2.`);
  }
}

function checkSalary({ min, max, currency, monthsPerYear, weeklyHours, asStated }: SalaryInput, wrong: Wrong): void {
  if (min == null && max == null) wrong(['salary'], 'Expected min, max or both: leave the salary out where none is stated.');
  if (min != null && !(min > 0)) wrong(['salary', 'min'], `${min} was given, expected an amount above 0.`);
  if (max != null && !(max > 0)) wrong(['salary', 'max'], `${max} was given, expected an amount above 0.`);
  if (min != null && max != null && min > max) wrong(['salary', 'max'], `${max} was given, expected no less than min, which is ${min}.`);
  if (!isCurrency(currency)) wrong(['salary', 'currency'], `${shown(currency)} was given, expected an ISO 4217 code in capitals, such as "EUR".`);
  if (monthsPerYear != null && !(monthsPerYear >= 1 && monthsPerYear <= 24)) wrong(['salary', 'monthsPerYear'], `${monthsPerYear} was given, expected 1 to 24.`);
  if (weeklyHours != null && !(weeklyHours > 0 && weeklyHours <= 168)) wrong(['salary', 'weeklyHours'], `${weeklyHours} was given, expected hours above 0, at most 168.`);
  if (asStated != null && asStated.length > 200) wrong(['salary', 'asStated'], `A text of ${asStated.length} characters was given, expected at most 200.`);
}

function isCurrency(code: string): boolean {
  try {
    return GraphQLCurrency.parseValue(code) === code.toUpperCase();
  } catch {
    return false;
  }
}

function isAddress(text: string): boolean {
  return text.length <= 2000 && URL.canParse(text) && ['http:', 'https:', 'mailto:'].includes(new URL(text).protocol);
}

/** What was given, no longer than a message bears. */
const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
