import { Confidence } from '../../../shared/graphql/values';
import { Lang, type Text } from '../../../shared/graphql/text';
import { activityKey, labelKey } from './label';
import { MappingRelation, OccupationScheme } from './occupation.type';

/** What of an occupation decides to which others it corresponds. */
export interface Coded {
  id: string;
  scheme: OccupationScheme;
  code: string;
  labels: Text;
  broaderId: string | null;
  /** Code of the ISCO-08 group that a table gives it; null for KldB, which has none. */
  isco: string | null;
}

export interface Mapping {
  fromId: string;
  toId: string;
  relation: MappingRelation;
  source: string;
  recordId: string;
  confidence: Confidence;
}

const inverse: Record<MappingRelation, MappingRelation> = {
  EXACT: MappingRelation.EXACT,
  CLOSE: MappingRelation.CLOSE,
  BROADER: MappingRelation.NARROWER,
  NARROWER: MappingRelation.BROADER,
};

const { ISCO_08, ESCO, ROME, KLDB_2010 } = OccupationScheme;
const iscoId = (code: string): string => `isco-08-${code}`;
function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const wording = ({ labels }: Coded, lang: Lang): string => labels.find((label) => label.lang === lang)?.value ?? '';

/**
 * Which occupations of different schemes correspond, in both directions. ISCO-08 is the hinge; two occupations of a group
 * are related to each other only where their labels agree as well.
 */
export function mappingsOf(occupations: readonly Coded[]): Mapping[] {
  const of = (scheme: OccupationScheme) => occupations.filter((occupation) => occupation.scheme === scheme);
  const oneWay = [...escoToIsco(of(ESCO)), ...romeToIsco(of(ROME)), ...romeToEsco(of(ROME), of(ESCO)), ...kldbToOthers(of(KLDB_2010), of(ISCO_08), of(ESCO))];
  return oneWay.flatMap((mapping) => [mapping, { ...mapping, fromId: mapping.toId, toId: mapping.fromId, relation: inverse[mapping.relation] }]);
}

/** Each ESCO occupation stands in exactly one ISCO-08 group. */
const escoToIsco = (esco: readonly Coded[]): Mapping[] =>
  esco.map(({ id, code, isco }) => ({
    fromId: id,
    toId: iscoId(isco!),
    relation: MappingRelation.BROADER,
    source: 'esco',
    recordId: code,
    confidence: Confidence.STATED,
  }));

/**
 * The table is many to one, by fiche; an occupation that shares its fiche takes the fiche's group. A group that several
 * occupations have is broader than each; where one alone has it, nothing shows which is wider.
 */
function romeToIsco(rome: readonly Coded[]): Mapping[] {
  const sharing = grouped(rome, ({ isco }) => isco);
  return rome
    .filter(({ isco }) => isco !== null)
    .map(({ id, code, broaderId, isco }) => ({
      fromId: id,
      toId: iscoId(isco!),
      relation: sharing.get(isco)!.length > 1 ? MappingRelation.BROADER : MappingRelation.CLOSE,
      source: 'rome-isco',
      recordId: broaderId?.replace('rome-', '') ?? code,
      confidence: broaderId === null ? Confidence.STATED : Confidence.INFERRED,
    }));
}

/** Of one ISCO-08 group and with the same French label. */
function romeToEsco(rome: readonly Coded[], esco: readonly Coded[]): Mapping[] {
  const key = (occupation: Coded) => `${occupation.isco} ${labelKey(wording(occupation, Lang.FR))}`;
  const named = grouped(esco, key);
  return rome.flatMap((occupation) =>
    (named.get(key(occupation)) ?? []).map(({ id }) => ({
      fromId: occupation.id,
      toId: id,
      relation: MappingRelation.CLOSE,
      source: 'hub',
      recordId: `label ${occupation.code}`,
      confidence: Confidence.INFERRED,
    })),
  );
}

/**
 * KldB 2010 has no free correspondence table: an occupation corresponds to those whose German label says the same, and
 * stands in their ISCO-08 group. What is narrower inherits the group; what agrees with no label stays unmapped.
 */
function kldbToOthers(kldb: readonly Coded[], isco: readonly Coded[], esco: readonly Coded[]): Mapping[] {
  const byKey = (all: readonly Coded[]) => grouped(all, (occupation) => activityKey(wording(occupation, Lang.DE)));
  // The levels of a classification repeat a label: the widest of KldB stands for those below, the narrowest of ISCO for those above.
  const groups = new Map([...byKey(isco)].map(([key, all]) => [key, all.filter(({ code }) => !all.some((other) => other.code.length > code.length && other.code.startsWith(code)))]));
  const titles = byKey(esco);
  const mappings: Mapping[] = [];
  const groupsOf = new Map<string, string[]>();
  const seen = new Map<string, string>();
  const add = (from: Coded, toId: string, relation: MappingRelation, because: string) =>
    mappings.push({ fromId: from.id, toId, relation, source: 'kldb', recordId: `label ${because}`, confidence: Confidence.ESTIMATED });

  for (const occupation of [...kldb].sort((a, b) => a.code.length - b.code.length)) {
    const key = activityKey(wording(occupation, Lang.DE));
    const wider = seen.get(key);
    const repeats = wider !== undefined && occupation.code.startsWith(wider);
    if (!repeats) seen.set(key, occupation.code);
    const same = repeats ? [] : (groups.get(key) ?? []);
    const alike = repeats ? [] : (titles.get(key) ?? []);
    for (const { id } of [...same, ...alike]) add(occupation, id, MappingRelation.CLOSE, occupation.code);
    const around = [...new Set(alike.map((title) => title.isco!))].filter((code) => !same.some((group) => group.code === code));
    for (const code of around) add(occupation, iscoId(code), MappingRelation.BROADER, occupation.code);

    const own = [...same.map(({ code }) => code), ...around];
    const inherited = own.length ? [] : (groupsOf.get(occupation.broaderId ?? '') ?? []);
    for (const code of inherited) add(occupation, iscoId(code), MappingRelation.BROADER, occupation.broaderId!.replace('kldb-', ''));
    groupsOf.set(occupation.id, own.length ? own : inherited);
  }
  return mappings;
}

/** The one ISCO-08 group in which an occupation stands; null where it stands in none, or in several. */
export function hinges(occupations: readonly Coded[], mappings: readonly Mapping[]): Map<string, string | null> {
  const groups = grouped(mappings.filter(({ toId }) => toId.startsWith('isco-08-')), ({ fromId }) => fromId);
  return new Map(
    occupations.map(({ id, isco }) => {
      const codes = (groups.get(id) ?? []).map(({ toId }) => toId.replace('isco-08-', ''));
      return [id, isco ?? (codes.length === 1 ? codes[0]! : null)];
    }),
  );
}
