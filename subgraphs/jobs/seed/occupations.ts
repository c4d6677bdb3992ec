import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Confidence } from '../../../shared/graphql/values';
import { Lang, type Text } from '../../../shared/graphql/text';
import { subgraphFile } from '../../../shared/subgraph';
import { genderForms } from '../occupation/label';
import { hinges, mappingsOf, type Coded } from '../occupation/mapping';
import type { OccupationEntity, OccupationMappingEntity } from '../occupation/occupation.entity';
import { OccupationScheme } from '../occupation/occupation.type';

const RETRIEVED = '2026-11-22T00:00:00Z';

/** An occupation as its classification has it. */
interface Listed extends Coded {
  source: string;
  /** Other French wordings under which it is found. */
  aliases?: string[];
}

const read = (file: string): Record<string, string>[] => parse(readFileSync(subgraphFile('jobs', 'seed', file)), { columns: true });

const text = (wordings: Partial<Record<Lang, string>>): Text => Object.entries(wordings).map(([lang, value]) => ({ lang: lang as Lang, value: value! }));

/** Occupations of the four classifications, and which of them correspond. */
export function occupations(): { occupations: OccupationEntity[]; mappings: OccupationMappingEntity[] } {
  const listed = [...isco(), ...esco(), ...rome(), ...kldb()];
  const mappings = mappingsOf(listed);
  const groups = hinges(listed, mappings);
  const below = belowEach(listed);
  return {
    occupations: listed.map(({ id, scheme, code, labels, broaderId, source, aliases = [] }) => {
      const all = below.get(id)!;
      return {
        id,
        scheme,
        code,
        labels,
        broaderId,
        isco: groups.get(id)!,
        hinges: [...new Set(all.map((one) => groups.get(one) ?? one))].sort(),
        wordsFr: spelt(labels, Lang.FR, aliases),
        wordsDe: spelt(labels, Lang.DE),
        wordsEn: spelt(labels, Lang.EN),
        provenance: { source, recordId: code, retrievedAt: RETRIEVED, confidence: Confidence.STATED },
      };
    }),
    mappings: mappings.map(({ fromId, toId, relation, source, recordId, confidence }) => ({
      fromId,
      toId,
      relation,
      provenance: { source, recordId, retrievedAt: RETRIEVED, confidence },
    })),
  };
}

const spelt = (labels: Text, lang: Lang, aliases: string[] = []): string =>
  [...new Set([...labels.filter((label) => label.lang === lang).flatMap(({ value }) => genderForms(value)), ...aliases])].join(' / ');

/** Ids of each occupation and of all that is narrower in its own scheme. */
function belowEach(listed: readonly Listed[]): Map<string, string[]> {
  const known = new Map(listed.map((one) => [one.id, one]));
  const below = new Map<string, string[]>(listed.map(({ id }) => [id, []]));
  for (const { id, scheme } of listed) {
    for (let at = known.get(id); at && at.scheme === scheme; at = known.get(at.broaderId ?? '')) below.get(at.id)!.push(id);
  }
  return below;
}

const isco = (): Listed[] =>
  read('isco08.csv').map(({ code, fr, de, en }) => ({
    id: `isco-08-${code}`,
    scheme: OccupationScheme.ISCO_08,
    code: code!,
    labels: text({ FR: fr!, DE: de!, EN: en! }),
    broaderId: code!.length > 1 ? `isco-08-${code!.slice(0, -1)}` : null,
    isco: code!,
    source: 'isco-08',
  }));

const esco = (): Listed[] =>
  read('esco.csv').map(({ uuid, isco, fr, de, en }) => ({
    id: `esco-${uuid}`,
    scheme: OccupationScheme.ESCO,
    code: uuid!,
    labels: text({ FR: fr!, DE: de!, EN: en! }),
    broaderId: `isco-08-${isco}`,
    isco: isco!,
    source: 'esco',
  }));

/** A fiche of ROME stands under its code: the occupation of 4.60 with that code is broader than the others of the fiche. */
function rome(): Listed[] {
  const fiches = new Map(read('rome-isco08.csv').map((row) => [row.rome, row]));
  return read('rome.csv').map(({ code, label, parent }) => ({
    id: `rome-${code}`,
    scheme: OccupationScheme.ROME,
    code: code!,
    labels: text({ FR: label! }),
    broaderId: parent === code ? null : `rome-${parent}`,
    isco: fiches.get(parent!)?.isco ?? null,
    source: 'rome',
    aliases: parent === code ? [fiches.get(code)?.label ?? []].flat() : [],
  }));
}

/** A code stands under the longest other code that it begins with. */
function kldb(): Listed[] {
  const rows = read('kldb2010.csv');
  const codes = new Set(rows.map(({ code }) => code));
  const above = (code: string): string | null => (code.length <= 1 ? null : codes.has(code.slice(0, -1)) ? `kldb-${code.slice(0, -1)}` : above(code.slice(0, -1)));
  return rows.map(({ code, de }) => ({
    id: `kldb-${code}`,
    scheme: OccupationScheme.KLDB_2010,
    code: code!,
    labels: text({ DE: de! }),
    broaderId: above(code!),
    isco: null,
    source: 'kldb',
  }));
}
