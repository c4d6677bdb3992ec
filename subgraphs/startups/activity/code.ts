import { ActivityScheme } from './activity.type';

// NAF rev. 2 (INSEE), WZ 2008 (Destatis) and NACE rev. 2 (Regulation (EC) 1893/2006) have sections, divisions, groups and
// classes in common; NAF and WZ divide classes further, each in its own way. So equivalents follow from the codes.

/** Codes as written without dots: NAF has no section here, its list does not name them. */
const shapes: Record<ActivityScheme, RegExp> = {
  NACE_2: /^([A-U]|\d{2,4})$/,
  NAF_2: /^(\d{2,4}|\d{4}[A-Z])$/,
  WZ_2008: /^([A-U]|\d{2,5})$/,
};

const examples: Record<ActivityScheme, string> = {
  NACE_2: 'NACE rev. 2 (J, 62, 62.0 or 62.01)',
  NAF_2: 'NAF rev. 2 (62, 62.0, 62.01 or 62.01Z)',
  WZ_2008: 'WZ 2008 (J, 62, 62.0, 62.01 or 62.01.9)',
};

/** A classification with the form of its codes, for an error's reader. */
export const describeScheme = (scheme: ActivityScheme): string => examples[scheme];

/** A code as its list writes it, from one with or without dots in either case; null where it has the form of none. */
export function readCode(scheme: ActivityScheme, text: string): string | null {
  const plain = text.replace(/[\s.]/g, '').toUpperCase();
  if (!shapes[scheme].test(plain)) return null;
  if (plain.length < 3) return plain;
  const [division, rest, further] = [plain.slice(0, 2), plain.slice(2, 4), plain.slice(4)];
  const dot = scheme === ActivityScheme.WZ_2008 && further ? '.' : '';
  return `${division}.${rest}${dot}${further}`;
}

/** What a code has in common with the other schemes: section, division, group or class. */
export const trunk = (code: string): string => code.slice(0, 5);

/**
 * Keys (column `startup_activity.keys`) of the activities that are a code, stand below it, or are its equivalent in another
 * scheme. From the class up the schemes agree: whatever lies below is meant. A sub-class means itself, and in the other schemes
 * its class and all that divides it there.
 * @param divisions of the section, where the code is one
 */
export function keysOf(scheme: ActivityScheme, code: string, divisions: readonly string[]): string[] {
  if (code.length === 1) return [code, ...divisions];
  if (code === trunk(code)) return [code];
  return Object.values(ActivityScheme).map((other) => `${other} ${other === scheme ? code : trunk(code)}`);
}
