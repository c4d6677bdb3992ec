import { followAreas } from '../../shared/areas/areas';
import { auditResolver } from '../../shared/audit/auditResolver';
import { buildFederatedSchema } from '../../shared/graphql/federation';
import type { Subgraph } from '../../shared/subgraph';
import { ActivityClassEntity, StartupActivityEntity } from './activity/activity.entity';
import { ActivityResolver } from './activity/activity.resolver';
import { contactTable } from './contact/contact';
import { ContactResolver } from './contact/contact.resolver';
import { DuplicateCandidateEntity } from './duplicate/duplicate.entity';
import { duplicateLife } from './duplicate/duplicate.life';
import { DuplicateResolver } from './duplicate/duplicate.resolver';
import { FundingRoundEntity, TurnoverEntity } from './funding/funding.entity';
import { FundingRoundResolver } from './funding/fundingRound';
import { TurnoverResolver } from './funding/turnover';
import { RegisterIdEntity } from './identity/registerId.entity';
import { PlaceResidentsResolver } from './references/place';
import { references } from './references/references';
import { followSources } from '../../shared/sources/sources';
import { TerritoryStartupsResolver } from './references/territory';
import { seed } from './seed/seed';
import { tallySeats } from './stats/stats.loader';
import { StageChangeEntity } from './stage/stage.entity';
import { supportLife } from './stage/stage.life';
import { StageChangeResolver } from './stage/stage.resolver';
import { StartupEntity } from './startup/startup.entity';
import { statusLife } from './startup/startup.life';
import { StartupMutationResolver } from './startup/startup.mutations';
import { StartupResolver } from './startup/startup.resolver';

/** Startups: who they are in each country's registers, what they do, and how the region supports them. */
export const startups: Subgraph = {
  name: 'startups',
  entities: [
    ActivityClassEntity,
    StartupEntity,
    RegisterIdEntity,
    StartupActivityEntity,
    TurnoverEntity,
    FundingRoundEntity,
    StageChangeEntity,
    DuplicateCandidateEntity,
  ],
  buildSchema: () =>
    buildFederatedSchema({
      resolvers: [
        auditResolver('startups'),
        StartupResolver,
        StartupMutationResolver,
        ContactResolver,
        ActivityResolver,
        TurnoverResolver,
        FundingRoundResolver,
        StageChangeResolver,
        DuplicateResolver,
        TerritoryStartupsResolver,
        PlaceResidentsResolver,
      ],
      references,
    }),
  feeds: [{ topic: 'startup' }],
  follows: [followAreas, followSources],
  lives: [statusLife, supportLife, duplicateLife],
  chores: [tallySeats],
  persons: [contactTable],
  seed,
};
