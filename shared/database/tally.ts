import sql, { raw } from 'sql-template-tag';
import type { Chore } from '../subgraph';

// A tally is a table of counts to which whoever writes appends what changes, and which is read by summing its rows up: writers
// do not wait for each other.

/**
 * The chore that puts rows of a tally together. What another process is at is left to it: each writes the sum of what it took out.
 * @param by the columns by which it counts
 * @param counted the column of the counts
 */
export const tallyUp = (what: string, table: string, by: readonly string[], counted: string): Chore => {
  const [tally, count, columns] = [raw(table), raw(counted), raw(by.join(', '))];
  return {
    name: `the putting together of the tally of ${what}`,
    everySeconds: 300,
    async run(db) {
      await db.rows(sql`
        with judged as (
          select ctid, count(*) over alike > 1 or sum(${count}) over alike = 0 as superfluous from ${tally} window alike as (partition by ${columns})
        ), taken as (
          delete from ${tally} where ctid = any(array(
            select ctid from ${tally} where ctid = any(array(select ctid from judged where superfluous)) for update skip locked
          ))
          returning *
        )
        insert into ${tally} (${columns}, ${count}) select ${columns}, sum(${count}) from taken group by ${columns} having sum(${count}) <> 0`);
      // Until PostgreSQL has seen to it, who counts looks up each row that its index tells of; left alone it waits until a fifth of the table is new.
      await db.rows(sql`vacuum (skip_locked) ${tally}`);
    },
  };
};
