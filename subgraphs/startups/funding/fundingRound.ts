import sql from 'sql-template-tag';
import { Field, FieldResolver, ID, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import { many } from '../../../shared/graphql/context';
import { DateScalar } from '../../../shared/graphql/scalars';
import { Money, provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Provenance } from '../references/stubs';

export enum RoundKind {
  GRANT = 'GRANT',
  LOAN = 'LOAN',
  PRIZE = 'PRIZE',
  SEED = 'SEED',
  SERIES_A = 'SERIES_A',
  SERIES_B = 'SERIES_B',
  LATER = 'LATER',
}
registerEnumType(RoundKind, {
  name: 'RoundKind',
  description: 'What kind of money a startup got.',
  valuesConfig: {
    GRANT: { description: 'Public money that is not paid back.' },
    LOAN: { description: 'To be paid back.' },
    PRIZE: { description: 'Won in a competition.' },
    SEED: { description: 'First money of investors.' },
    SERIES_A: { description: 'First round with venture capital.' },
    SERIES_B: { description: 'Second round with venture capital.' },
    LATER: { description: 'Any round after that.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'Money that a startup got from outside.', simpleResolvers: true })
export class FundingRound {
  startupId: string;
  @Field(() => ID, { description: 'Stable and opaque.' }) id: string;
  @Field(() => RoundKind, { description: 'What kind of money.' }) kind: RoundKind;
  amount: number | null;
  currency: string | null;
  @Field(() => DateScalar, { description: 'The day on which it was made known.' }) announcedOn: string;
  provenance: ProvenanceRecord;
}

/** Rounds, oldest first. */
export const fundingRoundsOf = many<FundingRound>(
  (ids, { db }) =>
    db.rows(sql`
      select startup_id as "startupId", id, kind, amount, currency, announced_on as "announcedOn", provenance from funding_round
      where startup_id = any(${ids}::text[]) order by startup_id, announced_on, id`),
  ({ startupId }) => startupId,
);

@Resolver(() => FundingRound)
export class FundingRoundResolver {
  @FieldResolver(() => Money, { nullable: true, description: 'Null where the amount was not disclosed.' })
  money(@Root() { amount, currency }: FundingRound): Money | null {
    return amount === null || currency === null ? null : { amount, currency };
  }

  @FieldResolver(() => Provenance, { description: 'Who states it.' })
  provenance(@Root() { provenance }: FundingRound) {
    return provenanceOf(provenance);
  }
}
