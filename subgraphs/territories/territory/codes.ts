import { CodeScheme } from './territory.type';

const schemes: Record<CodeScheme, string> = {
  ISO3166: 'ISO 3166-1 alpha-2 (two letters, FR)',
  NUTS: 'NUTS 2024 (two letters and up to three characters, DEC0)',
  LAU: 'LAU (country, underscore, national code: FR_57672, LU_0304, DE_10041100)',
  INSEE_COM: 'INSEE_COM (five characters, 57672)',
  INSEE_DEP: 'INSEE_DEP (two characters, 57)',
  INSEE_REG: 'INSEE_REG (two digits, 44)',
  SIREN: 'SIREN of an intercommunalité (nine digits, 245701362)',
  AGS: 'AGS (two, five or eight digits, 10041100)',
  LU_CANTON: 'LU_CANTON (two digits, 03)',
};

/** A scheme with the form of its codes, for an error's reader. */
export const describeScheme = (scheme: CodeScheme): string => schemes[scheme];
