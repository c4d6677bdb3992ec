import { stdnum } from 'stdnum';
import { compact, isNumber, type Reading } from './registerNumber';

// Numbers of INSEE's register Sirene: a company's, and its establishments'.

export function readSiren(text: string): Reading {
  const value = compact(text);
  if (!/^\d{9}$/.test(value)) return { expected: 'a SIREN: nine digits' };
  if (!stdnum.FR!.siren!.validate(value).isValid) return { expected: 'a SIREN whose last digit is its check digit (Luhn)' };
  return { value, company: `FR:${value}` };
}

/** `stdnum` knows La Poste's exception: the digits of its establishments add up to a multiple of five. */
export function readSiret(text: string): Reading {
  const value = compact(text);
  if (!/^\d{14}$/.test(value)) return { expected: 'a SIRET: fourteen digits' };
  const siren = readSiren(value.slice(0, 9));
  if (!isNumber(siren)) return { expected: 'a SIRET that begins with a SIREN; the check digit (Luhn) of its first nine digits is wrong' };
  if (!stdnum.FR!.siret!.validate(value).isValid) return { expected: 'a SIRET whose last digit is its check digit (Luhn)' };
  return { value, company: siren.company };
}
