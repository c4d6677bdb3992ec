import sql from 'sql-template-tag';
import { many, one, type Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import type { Asked } from '../../../shared/graphql/lookAhead';
import { startupColumns } from '../startup/startup.columns';
import type { Startup } from '../startup/startup.type';
import { readRegisterNumber } from './readRegisterNumber';
import { isNumber } from './registerNumber';
import type { RegisterId, RegisterIdInput } from './registerScheme';

export const registerIdsOf = many<RegisterId & { startupId: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select startup_id as "startupId", scheme, value from register_id
      where startup_id = any(${ids}::text[]) order by scheme, value`),
  ({ startupId }) => startupId,
);

/**
 * The record of a company by `scheme value company`: the one that has this very number, else one that has it in another
 * scheme, those that are not merged first.
 */
const startupByNumber = (columns: Asked<Startup>) =>
  one<Startup & { asked: string }>(
    (numbers, { db }) => {
      const parts = numbers.map((number) => number.split('\t'));
      return db.rows(sql`
        select distinct on (n.asked) n.asked, ${startupColumns.select(columns)}
        from unnest(${numbers}::text[], ${parts.map(([scheme]) => scheme)}::text[], ${parts.map(([, value]) => value)}::text[], ${parts.map(([, , company]) => company)}::text[])
          as n(asked, scheme, value, company)
        join register_id r on r.company = n.company
        join startup s on s.id = r.startup_id
        order by n.asked, (r.scheme, r.value) = (n.scheme, n.value) desc, s.merged_into is null desc, s.id`);
    },
    ({ asked }) => asked,
  );

/** The startup of a number in any register, null where none has it; refuses what cannot be a number of the register. */
export function startupByRegisterId({ scheme, value }: RegisterIdInput, columns: Asked<Startup>, context: Context): Promise<Startup | null> {
  const read = readRegisterNumber(scheme, value);
  if (!isNumber(read)) throw badInput('registerId.value', value, read.expected);
  return context.loadWith(startupByNumber, columns, [scheme, read.value, read.company].join('\t'));
}
