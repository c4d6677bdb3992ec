import sql from 'sql-template-tag';
import { many, one, type Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import type { Activity, ActivityInput } from './activity.type';
import { describeScheme, keysOf, readCode } from './code';

export const activitiesOf = many<Activity & { startupId: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select a.startup_id as "startupId", c.scheme, c.code, c.names
      from startup_activity a join activity_class c using (scheme, code)
      where a.startup_id = any(${ids}::text[]) order by a.startup_id, a.position`),
  ({ startupId }) => startupId,
);

/** The same activity in the other schemes, by `scheme code`. */
export const equivalentsOf = many<Activity & { of: string }>(
  (keys, { db }) => {
    const [schemes, codes] = split(keys);
    return db.rows(sql`
      select k.scheme || ' ' || k.code as of, c.scheme, c.code, c.names
      from unnest(${schemes}::text[], ${codes}::text[]) as k(scheme, code)
      join activity_class c on c.trunk = left(k.code, 5) and c.scheme <> k.scheme
      order by c.scheme, c.code`);
  },
  ({ of }) => of,
);

/** A code of a list by `scheme code`, with the divisions of a section. */
const classByCode = one<Activity & { divisions: string[] }>(
  (keys, { db }) => {
    const [schemes, codes] = split(keys);
    return db.rows(sql`
      select c.scheme, c.code, c.names, array(
        select d.code from activity_class d where length(c.code) = 1 and d.scheme = c.scheme and d.section = c.code and length(d.code) = 2) as divisions
      from unnest(${schemes}::text[], ${codes}::text[]) as k(scheme, code) join activity_class c using (scheme, code)`);
  },
  ({ scheme, code }) => `${scheme} ${code}`,
);

const split = (keys: readonly string[]): [string[], string[]] => {
  const parts = keys.map((key) => key.split(' '));
  return [parts.map(([scheme]) => scheme!), parts.map(([, code]) => code!)];
};

/** The class that a code means, null where its list does not have it. */
export function classOf({ scheme, code }: ActivityInput, context: Context): Promise<(Activity & { divisions: string[] }) | null> {
  const read = readCode(scheme, code);
  return read === null ? Promise.resolve(null) : context.load(classByCode, `${scheme} ${read}`);
}

/** The keys by which a filter finds activities; refuses codes that their list does not have, by the name of the argument. */
export async function activityKeys(argument: string, activities: readonly ActivityInput[], context: Context): Promise<string[]> {
  const found = await Promise.all(
    activities.map(async (activity) => {
      const { scheme, code } = activity;
      const known = await classOf(activity, context);
      if (!known) throw badInput(argument, code, `a code of ${describeScheme(scheme)}`);
      return keysOf(scheme, known.code, known.divisions);
    }),
  );
  return [...new Set(found.flat())];
}
