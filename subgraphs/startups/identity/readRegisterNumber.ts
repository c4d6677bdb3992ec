import { readEuid } from './euid';
import { readHandelsregister } from './handelsregister';
import { readLei } from './lei';
import { readRcs } from './rcs';
import type { Reading } from './registerNumber';
import { RegisterScheme } from './registerScheme';
import { readSiren, readSiret } from './sirene';
import { readVat } from './vat';

const readers: Record<RegisterScheme, (text: string) => Reading> = {
  SIREN: readSiren,
  SIRET: readSiret,
  RCS_LU: readRcs,
  HRB: readHandelsregister,
  EUID: readEuid,
  VAT: readVat,
  LEI: readLei,
};

/** Reads a number as people write it: grouping and case do not matter, form and check digits do. */
export function readRegisterNumber(scheme: RegisterScheme, text: string): Reading {
  // No register writes longer ones; what follows may look at a text several times.
  return readers[scheme](text.length > 100 ? '' : text.normalize('NFC').trim());
}
