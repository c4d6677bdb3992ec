import { buildFederatedSchema } from '../../shared/graphql/federation';
import type { Subgraph } from '../../shared/subgraph';
import { CommuterFlowEntity } from './commuter/commuterFlow.entity';
import { CommuterFlowResolver, TerritoryCommutersResolver } from './commuter/commuterFlow';
import { IndicatorEntity } from './indicator/indicator.entity';
import { IndicatorResolver } from './indicator/indicator';
import { LabelAwardEntity } from './label/label.entity';
import { LabelAwardResolver, TerritoryLabelsResolver } from './label/label';
import { ObservationEntity } from './observation/observation.entity';
import { ObservationResolver, TerritoryObservationsResolver } from './observation/observation';
import { OfficeEntity, OrganisationEntity } from './organisation/organisation.entity';
import { OfficeResolver, OrganisationResolver } from './organisation/organisation.resolver';
import { PlaceEntity } from './place/place.entity';
import { PlaceResolver, TerritoryPlacesResolver } from './place/place.resolver';
import { references } from './references';
import { seed } from './seed/seed';
import { SourceEntity } from './source/source.entity';
import { ProvenanceResolver, SourceResolver } from './source/source';
import { ContradictionEntity, StatementEntity } from './statement/statement.entity';
import { ContradictionResolver, StatementResolver, TerritoryStatementsResolver } from './statement/statement.resolver';
import { TerritoryCodeEntity, TerritoryEntity, TerritoryParentEntity } from './territory/territory.entity';
import { TerritoryResolver } from './territory/territory.resolver';

/** Territories, places, organisations, and what sources say of them. */
export const territories: Subgraph = {
  name: 'territories',
  entities: [
    SourceEntity,
    TerritoryEntity,
    TerritoryCodeEntity,
    TerritoryParentEntity,
    IndicatorEntity,
    ObservationEntity,
    StatementEntity,
    ContradictionEntity,
    CommuterFlowEntity,
    OrganisationEntity,
    OfficeEntity,
    PlaceEntity,
    LabelAwardEntity,
  ],
  buildSchema: () =>
    buildFederatedSchema({
      resolvers: [
        TerritoryResolver,
        TerritoryObservationsResolver,
        TerritoryStatementsResolver,
        TerritoryCommutersResolver,
        TerritoryPlacesResolver,
        TerritoryLabelsResolver,
        PlaceResolver,
        OrganisationResolver,
        OfficeResolver,
        IndicatorResolver,
        ObservationResolver,
        StatementResolver,
        ContradictionResolver,
        CommuterFlowResolver,
        LabelAwardResolver,
        SourceResolver,
        ProvenanceResolver,
      ],
      references,
    }),
  feeds: [{ topic: 'territory' }, { topic: 'organisation' }, { topic: 'source' }],
  follows: [],
  lives: [],
  chores: [],
  persons: [],
  seed,
};
