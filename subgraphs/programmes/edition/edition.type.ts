import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent, KeptBriefly } from '../../../shared/graphql/cacheControl';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

export enum EditionState {
  ANNOUNCED = 'ANNOUNCED',
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
  UNDER_REVIEW = 'UNDER_REVIEW',
  RESULTS_PUBLISHED = 'RESULTS_PUBLISHED',
  ARCHIVED = 'ARCHIVED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(EditionState, {
  name: 'EditionState',
  description: 'Where an edition stands now; computed from its dates.',
  valuesConfig: {
    ANNOUNCED: { description: 'Known, not open yet.' },
    OPEN: { description: 'Takes applications.' },
    CLOSED: { description: 'No longer takes applications.' },
    UNDER_REVIEW: { description: 'Applications are being judged.' },
    RESULTS_PUBLISHED: { description: 'The laureates are known.' },
    ARCHIVED: { description: 'Over; no more will come of it.' },
    CANCELLED: { description: 'Did not take place.' },
  },
});

export enum ApplicationState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  INCOMPLETE = 'INCOMPLETE',
  ELIGIBLE = 'ELIGIBLE',
  INELIGIBLE = 'INELIGIBLE',
  ADMITTED = 'ADMITTED',
  COACHED = 'COACHED',
  PLAN_SUBMITTED = 'PLAN_SUBMITTED',
  JURY_SCORED = 'JURY_SCORED',
  LAUREATE = 'LAUREATE',
  NOT_RETAINED = 'NOT_RETAINED',
  WITHDRAWN = 'WITHDRAWN',
  DROPPED = 'DROPPED',
}
registerEnumType(ApplicationState, {
  name: 'ApplicationState',
  description: 'How far an application has come.',
  valuesConfig: {
    INCOMPLETE: { description: 'Sent back for what is missing.' },
    ADMITTED: { description: 'Taken into the programme.' },
    COACHED: { description: 'Working with experts.' },
    PLAN_SUBMITTED: { description: 'The business plan is handed in.' },
    NOT_RETAINED: { description: 'Judged, no prize.' },
    DROPPED: { description: 'Left by the programme on the way.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'How many applications reached a state.', simpleResolvers: true })
export class PipelineStep {
  @Field(() => ApplicationState) state: ApplicationState;
  @Field(() => Int) count: number;
  @Field(() => Float, { nullable: true, description: 'Null where the figures are published ones, without dates.' }) medianDaysInState: number | null;
}

@KeptBriefly
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One round of a programme: a call with its dates, a cohort, a year of a competition.', simpleResolvers: true })
export class Edition {
  @Field(() => ID) id: string;
  programmeId: string;
  @Field(() => String, { description: 'Its number, year or identifier, as the programme calls it.' }) label: string;
  @Field(() => EditionState) state: EditionState;
  @Field(() => DateTimeScalar, { nullable: true }) opensAt: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'The instant from which it takes no more applications; null for a permanent one, or where unknown.' })
  closesAt: Date | null;
  @Field(() => String, { description: 'IANA time zone in which its days are meant.' }) timeZone: string;
  territoryIds: string[];
  provenance: ProvenanceRecord[];
}
