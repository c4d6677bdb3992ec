import { readRegisterNumber } from './readRegisterNumber';
import { isNumber } from './registerNumber';
import { RegisterScheme } from './registerScheme';

const read = (scheme: keyof typeof RegisterScheme, text: string) => readRegisterNumber(RegisterScheme[scheme], text);
const value = (scheme: keyof typeof RegisterScheme, text: string) => {
  const result = read(scheme, text);
  return isNumber(result) ? result.value : `expected ${result.expected}`;
};
const company = (scheme: keyof typeof RegisterScheme, text: string) => {
  const result = read(scheme, text);
  return isNumber(result) ? result.company : null;
};

describe('a number is understood in the ways in which people write it', () => {
  test.each([
    ['SIREN', '732 829 320', '732829320'],
    ['SIREN', '732\u202f829\u00a0320', '732829320'],
    ['SIRET', '732 829 320 00074', '73282932000074'],
    ['RCS_LU', 'b 123.456', 'B123456'],
    ['RCS_LU', 'RCS Luxembourg B 000123', 'B123'],
    ['RCS_LU', 'F1234567', 'F1234567'],
    ['HRB', 'Saarbrücken HRB 12345', 'Saarbrücken HRB 12345'],
    ['HRB', 'amtsgericht saarbruecken, hrb 12 345', 'Saarbrücken HRB 12345'],
    ['HRB', 'HRB 12345, Amtsgericht Saarbrücken', 'Saarbrücken HRB 12345'],
    ['HRB', 'HRB 12345 (Saarbrücken)', 'Saarbrücken HRB 12345'],
    ['HRB', 'HRB 395 KI Kiel', 'Kiel HRB 395 KI'],
    ['HRB', 'Kiel HRB 395 KI', 'Kiel HRB 395 KI'],
    ['HRB', 'Frankfurt am Main HRB 00012', 'Frankfurt am Main HRB 12'],
    ['EUID', 'lurcsl.b123456', 'LURCSL.B123456'],
    ['EUID', 'LURCSL.B 60.814', 'LURCSL.B60814'],
    ['EUID', 'DEV1109.HRB12345', 'DEV1109.HRB12345'],
    ['EUID', 'DEX1517R.HRB395KI', 'DEX1517R.HRB395KI'],
    ['EUID', 'FR5401.732 829 320', 'FR5401.732829320'],
    ['EUID', 'ELGEMI.077700527000', 'ELGEMI.077700527000'],
    ['EUID', 'LURCSL.B123456_7', 'LURCSL.B123456'],
    ['VAT', 'LU 150 274 42', 'LU15027442'],
    ['VAT', 'FR 40 303 265 045', 'FR40303265045'],
    ['VAT', 'de 136.695.976', 'DE136695976'],
    ['VAT', 'EL 094259216', 'EL094259216'],
    ['LEI', '5299 00D6 BF99 LW9R 2E68', '529900D6BF99LW9R2E68'],
  ] as const)('%s %s', (scheme, text, canonical) => expect(value(scheme, text)).toBe(canonical));
});

describe('what cannot be a number is refused with its reason', () => {
  test.each([
    ['SIREN', '73282932', 'nine digits'],
    ['SIREN', '732829321', 'check digit'],
    ['SIRET', '7328293200007', 'fourteen digits'],
    ['SIRET', '73282932000075', 'check digit'],
    ['SIRET', '73282932100074', 'first nine digits'],
    ['RCS_LU', '123456', 'section letter'],
    ['RCS_LU', 'K123456', 'section letter'],
    ['RCS_LU', 'B12345678', 'one to seven digits'],
    ['HRB', 'HRB 12345', 'a court'],
    ['HRB', 'Saarbrücken HRA 12345', 'a court'],
    ['HRB', 'Saarbrücken HRB', 'a court'],
    ['EUID', 'LURCSL', 'an EUID'],
    ['EUID', 'US123.456', 'an EUID'],
    ['EUID', 'LUXYZ.B123456', 'of Luxembourg'],
    ['EUID', 'DEV1109.12345', 'of Germany'],
    ['EUID', 'FR5401.732829321', 'check digit'],
    ['VAT', '15027442', 'begins with its country'],
    ['VAT', 'GR094259216', 'begins with its country'],
    ['VAT', 'LU15027443', 'right check digits'],
    ['VAT', 'LU1502744', 'form of that country'],
    ['LEI', '529900D6BF99LW9R2E6', 'eighteen'],
    ['LEI', '529900D6BF99LW9R2E69', 'check digits'],
    ['SIREN', '', 'nine digits'],
    ['EUID', '\0', 'an EUID'],
    ['HRB', 'Saar\0brücken HRB 1', 'a court'],
    ['HRB', `${','.repeat(100_000)} HRB 1`, 'a court'],
  ] as const)('%s %s', (scheme, text, reason) => expect(value(scheme, text)).toMatch(new RegExp(`^expected .*${reason}`)));
});

describe("La Poste's establishments add up to a multiple of five instead of Luhn", () => {
  test('head office', () => expect(value('SIRET', '356 000 000 00048')).toBe('35600000000048'));
  test('post office', () => expect(value('SIRET', '35600000049837')).toBe('35600000049837'));
  test('neither', () => expect(value('SIRET', '35600000049838')).toMatch('check digit'));
});

describe('the same entry in two schemes is the same company', () => {
  test.each([
    ['RCS_LU', 'B123456', 'EUID', 'LURCSL.B123456', true],
    ['HRB', 'Saarbrücken HRB 12345', 'EUID', 'DEV1109.HRB12345', true],
    ['HRB', 'Saarbrücken HRB 12345', 'EUID', 'DEV1109R.HRB12345', true],
    ['SIREN', '732829320', 'SIRET', '73282932000074', true],
    ['SIREN', '732829320', 'EUID', 'FR5401.732829320', true],
    ['SIREN', '303265045', 'VAT', 'FR40303265045', true],
    ['RCS_LU', 'B123456', 'RCS_LU', 'F123456', false],
    ['HRB', 'Saarbrücken HRB 12345', 'HRB', 'Kiel HRB 12345', false],
    ['HRB', 'Kiel HRB 395', 'HRB', 'Kiel HRB 395 KI', false],
    ['VAT', 'LU15027442', 'RCS_LU', 'B150274', false],
  ] as const)('%s %s and %s %s', (a, first, b, second, same) => {
    expect(company(a, first)).not.toBeNull();
    expect(company(a, first) === company(b, second)).toBe(same);
  });
});
