import { euVat } from 'stdnum';
import { compact, isNumber, type Reading } from './registerNumber';
import { readSiren } from './sirene';

/** A value-added tax number with its country; that of a French company is its SIREN behind a key of two characters. */
export function readVat(text: string): Reading {
  const given = compact(text);
  const country = given.slice(0, 2);
  // Greece writes EL where ISO 3166 has GR.
  const [validator] = (country === 'EL' ? euVat.GR : country === 'GR' ? undefined : euVat[country]) ?? [];
  if (!validator) return { expected: 'a VAT number that begins with its country, such as LU15027442' };
  const result = validator.validate(given.slice(2));
  if (!result.isValid) {
    const why = result.error?.name === 'InvalidChecksum' ? 'with the right check digits' : 'in the form of that country';
    return { expected: `a VAT number of ${country} ${why}` };
  }
  const value = `${country}${result.compact.replace(new RegExp(`^${country}`), '')}`;
  // A number of Monaco has 000 where a SIREN begins.
  const siren = country === 'FR' && !value.startsWith('000', 4) ? readSiren(value.slice(4)) : null;
  return { value, company: siren && isNumber(siren) ? siren.company : `VAT:${value}` };
}
