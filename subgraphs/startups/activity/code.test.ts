import { ActivityScheme } from './activity.type';
import { keysOf, readCode, trunk } from './code';

const { NACE_2, NAF_2, WZ_2008 } = ActivityScheme;

describe('a code is read with or without dots', () => {
  test.each([
    [NAF_2, '62.01Z', '62.01Z'],
    [NAF_2, '6201z', '62.01Z'],
    [NAF_2, ' 62 01 Z ', '62.01Z'],
    [NAF_2, '6201', '62.01'],
    [NAF_2, '620', '62.0'],
    [NAF_2, '62', '62'],
    [WZ_2008, '62019', '62.01.9'],
    [WZ_2008, '62.01.9', '62.01.9'],
    [WZ_2008, 'j', 'J'],
    [NACE_2, '6201', '62.01'],
  ])('%s %s', (scheme, text, code) => expect(readCode(scheme, text)).toBe(code));
});

test.each([
  [NACE_2, '62.01Z'],
  [NACE_2, '62.01.9'],
  [NACE_2, 'Z'],
  [NAF_2, '62.01.9'],
  [NAF_2, '62Z'],
  [WZ_2008, '62.01Z'],
  [WZ_2008, ''],
  [WZ_2008, '6'],
])('%s has no code of the form %s', (scheme, text) => expect(readCode(scheme, text)).toBeNull());

/** The generated column `startup_activity.keys`. */
const keys = (scheme: ActivityScheme, code: string) => [code.slice(0, 2), code.slice(0, 4), code.slice(0, 5), `${scheme} ${code}`, `${scheme} ${code.slice(0, 5)}`];

describe('a filter finds a code, what lies below it, and its equivalents', () => {
  test.each([
    [NAF_2, '62.01Z', NAF_2, '62.01Z', true],
    [NAF_2, '62.01Z', WZ_2008, '62.01.9', true],
    [NAF_2, '62.01Z', WZ_2008, '62.01', true],
    [NAF_2, '62.01Z', NACE_2, '62.01', true],
    [NAF_2, '62.02A', NAF_2, '62.02B', false],
    [NAF_2, '62.02A', NACE_2, '62.02', true],
    [NAF_2, '62.02A', NACE_2, '62.0', false],
    [WZ_2008, '62.01.1', WZ_2008, '62.01.9', false],
    [WZ_2008, '62.01.1', NAF_2, '62.01Z', true],
    [NACE_2, '62.01', NAF_2, '62.01Z', true],
    [NAF_2, '62', NAF_2, '62.01Z', true],
    [NAF_2, '62', WZ_2008, '62.02.0', true],
    [NAF_2, '62.0', NACE_2, '62.09', true],
    [NAF_2, '62', NAF_2, '63.11Z', false],
    [NAF_2, '62.01', NACE_2, '62', false],
  ])('%s %s and %s %s: %s', (scheme, code, other, activity, found) =>
    expect(keysOf(scheme, code, []).some((key) => keys(other, activity).includes(key))).toBe(found));

  test('a section stands for itself and its divisions', () => expect(keysOf(NACE_2, 'J', ['62', '63'])).toEqual(['J', '62', '63']));
});

test('codes share sections, divisions, groups and classes', () => {
  expect(['J', '62', '62.0', '62.01', '62.01Z', '62.01.9'].map(trunk)).toEqual(['J', '62', '62.0', '62.01', '62.01', '62.01']);
});
