import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import { areaById } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import { organisationById } from '../../../shared/organisations/organisations';
import { aboutOf } from '../../../shared/rights/caller';
import type { Chore } from '../../../shared/subgraph';
import { requireMove, requireVersion } from '../../../shared/writing/life';
import { refuse, Refusals } from '../../../shared/writing/userError';
import { THE_HUB, transactionOf, write, type Written } from '../../../shared/writing/write';
import { startupById } from '../references/startups';
import { stateAt } from './challenge.loader';
import type { AnswerChallengeInput, PublishChallengeInput } from './challenge.type';
import { challengeLife, ChallengeState } from './life';

const { subject } = challengeLife;

const checkText = (text: string, field: string, most: number, refusals: Refusals): void => {
  const { length } = text.trim();
  if (length < 1 || length > most) refusals.add('INVALID_VALUE', ['input', field], `${length} characters were given, expected 1 to ${most}.`);
};

/** Publishes a need of an organisation, open from now on. */
export async function publishChallenge(context: Context, input: PublishChallengeInput): Promise<Written> {
  const { caller, now } = context;
  const { title, description, lang, owner, territory, closesAt, idempotencyKey } = input;
  const [area, organisation] = await Promise.all([context.loadCopy(areaById, territory), context.loadCopy(organisationById, owner)]);
  return write(context, { mutation: 'publishChallenge', input, idempotencyKey }, async (tx) => {
    const refusals = new Refusals();
    if (!aboutOf(caller, 'PARTNER').includes(owner)) refusals.add('FORBIDDEN', ['input', 'owner'], 'Expected an organisation for which this caller acts.');
    else if (!organisation) refusals.add('INVALID_VALUE', ['input', 'owner'], `${JSON.stringify(owner)} was given, expected the id of an organisation, such as "luxinnovation".`);
    if (!area) refusals.add('INVALID_VALUE', ['input', 'territory'], `${JSON.stringify(territory)} was given, expected the id of a territory, such as "sillon-lorrain".`);
    checkText(title, 'title', 200, refusals);
    checkText(description, 'description', 5000, refusals);
    if (closesAt && closesAt <= now) refusals.add('INVALID_VALUE', ['input', 'closesAt'], `${closesAt.toISOString()} was given, expected an instant to come.`);
    refusals.throwIfAny();
    const id = uuid();
    const topics = [...new Set(input.topics.map((topic) => topic.trim()))].filter((topic) => topic !== '');
    const provenance: ProvenanceRecord = { source: 'hub', statedOn: now.toISOString().slice(0, 10), retrievedAt: now.toISOString(), recordId: id, confidence: Confidence.STATED };
    const text = (value: string) => JSON.stringify([{ lang, value: value.trim() }]);
    await tx.rows(sql`
      insert into challenge (id, titles, descriptions, owner_id, territory_id, topics, opens_at, closes_at, provenance)
      values (${id}, ${text(title)}, ${text(description)}, ${owner}, ${territory}, ${topics}::text[], ${now}, ${closesAt ?? null}, ${JSON.stringify(provenance)})`);
    await tx.step({ subject, id, version: 1, from: null, to: ChallengeState.OPEN, at: now });
    return id;
  });
}

/** Gives a startup's answer to a challenge. It is no step of the challenge: its version stays. */
export async function answerChallenge(context: Context, input: AnswerChallengeInput): Promise<Written> {
  const { caller, now } = context;
  const { challenge: id, startup: startupId, message, idempotencyKey } = input;
  const startup = await context.loadCopy(startupById, startupId);
  return write(context, { mutation: 'answerChallenge', input, idempotencyKey }, async (tx) => {
    // Kept from being matched or closed until this is done.
    const [challenge] = await tx.rows<{ state: ChallengeState }>(sql`select ${stateAt(now)} as state from challenge c where c.id = ${id} and c.opens_at <= ${now} for share`);
    if (!challenge) throw refuse('NOT_FOUND', ['input', 'challenge'], `There is no challenge ${JSON.stringify(id)}.`);
    const refusals = new Refusals();
    const [same] = await tx.rows<{ ids: string[]; mine: boolean }>(sql`
      select ids, ids && ${aboutOf(caller, 'STARTUP')}::text[] as mine from same_startups(array[${startupId}::text]) ids`);
    if (!startup) refusals.add('NOT_FOUND', ['input', 'startup'], `There is no startup ${JSON.stringify(startupId)}.`);
    else if (startup.mergedInto !== null) refusals.add('INVALID_VALUE', ['input', 'startup'], `${startupId} was merged into ${startup.mergedInto}: answer as that one.`);
    if (!same!.mine) refusals.add('FORBIDDEN', ['input', 'startup'], 'Expected a startup for which this caller acts.');
    if (challenge.state !== ChallengeState.OPEN) refusals.add('NOT_OPEN', ['input', 'challenge'], `The challenge is ${challenge.state}, expected one that is OPEN.`);
    checkText(message, 'message', 5000, refusals);
    refusals.throwIfAny();
    const [answered] = await tx.rows(sql`
      insert into challenge_answer (challenge_id, startup_id, message, at)
      select ${id}, ${startupId}, ${message.trim()}, ${now}
      where not exists (select from challenge_answer where challenge_id = ${id} and startup_id = any(${same!.ids}::text[]))
      on conflict do nothing returning startup_id`);
    if (!answered) throw refuse('ALREADY_EXISTS', ['input', 'startup'], 'The startup has answered already.', id);
    await tx.tell({ event: 'challenge answered', subject, id, data: { startup: startupId } });
    return id;
  });
}

export interface ChallengeMove {
  id: string;
  to: ChallengeState;
  startup?: string | null | undefined;
  version: number;
  idempotencyKey?: string | null | undefined;
}

/** Matches a challenge with a startup that answered it, or closes it. */
export async function moveChallenge(context: Context, { idempotencyKey, ...input }: ChallengeMove): Promise<Written> {
  const { id, to, startup, version } = input;
  const { caller, now } = context;
  return write(context, { mutation: 'moveChallenge', input, idempotencyKey }, async (tx) => {
    const [challenge] = await tx.rows<{ ownerId: string; version: number; state: ChallengeState }>(sql`
      select c.owner_id as "ownerId", c.version, ${stateAt(now)} as state from challenge c where c.id = ${id} for update`);
    if (!challenge) throw refuse('NOT_FOUND', ['id'], `There is no challenge ${JSON.stringify(id)}.`);
    if (!aboutOf(caller, 'PARTNER').includes(challenge.ownerId)) throw refuse('FORBIDDEN', ['id'], 'Expected a challenge of an organisation for which this caller acts.', id);
    requireVersion(id, challenge.version, version);
    requireMove(challengeLife, challenge.state, to, ['PARTNER'], null);
    if (to === ChallengeState.MATCHED) {
      if (startup == null) throw refuse('INVALID_VALUE', ['startup'], 'None was given, expected the startup whose answer is accepted.', id);
      const [accepted] = await tx.rows(sql`
        update challenge_answer set accepted = true where challenge_id = ${id} and startup_id = any(same_startups(array[${startup}::text])) returning startup_id`);
      if (!accepted) throw refuse('INVALID_VALUE', ['startup'], `${JSON.stringify(startup)} was given, expected a startup that answered the challenge.`, id);
      await tx.rows(sql`update challenge_answer set accepted = false where challenge_id = ${id} and not startup_id = any(same_startups(array[${startup}::text]))`);
    } else if (startup != null) throw refuse('INVALID_VALUE', ['startup'], `A startup belongs to the step to MATCHED, not to ${to}.`, id);
    const change = to === ChallengeState.MATCHED ? sql`matched_at = ${now}` : sql`closed_at = ${now}`;
    await tx.rows(sql`update challenge set ${change}, version = version + 1 where id = ${id}`);
    await tx.step({ subject, id, version: version + 1, from: challenge.state, to, at: now });
    return id;
  });
}

/** Challenges close by their dates; this tells it. */
export const challengesByTheirDates: Chore = {
  name: 'the recording of challenges that closed by their dates',
  everySeconds: 10,
  run: (db, now) =>
    db.dataSource.transaction(async (manager) => {
      const tx = transactionOf(manager, THE_HUB, now);
      const closed = await tx.rows<{ id: string; version: number; at: Date }>(sql`
        update challenge set closed_at = closes_at, version = version + 1
        where closed_at is null and matched_at is null and closes_at <= ${now} returning id, version, closes_at as at`);
      for (const { id, version, at } of closed) await tx.step({ subject, id, version, from: ChallengeState.OPEN, to: ChallengeState.CLOSED, at });
    }),
};
