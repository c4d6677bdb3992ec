import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import type { Text } from '../../../shared/graphql/text';

export enum ActivityScheme {
  NACE_2 = 'NACE_2',
  NAF_2 = 'NAF_2',
  WZ_2008 = 'WZ_2008',
}
registerEnumType(ActivityScheme, {
  name: 'ActivityScheme',
  description: 'A classification of economic activities; the three share sections, divisions, groups and classes.',
  valuesConfig: {
    NACE_2: { description: 'NACE rev. 2 of the European Union: section J, division 62, group 62.0, class 62.01.' },
    NAF_2: { description: 'NAF rev. 2 of France: division to class as in NACE, and sub-class 62.01Z.' },
    WZ_2008: { description: 'WZ 2008 of Germany: section to class as in NACE, and sub-class 62.01.9.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'An economic activity in one classification, with its equivalents across the border.', simpleResolvers: true })
export class Activity {
  @Field(() => ActivityScheme, { description: 'The classification.' }) scheme: ActivityScheme;
  @Field(() => String, { description: 'Its code there, with dots: 62.01Z.' }) code: string;
  names: Text;
}

@InputType({ description: 'A code and the classification that it stands in.' })
export class ActivityInput {
  @Field(() => ActivityScheme, { description: 'The classification.' }) scheme: ActivityScheme;
  @Field(() => String, { description: 'Its code there, at any level, with or without dots: 62, 62.01, 6201Z.' }) code: string;
}
