import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import { DateTimeScalar } from '../../../shared/graphql/scalars';

export enum SupportStage {
  DETECTION = 'DETECTION',
  MATURATION = 'MATURATION',
  CREATION = 'CREATION',
  ACCELERATION = 'ACCELERATION',
  INTERNATIONAL = 'INTERNATIONAL',
  ALUMNI = 'ALUMNI',
}
registerEnumType(SupportStage, {
  name: 'SupportStage',
  description: 'How far the local teams have taken a startup; a step back needs a reason.',
  valuesConfig: {
    DETECTION: { description: 'Found by one of the towns.' },
    MATURATION: { description: 'The idea is being worked out.' },
    CREATION: { description: 'The company is being set up.' },
    ACCELERATION: { description: 'The company grows.' },
    INTERNATIONAL: { description: 'It goes to other countries.' },
    ALUMNI: { description: 'Support has ended; it stays in the network.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'A step of the support that a startup gets.', simpleResolvers: true })
export class StageChange {
  @Field(() => SupportStage, { description: 'The stage that it entered.' }) stage: SupportStage;
  @Field(() => DateTimeScalar, { description: 'When it entered it.' }) since: Date;
  byId: string | null;
  @Field(() => String, { nullable: true, description: 'Why, in the words of who decided; always given for a step back.' }) reason: string | null;
}
