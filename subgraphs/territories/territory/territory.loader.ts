import sql, { type Sql } from 'sql-template-tag';
import { many, one, type Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import type { CodeInput, Territory, TerritoryCode } from './territory.type';
import { describeScheme } from './codes';

export const territoryColumns: Sql = sql`
  t.id, t.kind, t.names, t.aliases, t.country, t.lat, t.lon, t.valid_from as "validFrom", t.valid_to as "validTo", t.provenance`;

export const territoryById = one<Territory>(
  (ids, { db }) => db.rows(sql`select ${territoryColumns} from territory t where t.id = any(${ids}::text[])`),
  ({ id }) => id,
);

export const codesOf = many<TerritoryCode & { territoryId: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select territory_id as "territoryId", scheme, value, vintage from territory_code
      where territory_id = any(${ids}::text[]) order by scheme, value`),
  ({ territoryId }) => territoryId,
);

/** Every area that contains it: administrative ones from near to far, then poles and cross-border areas. */
export const parentsOf = many<Territory & { child: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select c.id as child, ${territoryColumns}
      from territory c
      join territory t on t.id = any(c.areas) and t.id <> c.id
      where c.id = any(${ids}::text[])
      order by t.kind in ('METROPOLITAN_POLE', 'CROSS_BORDER_AREA'), cardinality(t.areas) desc, t.id`),
  ({ child }) => child,
);

/** The territory of a code, or a refusal: each scheme is a closed list. */
export async function territoryByCode({ scheme, value }: CodeInput, { db }: Context): Promise<Territory> {
  const code = scheme === 'ISO3166' || scheme === 'NUTS' || scheme === 'LAU' ? value.toUpperCase() : value;
  const [found] = await db.rows<Territory>(sql`
    select ${territoryColumns} from territory_code c join territory t on t.id = c.territory_id
    where c.scheme = ${scheme} and c.value = ${code}`);
  if (!found) throw badInput('code.value', value, `a code of ${describeScheme(scheme)} in the area of the hub`);
  return found;
}

/** Refuses ids that no territory has, by the name of their argument. */
export async function requireTerritories(argument: string, ids: readonly string[], context: Context): Promise<void> {
  const found = await Promise.all(ids.map((id) => context.load(territoryById, id)));
  const missing = ids.find((_, at) => !found[at]);
  if (missing !== undefined) throw badInput(argument, missing, 'the id of a territory, such as "sillon-lorrain"');
}
