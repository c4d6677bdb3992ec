import { Directive, Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAMinute } from '../../../shared/graphql/cacheControl';
import { connectionType } from '../../../shared/graphql/connection';

export enum DuplicateStatus {
  OPEN = 'OPEN',
  CONFIRMED = 'CONFIRMED',
  REJECTED = 'REJECTED',
}
registerEnumType(DuplicateStatus, {
  name: 'DuplicateStatus',
  description: 'What became of a pair; a machine never decides it.',
  valuesConfig: {
    OPEN: { description: 'Nobody has decided yet.' },
    CONFIRMED: { description: 'A steward found that both are the same company: one record was merged into the other.' },
    REJECTED: { description: 'A steward found that they are two companies: the pair is never proposed again.' },
  },
});

export enum DuplicateReason {
  SAME_REGISTER_NUMBER = 'SAME_REGISTER_NUMBER',
  SAME_NAME = 'SAME_NAME',
  SIMILAR_NAME = 'SIMILAR_NAME',
  SAME_MUNICIPALITY = 'SAME_MUNICIPALITY',
  NEIGHBOURING_MUNICIPALITY = 'NEIGHBOURING_MUNICIPALITY',
  CONTAINING_AREA = 'CONTAINING_AREA',
  SAME_FOUNDING_YEAR = 'SAME_FOUNDING_YEAR',
}
registerEnumType(DuplicateReason, {
  name: 'DuplicateReason',
  description: 'Why two records may be one company.',
  valuesConfig: {
    SAME_REGISTER_NUMBER: { description: 'They have the same entry of a register, possibly written in two schemes.' },
    SAME_NAME: { description: 'Their names are the same but for case, accents, spaces, punctuation and legal form.' },
    SIMILAR_NAME: { description: 'Their names are written alike, with the same numbers in them.' },
    SAME_MUNICIPALITY: { description: 'Their seats are in the same municipality.' },
    NEIGHBOURING_MUNICIPALITY: { description: 'Their seats are in the same canton, Kreis or intercommunalité, or less than 15 km apart.' },
    CONTAINING_AREA: { description: 'The seat of one is known only as an area, such as a region, that contains the seat of the other.' },
    SAME_FOUNDING_YEAR: { description: 'They were founded in the same year.' },
  },
});

@KeptAMinute
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Two records that may be the same company; found by rule, decided by a steward.', simpleResolvers: true })
export class DuplicateCandidate {
  @Field(() => ID, { description: 'Stable: the pair keeps it when it is found again.' }) id: string;
  startupId: string;
  otherId: string;
  @Field(() => Float, { description: 'How sure the rule is, 0 to 1; 1 is the same entry in a register.' }) score: number;
  @Field(() => [DuplicateReason], { description: 'What the score is made of.' }) reasons: DuplicateReason[];
  @Field(() => DuplicateStatus, { description: 'What became of the pair.' }) status: DuplicateStatus;
}

export const DuplicateCandidateConnection = connectionType(DuplicateCandidate, KeptAMinute);
