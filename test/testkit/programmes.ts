import sql, { type Sql } from 'sql-template-tag';
import type { TestHub } from './hub';

/** A programme of the tests' own, run by `test-operator`, with two relays and an edition that is open. */
export function programmeOf(hub: TestHub) {
  const rows = <Row = any>(statement: Sql): Promise<Row[]> => hub.hub.running.get('programmes')!.db.rows<Row>(statement);
  let edition = 0;
  return {
    rows,
    async make(): Promise<void> {
      await rows(sql`insert into programme (id, kind, names, territories, provenance) values ('test-programme', 'COMPETITION', '[{"lang":"FR","value":"Essai"}]', '{lu}', '[]')`);
      await rows(sql`
        insert into role (id, kind, programme_id, organisation_id, valid_from, valid_to, provenance) values
          ('test-role-1', 'OPERATOR', 'test-programme', 'test-operator', '2020-01-01', null, '{}'),
          ('test-role-2', 'OPERATOR', 'test-programme', 'test-former', '2010-01-01', '2019-12-31', '{}')`);
      await rows(sql`
        insert into relay (id, programme_id, organisation_id, territory_id, valid_from, valid_to, provenance) values
          ('test-relay', 'test-programme', 'org', 'lu', null, null, '{}'), ('test-relay-2', 'test-programme', 'org', 'lu', '2020-01-01', null, '{}'),
          ('test-relay-past', 'test-programme', 'org', 'lu', null, '2020-01-01', '{}')`);
    },
    /** An edition open until tomorrow, with nothing decided. */
    async edition(): Promise<string> {
      const id = `test-edition-${++edition}`;
      await rows(sql`
        insert into edition (id, programme_id, label, opens_at, closes_at, time_zone, provenance)
        values (${id}, 'test-programme', ${`Essai ${edition}`}, now() - interval '1 day', now() + interval '1 day', 'Europe/Luxembourg', '[]')`);
      return id;
    },
    /** Copies of startups, as the feed brings them. */
    async startups(...ids: string[]): Promise<void> {
      await rows(sql`insert into startup (id, name, founded_on) select id, id, current_date from unnest(${ids}::text[]) id on conflict do nothing`);
    },
    /** What the history of a record has: `from → to by`. */
    async history(subject: string, id: string): Promise<string[]> {
      const steps = await rows<{ step: string }>(sql`
        select concat(coalesce(from_state, '·'), ' → ', to_state) as step from history where subject = ${subject} and id = ${id} order by version`);
      return steps.map(({ step }) => step);
    },
    /** What followers are told of a record. */
    async told(id: string): Promise<string[]> {
      return (await rows<{ event: string }>(sql`select event from outbox where subject_id = ${id} order by id`)).map(({ event }) => event);
    },
  };
}

/** Codes of the refusals of a mutation. */
export const codes = ({ userErrors }: { userErrors: { code: string }[] }): string[] => userErrors.map(({ code }) => code);
