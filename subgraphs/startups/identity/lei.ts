import { compact, type Reading } from './registerNumber';

/** ISO 17442: letters count from A = 10, and the whole is 1 modulo 97. */
export function readLei(text: string): Reading {
  const value = compact(text);
  if (!/^[A-Z0-9]{18}\d{2}$/.test(value)) return { expected: 'an LEI: eighteen letters or digits and two check digits' };
  const digits = [...value].map((character) => parseInt(character, 36)).join('');
  if (BigInt(digits) % 97n !== 1n) return { expected: 'an LEI with the right check digits (ISO 7064 mod 97-10)' };
  return { value, company: `LEI:${value}` };
}
