import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import type { Context } from '../../../shared/graphql/context';
import { Lang, type Text } from '../../../shared/graphql/text';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import type { Role } from '../../../shared/rights/rights';
import { requireMove, requireVersion } from '../../../shared/writing/life';
import { refuse, Refusals } from '../../../shared/writing/userError';
import { write, type Transaction, type Written } from '../../../shared/writing/write';
import { applicationById, standing, viewerOf, visibleTo } from './application.loader';
import { applicationLife, ApplicationState, scopeFor } from './life';
import { candidateOf, checkCall } from './submit';

export interface ApplicationMove {
  id: string;
  to: ApplicationState;
  reason?: string | null | undefined;
  version: number;
  score?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
}

interface Locked {
  editionId: string;
  startupId: string;
  relayId: string;
  state: ApplicationState;
  version: number;
  /** What the caller is to the application. */
  as: Role[];
}

/** Locks an application for a change, or refuses one that the caller may not know of. */
export async function lockApplication(tx: Transaction, context: Context, id: string, path: string[]): Promise<Locked> {
  const viewer = viewerOf(context);
  const { startup, relay, partner } = standing(viewer);
  const [found] = await tx.rows<Locked>(sql`
    select a.edition_id as "editionId", a.startup_id as "startupId", a.relay_id as "relayId", a.state, a.version,
      array_remove(array[case when ${startup} then 'STARTUP' end, case when ${relay} then 'RELAY' end, case when ${partner} then 'PARTNER' end], null) as as
    from application a where a.id = ${id} and ${visibleTo(viewer)} for update of a`);
  if (!found) throw refuse('NOT_FOUND', path, `There is no application ${JSON.stringify(id)} that this caller may know of.`);
  return found;
}

/** Takes an application to the next state of its life. */
export async function moveApplication(context: Context, { idempotencyKey, ...input }: ApplicationMove): Promise<Written> {
  const { id, to, reason, version, score } = input;
  const { caller, now } = context;
  const known = to === ApplicationState.SUBMITTED ? await context.load(applicationById, id) : null;
  let candidate = known && (await candidateOf({ edition: known.editionId, startup: known.startupId }, context));
  // A draft outlives the merging of its startup: the rules look at the record that answers for it now.
  const survivor = candidate?.startup?.mergedInto;
  if (known && survivor) candidate = await candidateOf({ edition: known.editionId, startup: survivor }, context);
  return write(context, { mutation: 'moveApplication', input, idempotencyKey }, async (tx) => {
    const application = await lockApplication(tx, context, id, ['id']);
    requireVersion(id, application.version, version);
    const { state, as } = application;
    requireMove(applicationLife, state, to, as, reason);
    if (!caller.scopes.includes(scopeFor(to))) throw refuse('FORBIDDEN', ['to'], `The scope ${scopeFor(to)} is needed for the step to ${to}.`, id);
    requireScore(to, score);
    if (to === ApplicationState.LAUREATE) await requireOneLaureate(tx, id, application);
    // One that was sent back may come again after the closing; a draft may not come late.
    if (state === ApplicationState.DRAFT && to === ApplicationState.SUBMITTED) {
      const refusals = new Refusals();
      const { editionId: edition, startupId: startup, relayId: relay } = application;
      await checkCall(tx, { edition, startup, relay }, candidate!, () => ['to'], context, refusals);
      refusals.throwIfAny();
    }
    await tx.rows(sql`
      update application set state = ${to}, version = version + 1, score = coalesce(${score ?? null}::float8, score),
        submitted_at = case when ${to}::text = 'SUBMITTED' then coalesce(submitted_at, ${now}) else submitted_at end
      where id = ${id}`);
    await tx.step({ subject: applicationLife.subject, id, version: version + 1, from: state, to, reason });
    if (to === ApplicationState.LAUREATE) await addAward(tx, id, now);
    return id;
  });
}

/** A company wins an edition once, though records of it that applied apart may have been merged since. */
async function requireOneLaureate(tx: Transaction, id: string, { editionId, startupId }: Locked): Promise<void> {
  // One prize of an edition after the other: the next sees the one before.
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`laureates of ${editionId}`}, 0))`);
  const [other] = await tx.rows<{ id: string }>(sql`
    select id from application
    where edition_id = ${editionId} and state = 'LAUREATE' and id <> ${id} and startup_id = any((select same_startups(array[${startupId}::text]))::text[])`);
  if (other) throw refuse('ALREADY_EXISTS', ['to'], 'Another application of the same company has won this edition.', other.id);
}

function requireScore(to: ApplicationState, score: number | null | undefined): void {
  if (to !== ApplicationState.JURY_SCORED) {
    if (score != null) throw refuse('INVALID_VALUE', ['score'], `A score belongs to the step to JURY_SCORED, not to ${to}.`);
  } else if (score == null || !(score >= 0 && score <= 100)) {
    throw refuse('INVALID_VALUE', ['score'], `${score == null ? 'No score' : score} was given, expected 0 to 100.`);
  }
}

/** The prize of a laureate. Its source is the hub, where the decision was recorded. */
async function addAward(tx: Transaction, application: string, at: Date): Promise<void> {
  const [edition] = await tx.rows<{ label: string }>(sql`select e.label from application a join edition e on e.id = a.edition_id where a.id = ${application}`);
  const { label } = edition!;
  const titles: Text = [
    { lang: Lang.FR, value: `Lauréat : ${label}` },
    { lang: Lang.DE, value: `Preisträger: ${label}` },
    { lang: Lang.LB, value: `Laureat: ${label}` },
    { lang: Lang.EN, value: `Laureate: ${label}` },
  ];
  const provenance: ProvenanceRecord = { source: 'hub', statedOn: at.toISOString().slice(0, 10), retrievedAt: at.toISOString(), confidence: Confidence.STATED };
  await tx.rows(sql`
    insert into award (id, programme_id, edition_id, startup_id, titles, year, provenance)
    select ${uuid()}, e.programme_id, e.id, a.startup_id, ${JSON.stringify(titles)}, extract(year from ${at}::timestamptz at time zone e.time_zone), ${JSON.stringify(provenance)}
    from application a join edition e on e.id = a.edition_id where a.id = ${application}`);
}
