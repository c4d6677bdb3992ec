import { Directive, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAMinute } from '../../../shared/graphql/cacheControl';
import { connectionType } from '../../../shared/graphql/connection';
import { DateScalar, DateTimeScalar } from '../../../shared/graphql/scalars';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { ActivityInput } from '../activity/activity.type';
import { SupportStage } from '../stage/stage.type';

export enum StartupStatus {
  PROJECT = 'PROJECT',
  ACTIVE = 'ACTIVE',
  ACQUIRED = 'ACQUIRED',
  MERGED = 'MERGED',
  DORMANT = 'DORMANT',
  CLOSED = 'CLOSED',
}
registerEnumType(StartupStatus, {
  name: 'StartupStatus',
  description: 'Where a startup is in its life as a company.',
  valuesConfig: {
    PROJECT: { description: 'Not founded yet.' },
    ACTIVE: { description: 'Does business on its own.' },
    ACQUIRED: { description: 'Belongs to another company, and goes on under its own name.' },
    MERGED: { description: 'Went up in another company.' },
    DORMANT: { description: 'Registered, without business.' },
    CLOSED: { description: 'Wound up.' },
  },
});

@KeptAMinute
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A young company, or the project of one, that the region tracks.', simpleResolvers: true })
export class Startup {
  @Field(() => ID, { description: 'UUID v7, stable and opaque.' }) id: string;
  @Field(() => String, { description: 'Its name, in its own language.' }) name: string;
  @Field(() => [String], { description: 'Other names under which it is found, former ones too.' }) aliases: string[];
  @Field(() => StartupStatus, {
    nullable: true,
    description: 'Where it is in its life; null where no source says: a list of laureates tells that a company was founded, not that it still exists.',
  })
  status: StartupStatus | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which it was founded, where that is known.' }) foundedOn: string | null;
  territoryId: string | null;
  hostPlaceId: string | null;
  @Field(() => String, { nullable: true, description: 'Its address on the web.' }) website: string | null;
  pitches: Text;
  @Field(() => [String], { description: 'What it works with, in the words of the source.' }) technologies: string[];
  @Field(() => [String], { description: 'Thematic networks of French Tech that it belongs to, as they are written: `#Fintech`.' }) networks: string[];
  @Field(() => Int, { nullable: true, description: 'Persons who work there; null where no source says.' }) headcount: number | null;
  @Field(() => Int, { nullable: true, description: 'Technology readiness level of its product, 1 (principle observed) to 9 (proven in use).' })
  technologyReadinessLevel: number | null;
  @Field(() => SupportStage, {
    nullable: true,
    description: 'Where the local teams have taken it: the last step of `stageHistory`; null for one that they do not support.',
  })
  stage: SupportStage | null;
  mergedIntoId: string | null;
  provenance: ProvenanceRecord[];
  @Field(() => Int, { description: 'Number of the record’s last change: to be given back with a change, so that none is overwritten unseen.' }) version: number;
  @Field(() => DateTimeScalar, { description: 'When the record last changed in the hub: what `updatedSince` compares.' }) updatedAt: Date;
}

export const StartupConnection = connectionType(Startup, KeptAMinute);

export enum StartupOrder {
  NAME = 'NAME',
  FOUNDED_ON = 'FOUNDED_ON',
  HEADCOUNT = 'HEADCOUNT',
  UPDATED_AT = 'UPDATED_AT',
  RELEVANCE = 'RELEVANCE',
}
registerEnumType(StartupOrder, {
  name: 'StartupOrder',
  description: 'How a list of startups is ordered; equals by id.',
  valuesConfig: {
    NAME: { description: 'By name, A first; accents and case do not matter.' },
    FOUNDED_ON: { description: 'The youngest first; an unknown day comes last.' },
    HEADCOUNT: { description: 'The largest first; an unknown headcount comes last.' },
    UPDATED_AT: { description: 'The one whose record changed longest ago first: for reading on from where one stopped.' },
    RELEVANCE: { description: 'Best match of `filter.search` first; refused without it.' },
  },
});

@InputType({ description: 'Conditions that all must hold; one left out does not restrict.' })
export class StartupFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words of a name (small typos do not matter), or of pitch and technologies in French, German or English (other forms of the words count). Accents and case do not matter.',
  })
  search?: string | null;
  @Field(() => [ID], { nullable: true, description: 'Seated in any of these territories, at any depth.' }) within?: string[] | null;
  @Field(() => [ActivityInput], {
    nullable: true,
    description: 'With any of these activities, one below it, or its equivalent in another classification; a code that the classification does not have is refused.',
  })
  activities?: ActivityInput[] | null;
  @Field(() => [String], { nullable: true, description: 'In any of these networks, written as in `networks`.' }) networks?: string[] | null;
  @Field(() => [SupportStage], { nullable: true, description: 'At any of these stages of support now.' }) stages?: SupportStage[] | null;
  @Field(() => [StartupStatus], { nullable: true, description: 'With any of these statuses; one whose status is unknown has none.' }) statuses?: StartupStatus[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'Founded later than this day.' }) foundedAfter?: string | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Share of turnover made abroad of at least so many percent, 0 to 100, by any source: in `turnoverYear`, or else in the latest year for which a share is known. Where none is known, the startup is left out.',
  })
  minShareAbroadPercent?: number | null;
  @Field(() => Int, { nullable: true, description: 'Year that `minShareAbroadPercent` looks at; refused without it.' }) turnoverYear?: number | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Changed in the hub at this instant or later. Records that were merged into another are listed only with this condition. Ask from some minutes before your last visit: a change becomes visible when its transaction ends.',
  })
  updatedSince?: Date | null;
}
