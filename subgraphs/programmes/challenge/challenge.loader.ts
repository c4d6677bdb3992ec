import sql, { type Sql } from 'sql-template-tag';
import { many, one } from '../../../shared/graphql/context';
import { aboutOf } from '../../../shared/rights/caller';
import type { Challenge, ChallengeAnswer } from './challenge.type';

/** SQL: the state of a challenge `c` at an instant; the only place where it is decided. */
export const stateAt = (now: Date): Sql => sql`
  case when c.matched_at <= ${now} and (c.closed_at is null or c.closed_at < c.matched_at) then 'MATCHED' when c.closed_at <= ${now} then 'CLOSED' when c.closes_at <= ${now} then 'CLOSED' else 'OPEN' end`;

export const columnsAt = (now: Date): Sql => sql`
  c.id, c.titles, c.descriptions, c.owner_id as "ownerId", c.territory_id as "territoryId", c.topics, ${stateAt(now)} as state,
  c.opens_at as "opensAt", c.closes_at as "closesAt", c.version, c.provenance`;

export const challengeById = one<Challenge>(
  (ids, { db, now }) => db.rows(sql`select ${columnsAt(now)} from challenge c where c.id = any(${ids}::text[])`),
  ({ id }) => id,
);

/** The answers that the caller may read: all to its own challenges, and those that its startups gave under whichever of their ids. */
export const answersTo = many<ChallengeAnswer & { challengeId: string }>(
  (ids, { db, caller }) =>
    db.rows(sql`
      select w.challenge_id as "challengeId", w.startup_id as "startupId", w.message, w.at, w.accepted
      from challenge_answer w join challenge c on c.id = w.challenge_id
      where w.challenge_id = any(${ids}::text[])
        and (c.owner_id = any(${aboutOf(caller, 'PARTNER')}::text[]) or w.startup_id = any((select same_startups(${aboutOf(caller, 'STARTUP')}::text[]))::text[]))
      order by w.at, w.startup_id`),
  ({ challengeId }) => challengeId,
);
