import sql from 'sql-template-tag';
import type { Database } from '../../../shared/database/database';
import type { Chore } from '../../../shared/subgraph';
import type { Life } from '../../../shared/writing/life';
import { THE_HUB, transactionOf } from '../../../shared/writing/write';
import type { AuthorRole } from '../references/employer';
import { JobState } from './offer.kinds';

const { DRAFT, PUBLISHED, SUSPENDED, FILLED, EXPIRED, WITHDRAWN, REMOVED_AT_SOURCE } = JobState;
const authors: readonly AuthorRole[] = ['STARTUP', 'PARTNER'];

export const offerLife: Life<JobState> = {
  subject: 'job offer',
  begins: [DRAFT, PUBLISHED],
  moves: [
    { from: DRAFT, to: PUBLISHED, by: authors },
    { from: DRAFT, to: WITHDRAWN, by: authors },
    { from: PUBLISHED, to: SUSPENDED, by: authors },
    { from: SUSPENDED, to: PUBLISHED, by: authors },
    ...[PUBLISHED, SUSPENDED].flatMap((from) => [
      { from, to: FILLED, by: authors },
      { from, to: WITHDRAWN, by: authors },
      { from, to: EXPIRED, by: ['TIME'] as const },
      { from, to: REMOVED_AT_SOURCE, by: ['PARTNER'] as const },
    ]),
  ],
};

/** The state of an offer at an instant: it expires with its last day, whether or not that has been written down yet. */
export const stateAt = (now: Date, stored: JobState, validThrough: Date): JobState =>
  validThrough <= now && offerLife.moves.some(({ from, to }) => from === stored && to === EXPIRED) ? EXPIRED : stored;

/** Few enough that nobody waits long for a row of a batch. */
const BATCH = 500;

/** Writes down what has expired. Each batch is a transaction of its own; one that another process is at is left to it. */
export const expireOffers: Chore = {
  name: 'the expiry of offers',
  everySeconds: 60,
  async run(db, now) {
    while ((await expireSome(db, now)) === BATCH);
  },
};

const expireSome = (db: Database, now: Date): Promise<number> =>
  db.dataSource.transaction(async (manager) => {
    const { rows, steps } = transactionOf(manager, THE_HUB, now);
    const expired = await rows<{ id: string; version: number; from: JobState; at: Date }>(sql`
      with due as (
        select id, state, valid_through from job_offer
        where state in ('PUBLISHED', 'SUSPENDED') and valid_through <= ${now}
        order by valid_through, id limit ${BATCH} for update skip locked
      )
      update job_offer o set state = 'EXPIRED', version = o.version + 1 from due where o.id = due.id
      returning o.id, o.version, due.state as "from", due.valid_through as at`);
    if (expired.length > 0) await steps(expired.map((one) => ({ subject: offerLife.subject, to: EXPIRED, ...one })));
    return expired.length;
  });
