import type { ReferenceResolver } from '../../../shared/graphql/federation';
import { needing } from '../../../shared/rights/needs';
import { applicationById } from '../application/application.loader';
import { awardById } from '../award/award';
import { challengeById } from '../challenge/challenge.loader';
import { editionById, editionColumns } from '../edition/edition.loader';
import { envelopeById } from '../envelope/envelope';
import { eventById } from '../event/event';
import { expertById } from '../expert/expert.loader';
import { programmeById } from '../programme/programme.loader';
import { relayById } from '../relay/relay';
import { serviceById } from '../service/service';

/** Others' entities are taken at their word: only their fields here are looked up. */
const itself: ReferenceResolver = ({ id }) => ({ id });

/** How entities are found by the id that another subgraph knows. */
export const references: Record<string, ReferenceResolver> = {
  Programme: ({ id }, context) => context.load(programmeById, id),
  Relay: ({ id }, context) => context.load(relayById, id),
  Edition: ({ id }, context, info) => context.loadWith(editionById, editionColumns.askedIn(info), id),
  Envelope: ({ id }, context) => context.load(envelopeById, id),
  Service: ({ id }, context) => context.load(serviceById, id),
  Event: ({ id }, context) => context.load(eventById, id),
  Award: ({ id }, context) => context.load(awardById, id),
  Challenge: ({ id }, context) => context.load(challengeById, id),
  Application: needing('applications:read', ({ id }, context) => context.load(applicationById, id)),
  Expert: needing('applications:read', ({ id }, context) => context.load(expertById, id)),
  Territory: itself,
  Organisation: itself,
  Place: itself,
  Startup: itself,
};
