import type { ReferenceResolver } from '../../shared/graphql/federation';
import { indicatorById } from './indicator/indicator';
import { labelAwardById } from './label/label';
import { observationById } from './observation/observation';
import { organisationById } from './organisation/organisation.resolver';
import { placeById } from './place/place.resolver';
import { sourceById } from './source/source';
import { statementById } from './statement/statement.loader';
import { territoryById, territoryColumns } from './territory/territory.loader';

/** How the entities of this subgraph are found by the id that another subgraph knows. */
export const references: Record<string, ReferenceResolver> = {
  Territory: ({ id }, context, info) => context.loadWith(territoryById, territoryColumns.askedIn(info), id),
  Place: ({ id }, context) => context.load(placeById, id),
  Organisation: ({ id }, context) => context.load(organisationById, id),
  Indicator: ({ id }, context) => context.load(indicatorById, id),
  Statement: ({ id }, context) => context.load(statementById, id),
  Observation: ({ id }, context) => context.load(observationById, id),
  LabelAward: ({ id }, context) => context.load(labelAwardById, id),
  Source: ({ id }, context) => context.load(sourceById, id),
};
