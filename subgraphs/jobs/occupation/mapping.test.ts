import { Lang, type Text } from '../../../shared/graphql/text';
import { hinges, mappingsOf, type Coded } from './mapping';
import { OccupationScheme } from './occupation.type';

const { ISCO_08, ESCO, ROME, KLDB_2010 } = OccupationScheme;
const text = (labels: Partial<Record<Lang, string>>): Text => Object.entries(labels).map(([lang, value]) => ({ lang: lang as Lang, value: value! }));
const prefix: Record<OccupationScheme, string> = { ISCO_08: 'isco-08', ESCO: 'esco', ROME: 'rome', KLDB_2010: 'kldb' };
const coded = (scheme: OccupationScheme, code: string, labels: Partial<Record<Lang, string>>, rest: Partial<Coded> = {}): Coded => ({
  id: `${prefix[scheme]}-${code}`,
  scheme,
  code,
  labels: text(labels),
  broaderId: null,
  isco: scheme === ISCO_08 ? code : null,
  ...rest,
});

/** "from RELATION to", each once. */
const told = (...occupations: Coded[]) => mappingsOf(occupations).map(({ fromId, relation, toId }) => `${fromId} ${relation} ${toId}`);

describe('ESCO', () => {
  it('stands in its one ISCO group, which is broader; and the other way round', () => {
    expect(told(coded(ESCO, 'u1', { FR: 'développeur' }, { isco: '2512' }))).toEqual(['esco-u1 BROADER isco-08-2512', 'isco-08-2512 NARROWER esco-u1']);
  });
});

describe('ROME', () => {
  it('has a broader group where other occupations have the same one, a close one where it is alone', () => {
    const fiche = coded(ROME, 'M1805', { FR: 'Développeur / Développeuse informatique' }, { isco: '2519' });
    expect(told(fiche)).toContain('rome-M1805 CLOSE isco-08-2519');
    const child = coded(ROME, 'M1855', { FR: 'Développeur / Développeuse web' }, { isco: '2519', broaderId: 'rome-M1805' });
    expect(told(fiche, child)).toEqual(expect.arrayContaining(['rome-M1805 BROADER isco-08-2519', 'rome-M1855 BROADER isco-08-2519']));
  });

  it('is taken from the table by the fiche, and inferred for what shares the fiche', () => {
    const [stated] = mappingsOf([coded(ROME, 'M1805', { FR: 'a' }, { isco: '2519' })]);
    const [inferred] = mappingsOf([coded(ROME, 'M1855', { FR: 'a' }, { isco: '2519', broaderId: 'rome-M1805' })]);
    expect(stated).toMatchObject({ source: 'rome-isco', recordId: 'M1805', confidence: 'STATED' });
    expect(inferred).toMatchObject({ source: 'rome-isco', recordId: 'M1805', confidence: 'INFERRED' });
  });

  it('without a group is not mapped', () => {
    expect(told(coded(ROME, 'X0000', { FR: 'a' }))).toEqual([]);
  });

  it('is close to an occupation of ESCO only where both group and label agree', () => {
    const rome = coded(ROME, 'M1855', { FR: 'Développeur web / Développeuse web' }, { isco: '2513' });
    const same = coded(ESCO, 'u1', { FR: 'développeur web/développeuse web' }, { isco: '2513' });
    const elsewhere = coded(ESCO, 'u2', { FR: 'développeur web/développeuse web' }, { isco: '2512' });
    const other = coded(ESCO, 'u3', { FR: 'webmestre' }, { isco: '2513' });
    const close = told(rome, same, elsewhere, other).filter((mapping) => mapping.startsWith('rome-M1855 CLOSE esco'));
    expect(close).toEqual(['rome-M1855 CLOSE esco-u1']);
  });
});

describe('KldB 2010, by its German label alone', () => {
  it('is close to the group and to the occupation of that label, and stands in the group of the latter', () => {
    const kldb = coded(KLDB_2010, '43414', { DE: 'Berufe in der Softwareentwicklung' });
    const group = coded(ISCO_08, '2512', { DE: 'Softwareentwickler' });
    const occupation = coded(ESCO, 'u1', { DE: 'Softwareentwickler/Softwareentwicklerin' }, { isco: '2514' });
    const mappings = told(kldb, group, occupation).filter((mapping) => mapping.startsWith('kldb'));
    expect(mappings).toEqual(['kldb-43414 CLOSE isco-08-2512', 'kldb-43414 CLOSE esco-u1', 'kldb-43414 BROADER isco-08-2514']);
    expect(mappingsOf([kldb, group]).every(({ source, confidence }) => source === 'kldb' && confidence === 'ESTIMATED')).toBe(true);
  });

  it('maps the narrowest of the groups that repeat a label, and the widest of its own', () => {
    const isco = [coded(ISCO_08, '251', { DE: 'Softwareentwickler' }), coded(ISCO_08, '2512', { DE: 'Softwareentwickler' })];
    const kldb = [coded(KLDB_2010, '4341', { DE: 'Softwareentwicklung' }), coded(KLDB_2010, '43414', { DE: 'Softwareentwicklung' }, { broaderId: 'kldb-4341' })];
    expect(told(...isco, ...kldb).filter((mapping) => mapping.startsWith('kldb'))).toEqual(['kldb-4341 CLOSE isco-08-2512', 'kldb-43414 BROADER isco-08-2512']);
  });

  it('inherits the group of what is wider, and stays unmapped where nothing agrees', () => {
    const wide = coded(KLDB_2010, '4341', { DE: 'Softwareentwicklung' });
    const narrow = coded(KLDB_2010, '43412', { DE: 'Ganz etwas anderes' }, { broaderId: 'kldb-4341' });
    const stranger = coded(KLDB_2010, '11111', { DE: 'Bienenzucht' });
    const mappings = told(wide, narrow, stranger, coded(ISCO_08, '2512', { DE: 'Softwareentwickler' }));
    expect(mappings).toContain('kldb-43412 BROADER isco-08-2512');
    expect(mappings.join()).not.toContain('11111');
  });
});

describe('the hinge', () => {
  it('is the group of a table, else the only one that was found, else none', () => {
    const stated = coded(ESCO, 'u1', { FR: 'a' }, { isco: '2512' });
    const one = coded(KLDB_2010, '1', {});
    const two = coded(KLDB_2010, '2', {});
    const none = coded(KLDB_2010, '3', {});
    const to = (fromId: string, toId: string) => ({ ...mappingsOf([stated])[0]!, fromId, toId });
    const found = hinges([stated, one, two, none], [to('kldb-1', 'isco-08-2513'), to('kldb-2', 'isco-08-2513'), to('kldb-2', 'isco-08-2514'), to('kldb-3', 'esco-u1')]);
    expect([...found]).toEqual([['esco-u1', '2512'], ['kldb-1', '2513'], ['kldb-2', null], ['kldb-3', null]]);
  });
});
