import type { ReferenceResolver } from '../../../shared/graphql/federation';
import { duplicateById } from '../duplicate/duplicate.loader';
import { startupColumns } from '../startup/startup.columns';
import { startupById } from '../startup/startup.loader';

/** How entities are found by the id that another subgraph knows; of others' entities nothing more than the id is known here. */
export const references: Record<string, ReferenceResolver> = {
  Startup: ({ id }, context, info) => context.loadWith(startupById, startupColumns.askedIn(info), id),
  DuplicateCandidate: ({ id }, context) => context.load(duplicateById, id),
  Territory: ({ id }) => ({ id }),
  Place: ({ id }) => ({ id }),
};
