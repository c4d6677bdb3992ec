import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../../shared/graphql/context';
import { aboutOf } from '../../../shared/rights/caller';
import type { Chore } from '../../../shared/subgraph';
import { requireMove, requireVersion } from '../../../shared/writing/life';
import { refuse } from '../../../shared/writing/userError';
import { THE_HUB, transactionOf, write, type Transaction, type Written } from '../../../shared/writing/write';
import { operatedBy } from '../programme/operator';
import { editionCourse, editionLife, EditionState } from './life';

/** The date that begins each state: a move writes it, `edition_state` alone decides by it. */
const dates: Partial<Record<EditionState, string>> = {
  OPEN: 'opens_at',
  CLOSED: 'closes_at',
  UNDER_REVIEW: 'review_from',
  RESULTS_PUBLISHED: 'results_at',
  ARCHIVED: 'archived_at',
};

export interface EditionMove {
  id: string;
  to: EditionState;
  reason?: string | null | undefined;
  version: number;
  idempotencyKey?: string | null | undefined;
}

interface Locked {
  id: string;
  version: number;
  recorded: EditionState | null;
}

/** Takes an edition to its next state now, whatever date was planned for it; or cancels it. */
export async function moveEdition(context: Context, { idempotencyKey, ...input }: EditionMove): Promise<Written> {
  const { id, to, reason, version } = input;
  const { caller, now } = context;
  return write(context, { mutation: 'moveEdition', input, idempotencyKey }, async (tx) => {
    const [edition] = await tx.rows<Locked & { state: EditionState; mine: boolean }>(sql`
      select e.id, e.version, e.recorded_state as recorded, edition_state(e, ${now}) as state, e.programme_id in ${operatedBy(aboutOf(caller, 'PARTNER'), now)} as mine
      from edition e where e.id = ${id} for update of e`);
    if (!edition) throw refuse('NOT_FOUND', ['id'], `There is no edition ${JSON.stringify(id)}.`);
    if (!edition.mine) throw refuse('FORBIDDEN', ['id'], 'Expected an edition of a programme that this caller runs today.', id);
    requireVersion(id, edition.version, version);
    requireMove(editionLife, edition.state, to, ['PARTNER'], reason);
    const steps = await recordDueSteps(transactionOf(tx.manager, THE_HUB, tx.now), edition, now);
    const change = to === EditionState.CANCELLED ? sql`cancelled = true` : sql`${raw(dates[to]!)} = ${now}`;
    await tx.rows(sql`update edition set ${change}, recorded_state = ${to}, version = version + 1 where id = ${id}`);
    await tx.step({ subject: editionLife.subject, id, version: version + steps + 1, from: edition.state, to, reason, at: now });
    return id;
  });
}

/**
 * Writes down the states that the dates of a locked edition have begun since its last recorded one, each at its own instant.
 * @returns how many
 */
async function recordDueSteps(tx: Transaction, { id, version, recorded }: Locked, now: Date): Promise<number> {
  if (recorded === null) return 0;
  const passed = await tx.rows<{ state: EditionState; at: Date }>(sql`
    select edition_state(e, d.at) as state, min(d.at) as at
    from edition e cross join unnest(array[e.opens_at, e.closes_at, e.review_from, e.results_at, e.archived_at]) d(at)
    where e.id = ${id} and d.at <= ${now} group by 1 order by 2`);
  // A state that another process has recorded at a later "now" is not taken back.
  const due = passed.filter(({ state }) => editionCourse.indexOf(state) > editionCourse.indexOf(recorded));
  let from = recorded;
  for (const [index, { state, at }] of due.entries()) {
    await tx.step({ subject: editionLife.subject, id, version: version + index + 1, from, to: state, at });
    from = state;
  }
  if (due.length > 0) await tx.rows(sql`update edition set recorded_state = ${from}, version = version + ${due.length} where id = ${id}`);
  return due.length;
}

/** Editions open and close by their dates; this tells it. What was past when the hub first saw an edition is not told. */
export const editionsByTheirDates: Chore = {
  name: 'the recording of editions that opened or closed by their dates',
  everySeconds: 10,
  run: (db, now) =>
    db.dataSource.transaction(async (manager) => {
      const tx = transactionOf(manager, THE_HUB, now);
      await tx.rows(sql`
        update edition e set recorded_state = edition_state(e, ${now})
        where id in (select id from edition where recorded_state is null for update skip locked)`);
      const due = await tx.rows<Locked>(sql`
        select e.id, e.version, e.recorded_state as recorded from edition e where e.recorded_state <> edition_state(e, ${now}) for update skip locked`);
      for (const edition of due) await recordDueSteps(tx, edition, now);
    }),
};
