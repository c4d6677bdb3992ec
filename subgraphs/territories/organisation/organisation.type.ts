import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAnHour, KeptAsParent } from '../../../shared/graphql/cacheControl';
import { DateScalar } from '../../../shared/graphql/scalars';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

export enum OrganisationKind {
  PUBLIC_BODY = 'PUBLIC_BODY',
  CHAMBER = 'CHAMBER',
  AGENCY = 'AGENCY',
  CLUSTER = 'CLUSTER',
  ASSOCIATION = 'ASSOCIATION',
  UNIVERSITY = 'UNIVERSITY',
  LAB = 'LAB',
  EMPLOYMENT_SERVICE = 'EMPLOYMENT_SERVICE',
  FUNDER = 'FUNDER',
  MEDIA = 'MEDIA',
  COMPANY = 'COMPANY',
}
registerEnumType(OrganisationKind, {
  name: 'OrganisationKind',
  description: 'What an actor is.',
  valuesConfig: {
    PUBLIC_BODY: { description: 'State, region, town, intercommunalité, ministry.' },
    CHAMBER: { description: 'Chamber of commerce or of trades.' },
    AGENCY: { description: 'Agency for innovation or development.' },
    CLUSTER: { description: 'Network of companies and laboratories.' },
    ASSOCIATION: { description: 'Non-profit association.' },
    UNIVERSITY: { description: 'University or school of higher education.' },
    LAB: { description: 'Laboratory or research institute.' },
    EMPLOYMENT_SERVICE: { description: 'Public employment service.' },
    FUNDER: { description: 'Bank or fund.' },
    MEDIA: { description: 'Newspaper, magazine, site.' },
    COMPANY: { description: 'Company that is not tracked as a startup.' },
  },
});

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'An actor of the ecosystem that is not itself tracked as a startup.', simpleResolvers: true })
export class Organisation {
  @Field(() => ID) id: string;
  @Field(() => OrganisationKind) kind: OrganisationKind;
  names: Text;
  @Field(() => [String], { description: 'Other names, abbreviations.' }) aliases: string[];
  territoryId: string | null;
  @Field(() => String, { nullable: true }) url: string | null;
  provenance: ProvenanceRecord[];
}

@KeptAsParent
@ObjectType({ description: 'A public office, and who held it on a day. Persons appear in the hub in this way only.', simpleResolvers: true })
export class Office {
  @Field(() => ID) id: string;
  organisationId: string;
  names: Text;
  @Field(() => String, { nullable: true, description: 'Who held it; null where the source names the post alone.' }) holder: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which the source says so.' }) asOf: string | null;
  provenance: ProvenanceRecord;
}
