import sql, { type Sql } from 'sql-template-tag';
import { many, one, requireEach, type Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import type { MappingRelation, Occupation, OccupationInput, OccupationScheme } from './occupation.type';

export const occupationColumns: Sql = sql`c.id, c.scheme, c.code, c.labels, c.broader_id as "broaderId", c.provenance`;

export const occupationById = one<Occupation>(
  (ids, { db }) => db.rows(sql`select ${occupationColumns} from occupation c where c.id = any(${ids}::text[])`),
  ({ id }) => id,
);

export const requireOccupation = requireEach(occupationById, 'the id of an occupation, such as "isco-08-2512"');

/** An occupation with what offers of it are found by. */
export interface OccupationSpan extends Occupation {
  /** ISCO-08 groups of it and of all that is narrower in its scheme; for one without a group, its id. */
  hinges: string[];
}

const byCode = one<OccupationSpan & { key: string }>(
  (keys, { db }) =>
    db.rows(sql`
      select c.scheme || ' ' || c.code as key, ${occupationColumns}, c.hinges from occupation c
      where (c.scheme, c.code) in (select split_part(key, ' ', 1), split_part(key, ' ', 2) from unnest(${keys}::text[]) as key)`),
  ({ key }) => key,
);

const forms: Record<OccupationScheme, string> = {
  ISCO_08: 'ISCO-08 (one to four digits, 2512)',
  ESCO: "ESCO (the UUID at the end of an occupation's URI)",
  ROME: 'ROME 4.60 (a letter and four digits, M1805)',
  KLDB_2010: 'KldB 2010 (one to five digits, 43414)',
};

/** The occupation of a code, or null. */
export async function occupationByCode({ scheme, code }: OccupationInput, context: Context): Promise<OccupationSpan | null> {
  const written = scheme === 'ESCO' ? code.toLowerCase() : code.toUpperCase();
  return /^[\w-]+$/.test(written) ? context.load(byCode, `${scheme} ${written}`) : null;
}

/** Completes the sentence "expected …": each scheme is a closed list. */
export const expectedCode = (scheme: OccupationScheme): string => `a code of ${forms[scheme]}`;

/** The occupation of a code, or a refusal. */
export async function occupationOf(argument: string, input: OccupationInput, context: Context): Promise<OccupationSpan> {
  const found = await occupationByCode(input, context);
  if (!found) throw badInput(`${argument}.code`, input.code, expectedCode(input.scheme));
  return found;
}

export interface MappingRow {
  fromId: string;
  relation: MappingRelation;
  provenance: ProvenanceRecord;
  to: Occupation;
}

/** What each corresponds to, with the other occupation whole: ISCO-08 first, then by scheme and code. */
export const mappingsOf = many<MappingRow>(
  async (ids, { db }) => {
    const rows = await db.rows<Occupation & { fromId: string; relation: MappingRelation; said: ProvenanceRecord }>(sql`
      select m.from_id as "fromId", m.relation, m.provenance as said, ${occupationColumns}
      from occupation_mapping m join occupation c on c.id = m.to_id
      where m.from_id = any(${ids}::text[])
      order by c.scheme <> 'ISCO_08', c.scheme, c.code`);
    return rows.map(({ fromId, relation, said, ...to }) => ({ fromId, relation, provenance: said, to }));
  },
  ({ fromId }) => fromId,
);
