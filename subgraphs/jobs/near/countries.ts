import sql from 'sql-template-tag';
import type { Batch } from '../../../shared/graphql/context';

/** ISO 3166-1 codes of the countries that the hub has areas of; its only key is ''. */
export const countriesOfHub: Batch<string, string[]> = async (keys, { db }) => {
  const rows = await db.rows<{ country: string }>(sql`select country from area where kind = 'COUNTRY' and country is not null order by country`);
  return keys.map(() => rows.map(({ country }) => country));
};
