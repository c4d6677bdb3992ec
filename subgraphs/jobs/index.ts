import { followAreas } from '../../shared/areas/areas';
import { auditResolver } from '../../shared/audit/auditResolver';
import { buildFederatedSchema } from '../../shared/graphql/federation';
import { followOrganisations } from '../../shared/organisations/organisations';
import { followSources } from '../../shared/sources/sources';
import type { Subgraph } from '../../shared/subgraph';
import { tallyOffers } from './facets/tally';
import { HiringStartupResolver, StartupOffersResolver } from './hiring/hiring';
import { OccupationEntity, OccupationMappingEntity } from './occupation/occupation.entity';
import { OccupationMappingResolver, OccupationResolver } from './occupation/occupation.resolver';
import { JobOfferEntity, SearchWordEntity, SpotEntity } from './offer/offer.entity';
import { JobOfferHistoryResolver } from './offer/offer.history';
import { expireOffers, offerLife } from './offer/offer.life';
import { JobOfferMutationResolver } from './offer/offer.mutations';
import { JobOfferConnectionResolver, JobOfferResolver, OccupationOffersResolver, TerritoryOffersResolver } from './offer/offer.resolver';
import { followStartups } from './references/copies';
import { references } from './references/references';
import { seed } from './seed/seed';
import { TrainingEntity } from './training/training.entity';
import { OccupationTrainingsResolver, OrganisationTrainingsResolver, TerritoryTrainingsResolver, TrainingResolver } from './training/training';

/** Job offers, the occupations of three countries' classifications, and trainings. */
export const jobs: Subgraph = {
  name: 'jobs',
  entities: [OccupationEntity, OccupationMappingEntity, TrainingEntity, SpotEntity, JobOfferEntity, SearchWordEntity],
  buildSchema: () =>
    buildFederatedSchema({
      resolvers: [
        auditResolver('jobs'),
        JobOfferResolver,
        JobOfferConnectionResolver,
        JobOfferHistoryResolver,
        JobOfferMutationResolver,
        TerritoryOffersResolver,
        OccupationOffersResolver,
        HiringStartupResolver,
        StartupOffersResolver,
        OccupationResolver,
        OccupationMappingResolver,
        TrainingResolver,
        OccupationTrainingsResolver,
        OrganisationTrainingsResolver,
        TerritoryTrainingsResolver,
      ],
      references,
    }),
  feeds: [],
  follows: [followAreas, followStartups, followOrganisations, followSources],
  lives: [offerLife],
  chores: [expireOffers, tallyOffers],
  persons: [],
  seed,
};
