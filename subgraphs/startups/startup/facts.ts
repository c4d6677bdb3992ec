import type { Refusals } from '../../../shared/writing/userError';

// What a partner may say of a startup.

const MOST_CHARACTERS = 200;
const MOST_PERSONS = 1_000_000;

export function checkText(text: string, path: readonly string[], refusals: Refusals): void {
  const { length } = text.trim();
  if (length < 1 || length > MOST_CHARACTERS) refusals.add('INVALID_VALUE', path, `A text of ${length} characters was given, expected 1 to ${MOST_CHARACTERS}.`);
}

export function checkWebsite(website: string, path: readonly string[], refusals: Refusals): void {
  if (!/^https?:\/\//i.test(website) || !URL.canParse(website)) refusals.add('INVALID_VALUE', path, `${JSON.stringify(website)} was given, expected an address such as "https://example.org".`);
}

export function checkHeadcount(headcount: number, path: readonly string[], refusals: Refusals): void {
  if (headcount < 0 || headcount > MOST_PERSONS) refusals.add('INVALID_VALUE', path, `${headcount} was given, expected 0 to ${MOST_PERSONS}.`);
}
