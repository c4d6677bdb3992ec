import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import { ApplicationState } from '../application/life';

/** Below so many, a public count would tell of single persons. */
export const FEWEST = 5;

export enum Suppression {
  FEWER_THAN_FIVE = 'FEWER_THAN_FIVE',
  WOULD_REVEAL_ANOTHER = 'WOULD_REVEAL_ANOTHER',
}
registerEnumType(Suppression, {
  name: 'Suppression',
  description: 'Why a public count is not shown.',
  valuesConfig: {
    FEWER_THAN_FIVE: { description: 'One to four are behind it.' },
    WOULD_REVEAL_ANOTHER: { description: 'It, or the reason for hiding it, would let one compute a count of one to four.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'How many applications reached a state, or stand in it.', simpleResolvers: true })
export class PipelineStep {
  @Field(() => ApplicationState, { description: 'The state.' }) state: ApplicationState;
  @Field(() => Int, { nullable: true, description: 'Null where it is suppressed.' }) count: number | null;
  @Field(() => Suppression, { nullable: true, description: 'Why there is no count; null where there is one.' }) suppressed: Suppression | null;
  @Field(() => Float, { nullable: true, description: 'Days; half of the stays in the state were shorter. Null in a public funnel and for a state in which nothing is left to be done.' })
  medianDaysInState: number | null;
}
