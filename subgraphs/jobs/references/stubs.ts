import { createUnionType, Directive, Field, ID, ObjectType } from 'type-graphql';
import { provenanceType, sourceReference } from '../../../shared/graphql/values';

// Entities of other subgraphs, as far as this one refers to them or adds fields to them.

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Territory {
  @Field(() => ID) id: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Startup {
  @Field(() => ID) id: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Organisation {
  @Field(() => ID) id: string;
}

export interface EmployerReference {
  __typename: 'Startup' | 'Organisation';
  id: string;
}

export const Employer = createUnionType({
  name: 'Employer',
  description: 'Who employs, where the hub knows it: a startup, or another actor.',
  types: () => [Startup, Organisation] as const,
  resolveType: (value) => (value as unknown as EmployerReference).__typename,
});

export const Source = sourceReference();
export const Provenance = provenanceType(() => Source);
