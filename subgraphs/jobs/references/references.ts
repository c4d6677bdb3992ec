import type { ReferenceResolver } from '../../../shared/graphql/federation';
import { occupationById } from '../occupation/occupation.loader';
import { offerById, offerColumns } from '../offer/offer.loader';
import { trainingById } from '../training/training';

/** Others' entities are taken at their word: only their fields here are looked up. */
const itself: ReferenceResolver = ({ id }) => ({ id });

/** How entities are found by the id that another subgraph knows. */
export const references: Record<string, ReferenceResolver> = {
  JobOffer: ({ id }, context, info) => context.loadWith(offerById, offerColumns.askedIn(info), id),
  Occupation: ({ id }, context) => context.load(occupationById, id),
  Training: ({ id }, context) => context.load(trainingById, id),
  Territory: itself,
  Startup: itself,
  Organisation: itself,
};
