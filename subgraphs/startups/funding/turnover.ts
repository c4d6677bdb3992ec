import sql from 'sql-template-tag';
import { Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import { many } from '../../../shared/graphql/context';
import { Money, provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Provenance } from '../references/stubs';

@KeptAsParent
@ObjectType({ description: 'Turnover of a year, as one source states it; sources may differ, and each is kept.', simpleResolvers: true })
export class Turnover {
  startupId: string;
  @Field(() => Int, { description: 'Calendar year, or the one in which the financial year ended.' }) year: number;
  amount: number | null;
  currency: string | null;
  @Field(() => Float, { nullable: true, description: 'Share made outside the country of the seat, in percent, 0 to 100.' }) shareAbroadPercent: number | null;
  provenance: ProvenanceRecord;
}

/** Turnovers, the latest year first. */
export const turnoversOf = ({ year }: { year: number | null }) =>
  many<Turnover>(
    (ids, { db }) =>
      db.rows(sql`
        select startup_id as "startupId", year, amount, currency, share_abroad as "shareAbroadPercent", provenance from turnover
        where startup_id = any(${ids}::text[]) and (${year}::int is null or year = ${year})
        order by startup_id, year desc, source_id`),
    ({ startupId }) => startupId,
  );

@Resolver(() => Turnover)
export class TurnoverResolver {
  @FieldResolver(() => Money, { nullable: true, description: 'All of it; null where only the share abroad is stated.' })
  total(@Root() { amount, currency }: Turnover): Money | null {
    return amount === null || currency === null ? null : { amount, currency };
  }

  @FieldResolver(() => Provenance, { description: 'Who states it.' })
  provenance(@Root() { provenance }: Turnover) {
    return provenanceOf(provenance);
  }
}
