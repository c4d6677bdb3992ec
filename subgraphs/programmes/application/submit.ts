import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import type { Context } from '../../../shared/graphql/context';
import { speak } from '../../../shared/graphql/text';
import { checkPerson, type PersonInput } from '../../../shared/persons/persons';
import { aboutOf } from '../../../shared/rights/caller';
import { refuse, Refusals } from '../../../shared/writing/userError';
import { write, type Transaction, type Written } from '../../../shared/writing/write';
import { eligibilityFor } from '../eligibility/eligibility.resolver';
import { Verdict } from '../eligibility/eligibility.type';
import { because, ruleText, type Finding } from '../eligibility/rule';
import { startupById, type StartupCopy } from '../references/startups';
import type { SubmitApplicationInput } from './application.type';
import { applicationLife, ApplicationState } from './life';

/** What an application goes to, from whom and through whom. */
export interface Call {
  edition: string;
  startup: string;
  relay: string;
}

/** What is known of the startup that applies. */
export interface Candidate {
  startup: StartupCopy | null;
  /** Rules of the edition that it does not fulfil, with why. */
  failed: Finding[];
}

/** Looks up the startup of an application, to be done before the write. */
export async function candidateOf({ edition, startup: id }: Pick<Call, 'edition' | 'startup'>, context: Context): Promise<Candidate> {
  const startup = await context.loadCopy(startupById, id);
  const eligibility = startup && (await context.loadWith(eligibilityFor, { edition }, startup.id));
  return { startup, failed: (eligibility?.findings ?? []).filter(({ verdict }) => verdict === Verdict.NOT_ELIGIBLE) };
}

/**
 * Checks that an edition takes an application now, and says all that is against it.
 * @param pathOf where in the arguments of the mutation each part of the application stands
 */
export async function checkCall(tx: Transaction, call: Call, { startup, failed }: Candidate, pathOf: (field: keyof Call) => string[], context: Context, refusals: Refusals): Promise<void> {
  // Kept from being closed until this is done.
  const [edition] = await tx.rows<{ programmeId: string; state: string }>(sql`
    select e.programme_id as "programmeId", edition_state(e, ${context.now}) as state from edition e where e.id = ${call.edition} for share`);
  if (!edition) refusals.add('NOT_FOUND', pathOf('edition'), `There is no edition ${JSON.stringify(call.edition)}.`);
  else if (edition.state !== 'OPEN') refusals.add('NOT_OPEN', pathOf('edition'), `The edition is ${edition.state}, expected one that is OPEN.`);

  if (!startup) refusals.add('NOT_FOUND', pathOf('startup'), `There is no startup ${JSON.stringify(call.startup)}.`);
  else if (startup.mergedInto !== null) refusals.add('INVALID_VALUE', pathOf('startup'), `${call.startup} was merged into ${startup.mergedInto}: apply as that one.`);

  const [relay] = await tx.rows<{ programmeId: string; valid: boolean }>(sql`
    select programme_id as "programmeId", coalesce(valid_from <= ${context.now}::timestamptz::date, true) and coalesce(valid_to >= ${context.now}::timestamptz::date, true) as valid
    from relay where id = ${call.relay}`);
  if (!relay) refusals.add('NOT_FOUND', pathOf('relay'), `There is no relay ${JSON.stringify(call.relay)}.`);
  else if (edition && relay.programmeId !== edition.programmeId) refusals.add('INVALID_VALUE', pathOf('relay'), `${call.relay} is a relay of ${relay.programmeId}, expected one of ${edition.programmeId}.`);
  else if (!relay.valid) refusals.add('INVALID_VALUE', pathOf('relay'), `${call.relay} is no relay today, expected one whose dates contain this day.`);

  const lang = speak(undefined, context.langs);
  for (const finding of failed) refusals.add('NOT_ELIGIBLE', pathOf('startup'), `${ruleText(finding, lang)}. ${because(finding, lang)}.`);
}

/** Hands in an application, or begins a draft: by the startup itself or by the relay that it goes through. */
export async function submitApplication(context: Context, input: SubmitApplicationInput): Promise<Written> {
  const { caller, now } = context;
  const { edition, startup, relay, draft, applicant, idempotencyKey } = input;
  const candidate = await candidateOf(input, context);
  return write(context, { mutation: 'submitApplication', input, idempotencyKey }, async (tx) => {
    const [same] = await tx.rows<{ ids: string[]; mine: boolean }>(sql`
      select ids, ids && ${aboutOf(caller, 'STARTUP')}::text[] as mine from same_startups(array[${startup}::text]) ids`);
    const refusals = new Refusals();
    if (!same!.mine && !aboutOf(caller, 'RELAY').includes(relay)) {
      refusals.add('FORBIDDEN', ['input', 'startup'], 'Expected a startup for which this caller acts, or one that applies through this caller’s relay.');
    }
    await checkCall(tx, input, candidate, (field) => ['input', field], context, refusals);
    if (applicant) checkPerson(applicant, ['input', 'applicant'], now, refusals);
    refusals.throwIfAny();

    const id = uuid();
    const state = draft ? ApplicationState.DRAFT : ApplicationState.SUBMITTED;
    const live = () => tx.rows<{ id: string }>(sql`
      select id from application where edition_id = ${edition} and startup_id = any(${same!.ids}::text[]) and state not in ('INELIGIBLE', 'NOT_RETAINED', 'WITHDRAWN', 'DROPPED')`);
    let [earlier] = await live();
    if (!earlier) {
      const [begun] = await tx.rows(sql`
        insert into application (id, edition_id, startup_id, relay_id, state, created_at, submitted_at)
        values (${id}, ${edition}, ${startup}, ${relay}, ${state}, ${now}, ${draft ? null : now})
        on conflict do nothing returning id`);
      // Another may have come while this one waited for it.
      if (!begun) [earlier] = await live();
    }
    if (earlier) throw refuse('ALREADY_EXISTS', ['input', 'startup'], 'The startup has an application to this edition already.', earlier.id);
    if (applicant) await addApplicant(tx, id, applicant);
    await tx.step({ subject: applicationLife.subject, id, version: 1, from: null, to: state });
    return id;
  });
}

const addApplicant = (tx: Transaction, application: string, { name, email, basis, purpose, eraseAfter }: PersonInput): Promise<unknown> =>
  tx.rows(sql`
    insert into applicant (id, application_id, name, email, basis, purpose, erase_after)
    values (${uuid()}, ${application}, ${name.trim()}, ${email ?? null}, ${basis}, ${purpose.trim()}, ${eraseAfter})`);
