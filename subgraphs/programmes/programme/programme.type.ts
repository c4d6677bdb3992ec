import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAnHour, KeptAsParent } from '../../../shared/graphql/cacheControl';
import { connectionType } from '../../../shared/graphql/connection';
import { DateScalar } from '../../../shared/graphql/scalars';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

export enum ProgrammeKind {
  CALL = 'CALL',
  ACCELERATION = 'ACCELERATION',
  INCUBATION = 'INCUBATION',
  COMPETITION = 'COMPETITION',
  FUND = 'FUND',
  NETWORK = 'NETWORK',
}
registerEnumType(ProgrammeKind, {
  name: 'ProgrammeKind',
  description: 'What a programme offers.',
  valuesConfig: {
    CALL: { description: 'Calls for projects or proposals.' },
    ACCELERATION: { description: 'Coaching over a limited time, in cohorts.' },
    INCUBATION: { description: 'Support up to the creation of a company.' },
    COMPETITION: { description: 'Prizes awarded by a jury.' },
    FUND: { description: 'Grants, loans, guarantees, equity.' },
    NETWORK: { description: 'A label or network of actors.' },
  },
});

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A programme of support, such as 1,2,3 GO.', simpleResolvers: true })
export class Programme {
  @Field(() => ID, { description: 'Stable, such as `123go`.' }) id: string;
  @Field(() => ProgrammeKind) kind: ProgrammeKind;
  names: Text;
  @Field(() => [String]) aliases: string[];
  descriptions: Text;
  @Field(() => String, { nullable: true, description: 'Its page.' }) url: string | null;
  territoryIds: string[];
  provenance: ProvenanceRecord[];
}

@KeptAsParent
@ObjectType({ description: 'A part that an organisation has in a programme, and between which dates.', simpleResolvers: true })
export class Role {
  organisationId: string;
  @Field(() => DateScalar, { nullable: true, description: 'First day, where known.' }) validFrom: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day; null while it lasts, or where unknown.' }) validTo: string | null;
  provenance: ProvenanceRecord;
}

export const ProgrammeConnection = connectionType(Programme, KeptAnHour);

@InputType({ description: 'Conditions that all must hold; one left out does not restrict.' })
export class ProgrammeFilter {
  @Field(() => [ProgrammeKind], { nullable: true }) kinds?: ProgrammeKind[] | null;
  @Field(() => ID, { nullable: true, description: 'Offered in this territory: for it, for an area around it, or for one inside it.' }) within?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'With an edition that is open on that day.' }) openOn?: string | null;
  @Field(() => String, { nullable: true, description: 'Words of its names or descriptions; accents, case and small typos do not matter. Best match first.' })
  search?: string | null;
}
