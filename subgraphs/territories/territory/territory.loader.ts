import sql, { type Sql } from 'sql-template-tag';
import { many, one, requireEach, type Context } from '../../../shared/graphql/context';
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

/** Kinds of areas from the smallest to the largest, those of cooperation last. */
const nearToFar = ['MUNICIPALITY', 'INTERCOMMUNALITY', 'EMPLOYMENT_ZONE', 'CANTON', 'DISTRICT', 'DEPARTMENT', 'REGION', 'COUNTRY', 'METROPOLITAN_POLE', 'CROSS_BORDER_AREA'];

/** Every area that contains it: administrative ones from near to far, then poles and cross-border areas. */
export const parentsOf = many<Territory & { child: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select c.id as child, ${territoryColumns}
      from territory c
      join territory t on t.id = any(c.areas) and t.id <> c.id
      where c.id = any(${ids}::text[])
      order by array_position(${nearToFar}::text[], t.kind), cardinality(t.areas) desc, t.id`),
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

export const requireTerritories = requireEach(territoryById, 'the id of a territory, such as "sillon-lorrain"');

const countryById = one<{ id: string }>(
  (ids, { db }) => db.rows(sql`select id from territory where kind = 'COUNTRY' and id = any(${ids}::text[])`),
  ({ id }) => id,
);

/** A country's id is its code in lower case. */
export const requireCountry = requireEach(countryById, 'the ISO 3166-1 alpha-2 code of a country of the hub, such as "FR"');
