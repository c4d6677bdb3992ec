import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { provenanceType, sourceReference } from '../../../shared/graphql/values';

// Entities of other subgraphs, as far as this one refers to them or adds fields to them.

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Territory {
  @Field(() => ID) id: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Place {
  @Field(() => ID) id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true })
export class Organisation {
  @Field(() => ID) id: string;
}

export const Source = sourceReference();
export const Provenance = provenanceType(() => Source);

export { refer } from '../../../shared/graphql/values';
