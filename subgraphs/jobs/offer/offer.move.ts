import sql from 'sql-template-tag';
import type { Context } from '../../../shared/graphql/context';
import { requireMove, requireVersion } from '../../../shared/writing/life';
import { refuse } from '../../../shared/writing/userError';
import { write, type Written } from '../../../shared/writing/write';
import { rolesAbout, type AuthorRole } from '../references/employer';
import { JobState } from './offer.kinds';
import { offerLife, stateAt } from './offer.life';

export interface OfferMove {
  id: string;
  to: JobState;
  version: number;
  reason?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

interface Stored {
  state: JobState;
  version: number;
  validThrough: Date;
  wasPublic: boolean;
  roles: AuthorRole[];
}


/** Takes an offer from one state to another. */
export const moveOffer = (context: Context, { idempotencyKey, ...move }: OfferMove): Promise<Written> =>
  write(context, { mutation: 'moveJobOffer', input: move, idempotencyKey }, async (tx) => {
    const { id, to, version, reason } = move;
    const [offer] = await tx.rows<Stored>(sql`
      select o.state, o.version, o.valid_through as "validThrough", o.published_at is not null as "wasPublic", ${rolesAbout(tx.caller)} as roles
      from job_offer o where o.id = ${id} for update of o`);
    if (!offer || (!offer.wasPublic && offer.roles.length === 0)) throw refuse('NOT_FOUND', ['id'], `${JSON.stringify(id)} was given, expected the id of a job offer that this caller may see.`);
    if (offer.roles.length === 0) throw refuse('FORBIDDEN', ['id'], 'The caller does not speak for the employer of this offer.');
    requireVersion(id, offer.version, version);
    const from = stateAt(tx.now, offer.state, offer.validThrough);
    requireMove(offerLife, from, to, offer.roles, reason);
    if (to === JobState.PUBLISHED && offer.validThrough <= tx.now) throw refuse('INVALID_MOVE', ['to'], `The offer was valid through ${offer.validThrough.toISOString()}: it can no longer be published.`, id);
    await tx.rows(sql`
      update job_offer set state = ${to}, version = version + 1,
        published_at = case when ${to} = 'PUBLISHED' then coalesce(published_at, ${tx.now}) else published_at end
      where id = ${id}`);
    await tx.step({ subject: offerLife.subject, id, version: version + 1, from, to, reason });
    return id;
  });
