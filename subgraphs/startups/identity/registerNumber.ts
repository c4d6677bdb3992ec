/** A number as it was understood. */
export interface RegisterNumber {
  /** Canonical form: each number of a scheme has exactly one. */
  value: string;
  /**
   * What it numbers, the same for every scheme that writes the same entry: country and entry, such as `FR:732829320` for
   * SIREN, SIRET and French VAT, `LU:B123456`, `DE:V1109:HRB12345`.
   */
  company: string;
}

/** Why a text is no number of the scheme; completes the sentence "expected …". */
export interface NotANumber {
  expected: string;
}

export type Reading = RegisterNumber | NotANumber;

export const isNumber = (read: Reading): read is RegisterNumber => 'company' in read;

/** Upper case without what only groups digits: spaces (U+00A0 and U+2009 too), dots, hyphens, slashes. */
export const compact = (text: string): string => text.replace(/[\s.\-/]/g, '').toUpperCase();
