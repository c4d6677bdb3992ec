import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAnHour, KeptAsParent } from '../../../shared/graphql/cacheControl';
import { connectionType } from '../../../shared/graphql/connection';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

export enum OccupationScheme {
  ISCO_08 = 'ISCO_08',
  ESCO = 'ESCO',
  ROME = 'ROME',
  KLDB_2010 = 'KLDB_2010',
}
registerEnumType(OccupationScheme, {
  name: 'OccupationScheme',
  description: 'A classification of occupations.',
  valuesConfig: {
    ISCO_08: { description: 'International standard of the ILO, one to four digits: 2512. The others are compared through it.' },
    ESCO: { description: 'European classification; the code is the UUID at the end of its URI.' },
    ROME: { description: 'French répertoire opérationnel des métiers 4.60, also used in Luxembourg: M1805.' },
    KLDB_2010: { description: 'German Klassifikation der Berufe, one to five digits: 43414.' },
  },
});

export enum MappingRelation {
  EXACT = 'EXACT',
  CLOSE = 'CLOSE',
  BROADER = 'BROADER',
  NARROWER = 'NARROWER',
}
registerEnumType(MappingRelation, {
  name: 'MappingRelation',
  description: 'How the other occupation stands to this one, in the terms of SKOS.',
  valuesConfig: {
    EXACT: { description: 'It is the same.' },
    CLOSE: { description: 'It is nearly the same: one may stand for the other in most uses.' },
    BROADER: { description: 'The other is the broader one.' },
    NARROWER: { description: 'The other is the narrower one.' },
  },
});

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'An occupation, or a group of occupations, of one classification.', simpleResolvers: true })
export class Occupation {
  @Field(() => ID, { description: 'Stable, such as `isco-08-2512`, `rome-M1805`, `kldb-43414`.' }) id: string;
  @Field(() => OccupationScheme) scheme: OccupationScheme;
  @Field(() => String, { description: 'Its code in the scheme, as the scheme writes it.' }) code: string;
  labels: Text;
  broaderId: string | null;
  provenance: ProvenanceRecord;
}

@KeptAsParent
@ObjectType({ description: 'That an occupation of one classification corresponds to one of another; found by rule.', simpleResolvers: true })
export class OccupationMapping {
  to: Occupation;
  @Field(() => MappingRelation) relation: MappingRelation;
  provenance: ProvenanceRecord;
}

export const OccupationConnection = connectionType(Occupation, KeptAnHour);

@InputType({ description: 'A code and the classification that it stands in.' })
export class OccupationInput {
  @Field(() => OccupationScheme) scheme: OccupationScheme;
  @Field(() => String) code: string;
}
