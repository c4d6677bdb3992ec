import { compact, type Reading } from './registerNumber';

/** Sections A (traders), B (commercial companies) to J of the register of Luxembourg; leading zeros do not count. */
export function readRcs(text: string): Reading {
  const [, section, digits] = /^(?:RCSL?(?:LUXEMBOURG)?)?([A-J])0*([1-9]\d{0,6})$/.exec(compact(text)) ?? [];
  if (!section) return { expected: 'a number of the RCS Luxembourg: a section letter A to J and one to seven digits, such as B123456' };
  const value = `${section}${digits}`;
  return { value, company: `LU:${value}` };
}
