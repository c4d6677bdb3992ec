import sql from 'sql-template-tag';
import { many } from '../../../shared/graphql/context';

/** A step in a record's life, as the history has it. */
export interface HistoryEntry<State extends string> {
  id: string;
  at: Date;
  from: State | null;
  to: State;
  by: string;
  reason: string | null;
}

/** The steps of records of one kind, oldest first. */
export const historyOf = <State extends string>(subject: string) =>
  many<HistoryEntry<State>>(
    (ids, { db }) =>
      db.rows(sql`
        select id, at, from_state as "from", to_state as "to", by_name as by, reason
        from history where subject = ${subject} and id = any(${ids}::text[]) order by id, version`),
    ({ id }) => id,
  );
