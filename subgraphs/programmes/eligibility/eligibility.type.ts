import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import type { Text } from '../../../shared/graphql/text';

export enum RuleKind {
  MAX_AGE_YEARS = 'MAX_AGE_YEARS',
  MIN_HEADCOUNT = 'MIN_HEADCOUNT',
  MAX_HEADCOUNT = 'MAX_HEADCOUNT',
  MIN_TRL = 'MIN_TRL',
  SEATED_IN = 'SEATED_IN',
}
registerEnumType(RuleKind, {
  name: 'RuleKind',
  description: 'What a rule of eligibility looks at.',
  valuesConfig: {
    MAX_AGE_YEARS: { description: 'Founded at most so many years before the closing day; a project that is not founded yet fulfils it.' },
    MIN_HEADCOUNT: { description: 'At least so many persons employed.' },
    MAX_HEADCOUNT: { description: 'At most so many persons employed.' },
    MIN_TRL: { description: 'At least this technology readiness level, 1 to 9.' },
    SEATED_IN: { description: 'Seated in one of the territories.' },
  },
});

export enum Verdict {
  ELIGIBLE = 'ELIGIBLE',
  NOT_ELIGIBLE = 'NOT_ELIGIBLE',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(Verdict, {
  name: 'Verdict',
  description: 'Whether a rule is fulfilled.',
  valuesConfig: {
    ELIGIBLE: { description: 'It is.' },
    NOT_ELIGIBLE: { description: 'It is not.' },
    UNKNOWN: { description: 'What it looks at is not known, or no rule is known.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'A condition that a source states for applying to an edition.', simpleResolvers: true })
export class EligibilityRule {
  @Field(() => RuleKind) kind: RuleKind;
  @Field(() => Float, { nullable: true, description: 'Years, persons or level; null for SEATED_IN.' }) value: number | null;
  /** Names of the territories of SEATED_IN, in their languages. */
  territories: Text[];
}
