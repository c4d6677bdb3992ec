import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Lang } from '../../../shared/graphql/text';
import { subgraphFile } from '../../../shared/subgraph';
import type { ActivityClassEntity } from '../activity/activity.entity';
import { ActivityScheme } from '../activity/activity.type';

const read = (file: string): Record<string, string>[] => parse(readFileSync(subgraphFile('startups', 'seed', file)), { columns: true });

/**
 * NAF rev. 2 (INSEE), WZ 2008 (Destatis), and NACE rev. 2 as what both have down to the class, in their words.
 * The list of WZ names each section before its divisions; the other lists have their sections from there.
 */
export function activityClasses(): ActivityClassEntity[] {
  const sectionOf = new Map<string, string>();
  let section = '';
  const wz = read('wz2008.csv').map(({ code, de }) => {
    if (/^[A-U]$/.test(code!)) section = code!;
    if (code!.length === 2) sectionOf.set(code!, section);
    return { scheme: ActivityScheme.WZ_2008, code: code!, section, names: [{ lang: Lang.DE, value: de! }] };
  });
  const naf = read('naf-rev2.csv').map(({ code, fr }) => ({
    scheme: ActivityScheme.NAF_2,
    code: code!,
    section: sectionOf.get(code!.slice(0, 2))!,
    names: [{ lang: Lang.FR, value: fr! }],
  }));
  const nace = new Map<string, ActivityClassEntity>();
  for (const { code, section, names } of [...naf, ...wz]) {
    if (code.length > 5) continue;
    nace.set(code, { scheme: ActivityScheme.NACE_2, code, section, names: [...(nace.get(code)?.names ?? []), ...names] });
  }
  return [...naf, ...wz, ...nace.values()];
}
