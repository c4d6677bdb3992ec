import { followAreas } from '../../shared/areas/areas';
import { auditResolver } from '../../shared/audit/auditResolver';
import { buildFederatedSchema } from '../../shared/graphql/federation';
import { followOrganisations } from '../../shared/organisations/organisations';
import type { Subgraph } from '../../shared/subgraph';
import { ApplicationResolver, StartupApplicationsResolver } from './application/application.resolver';
import { applicationLife } from './application/life';
import { AwardEntity } from './award/award.entity';
import { AwardResolver, EditionAwardsResolver, StartupAwardsResolver } from './award/award';
import { ChallengeEntity } from './challenge/challenge.entity';
import { ChallengeAnswerResolver, ChallengeResolver } from './challenge/challenge.resolver';
import { challengeLife } from './challenge/life';
import { challengesByTheirDates } from './challenge/writes';
import { EditionEntity, EditionRuleEntity, FunnelStepEntity } from './edition/edition.entity';
import { EditionResolver, ProgrammeEditionsResolver } from './edition/edition.resolver';
import { editionLife } from './edition/life';
import { editionsByTheirDates } from './edition/move';
import { EditionEligibilityResolver, EligibilityRuleResolver, RuleResultResolver, StartupEligibilityResolver } from './eligibility/eligibility.resolver';
import { EnvelopeEntity } from './envelope/envelope.entity';
import { EnvelopeResolver, ProgrammeEnvelopesResolver, TerritoryFundingResolver } from './envelope/envelope';
import { EventEntity } from './event/event.entity';
import { EditionEventsResolver, EventResolver, PlaceEventsResolver } from './event/event';
import { ApplicationExpertsResolver, ExpertResolver } from './expert/expert.resolver';
import { EditionFunnelResolver } from './pipeline/funnel';
import { RelayPipelineResolver } from './pipeline/relayPipeline';
import { ProgrammeEntity, RoleEntity } from './programme/programme.entity';
import { OrganisationProgrammesResolver, ProgrammeResolver, RoleResolver, TerritoryProgrammesResolver } from './programme/programme.resolver';
import { references } from './references/references';
import { followStartups } from './references/startups';
import { RelayEntity } from './relay/relay.entity';
import { OrganisationRelaysResolver, ProgrammeRelaysResolver, RelayResolver, TerritoryRelaysResolver } from './relay/relay';
import { seed } from './seed/seed';
import { ServiceEntity } from './service/service.entity';
import { PlaceServicesResolver, ServiceResolver } from './service/service';

/** Programmes and their editions, relays, money, services, events, awards; who may apply, and what becomes of who does. */
export const programmes: Subgraph = {
  name: 'programmes',
  entities: [
    ProgrammeEntity,
    RoleEntity,
    RelayEntity,
    EditionEntity,
    EditionRuleEntity,
    FunnelStepEntity,
    EnvelopeEntity,
    ServiceEntity,
    EventEntity,
    AwardEntity,
    ChallengeEntity,
  ],
  buildSchema: () =>
    buildFederatedSchema({
      resolvers: [
        auditResolver('programmes'),
        ProgrammeResolver,
        RoleResolver,
        TerritoryProgrammesResolver,
        OrganisationProgrammesResolver,
        RelayResolver,
        ProgrammeRelaysResolver,
        OrganisationRelaysResolver,
        TerritoryRelaysResolver,
        EditionResolver,
        ProgrammeEditionsResolver,
        EligibilityRuleResolver,
        RuleResultResolver,
        EditionEligibilityResolver,
        StartupEligibilityResolver,
        EnvelopeResolver,
        ProgrammeEnvelopesResolver,
        TerritoryFundingResolver,
        ServiceResolver,
        PlaceServicesResolver,
        EventResolver,
        PlaceEventsResolver,
        EditionEventsResolver,
        AwardResolver,
        StartupAwardsResolver,
        EditionAwardsResolver,
        ChallengeResolver,
        ChallengeAnswerResolver,
        ApplicationResolver,
        StartupApplicationsResolver,
        ExpertResolver,
        ApplicationExpertsResolver,
        EditionFunnelResolver,
        RelayPipelineResolver,
      ],
      references,
    }),
  feeds: [],
  follows: [followAreas, followStartups, followOrganisations],
  lives: [editionLife, applicationLife, challengeLife],
  chores: [editionsByTheirDates, challengesByTheirDates],
  persons: [
    { table: 'applicant', subject: applicationLife.subject, subjectColumn: 'application_id' },
    { table: 'expert_person', subject: 'expert', subjectColumn: 'expert_id' },
  ],
  seed,
};
