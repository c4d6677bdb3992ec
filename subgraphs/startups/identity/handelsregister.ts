import type { Reading } from './registerNumber';

/**
 * Codes by which EUIDs name the courts that keep German registers (code list XJustiz GDS.Gerichte). The Saarland keeps its
 * Handelsregister at one court. A number of a court that is not listed here is known by the court's name, and is not
 * recognised in its EUID.
 */
const courts: Record<string, { code: string; name: string }> = {
  saarbrucken: { code: 'V1109', name: 'Saarbrücken' },
  saarbruecken: { code: 'V1109', name: 'Saarbrücken' },
};

/** Lower case without accents. */
const fold = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}]+/gu, '-');

/** Company of an entry, from the court's code or name; a letter behind the code tells registers of one court apart. */
export const germanCompany = (court: string, entry: string): string => `DE:${court.replace(/^([A-Z]\d{4})[A-Z]$/, '$1')}:${entry}`;

/**
 * Section B of a Handelsregister. Canonical form: court, "HRB", number, and where the entry comes from a former court
 * its letters: "Saarbrücken HRB 12345", "Kiel HRB 395 KI". "Amtsgericht" and the order of the parts do not matter.
 */
export function readHandelsregister(text: string): Reading {
  const plain = text.replace(/\s+/g, ' ').replace(/\b(Amtsgericht|Registergericht|AG)\b:?\s*/gi, '').trim();
  const first = /^(?<court>\D+?)[ ,:]*\bHRB\s*(?<number>[\d .]+)(?<former>[A-Z]{1,3})?$/i.exec(plain);
  const last = /^HRB\s*(?<number>[\d .]+?)(?: ?(?<former>[A-Z]{1,3}))?(?:, ?| \(| )(?<court>[^\d,()]+)\)?$/.exec(plain);
  const { court = '', number = '', former = '' } = (first ?? last)?.groups ?? {};
  const digits = number.replace(/[ .]/g, '').replace(/^0+/, '');
  const name = court.trim();
  if (!/^\d{1,7}$/.test(digits) || !/^\p{L}{2}[\p{L} ()./-]*$/u.test(name)) {
    return { expected: 'a court and its number in the Handelsregister, such as "Saarbrücken HRB 12345"' };
  }
  const known = courts[fold(name)];
  return {
    value: `${known?.name ?? name} HRB ${digits}${former ? ` ${former.toUpperCase()}` : ''}`,
    company: germanCompany(known?.code ?? fold(name), `HRB${digits}${former.toUpperCase()}`),
  };
}
