import { germanCompany } from './handelsregister';
import { readRcs } from './rcs';
import { isNumber, type Reading, type RegisterNumber } from './registerNumber';
import { readSiren } from './sirene';

/** Member states of the EU and the EEA as EUIDs write them (Greece is EL). */
const countries = new Set('AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '));

/**
 * Annex of Implementing Regulation (EU) 2021/1042, section 9: country, register, a dot, the number in that register, and
 * possibly a verification digit behind an underscore, which is no part of the identity.
 * Luxembourg: LURCSL.B123456. Germany: court and entry, DEV1109.HRB12345 or DEX1517R.HRB395KI. France: registry and SIREN,
 * FR5401.732829320. Of the other countries only the form is checked.
 */
export function readEuid(text: string): Reading {
  const plain = text.replace(/\s/g, '').toUpperCase();
  const [, country = '', register = '', number = ''] = /^([A-Z]{2})([A-Z0-9]+)\.([A-Z0-9][A-Z0-9./-]*)(?:_[A-Z0-9])?$/.exec(plain) ?? [];
  if (!countries.has(country)) return { expected: 'an EUID: country, register, dot and number, such as LURCSL.B123456' };
  const euid = (entry: string, company: string): RegisterNumber => ({ value: `${country}${register}.${entry}`, company });
  switch (country) {
    case 'LU': {
      const read = readRcs(number);
      if (register !== 'RCSL' || !isNumber(read)) return { expected: 'an EUID of Luxembourg: LURCSL, dot, and a number such as B123456' };
      return euid(read.value, read.company);
    }
    case 'DE': {
      const [, section, digits, former] = /^(HRA|HRB|GNR|PR|VR|GSR)0*([1-9]\d{0,6})([A-Z]{0,3})$/.exec(number.replace(/[.-]/g, '')) ?? [];
      if (!section || !/^[A-Z]\d{4}[A-Z]?$/.test(register)) {
        return { expected: 'an EUID of Germany: DE, the code of the court, dot, section and number, such as DEV1109.HRB12345' };
      }
      const entry = `${section}${digits}${former}`;
      return euid(entry, germanCompany(register, entry));
    }
    case 'FR': {
      const read = readSiren(number);
      if (!isNumber(read)) return { expected: `an EUID of France: FR, the code of the registry, dot, and ${read.expected}` };
      return euid(read.value, read.company);
    }
    default:
      return euid(number, `${country}:${register}:${number}`);
  }
}
