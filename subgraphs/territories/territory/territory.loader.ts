import sql from 'sql-template-tag';
import { many, one, requireEach, type Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import { Columns, type Asked } from '../../../shared/graphql/lookAhead';
import { Territory, type CodeInput, type TerritoryCode } from './territory.type';
import { describeScheme } from './codes';

/** Columns of a territory `t`. */
export const territoryColumns = new Columns(Territory, {
  id: sql`t.id`,
  kind: sql`t.kind`,
  names: sql`t.names`,
  aliases: sql`t.aliases`,
  country: sql`t.country`,
  lat: sql`t.lat`,
  lon: sql`t.lon`,
  validFrom: sql`t.valid_from`,
  validTo: sql`t.valid_to`,
  provenance: sql`t.provenance`,
});

export const territoryById = (columns: Asked<Territory>) =>
  one<Territory>(
    (ids, { db }) => db.rows(sql`select ${territoryColumns.select(columns)} from territory t where t.id = any(${ids}::text[])`),
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
export const parentsOf = (columns: Asked<Territory>) =>
  many<Territory & { child: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select c.id as child, ${territoryColumns.select(columns)}
        from territory c
        join territory t on t.id = any(c.areas) and t.id <> c.id
        where c.id = any(${ids}::text[])
        order by array_position(${nearToFar}::text[], t.kind), cardinality(t.areas) desc, t.id`),
    ({ child }) => child,
  );

/** The territory of a code, or a refusal: each scheme is a closed list. */
export async function territoryByCode({ scheme, value }: CodeInput, columns: Asked<Territory>, { db }: Context): Promise<Territory> {
  const code = scheme === 'ISO3166' || scheme === 'NUTS' || scheme === 'LAU' ? value.toUpperCase() : value;
  const [found] = await db.rows<Territory>(sql`
    select ${territoryColumns.select(columns)} from territory_code c join territory t on t.id = c.territory_id
    where c.scheme = ${scheme} and c.value = ${code}`);
  if (!found) throw badInput('code.value', value, `a code of ${describeScheme(scheme)} in the area of the hub`);
  return found;
}

export const requireTerritories = requireEach(territoryById(['id']), 'the id of a territory, such as "sillon-lorrain"');

const countryById = one<{ id: string }>(
  (ids, { db }) => db.rows(sql`select id from territory where kind = 'COUNTRY' and id = any(${ids}::text[])`),
  ({ id }) => id,
);

/** A country's id is its code in lower case. */
export const requireCountry = requireEach(countryById, 'the ISO 3166-1 alpha-2 code of a country of the hub, such as "FR"');
