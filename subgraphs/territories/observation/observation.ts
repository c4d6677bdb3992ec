import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, Float, ID, Info, ObjectType, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateScalar } from '../../../shared/graphql/scalars';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Indicator, indicatorById, requireIndicators } from '../indicator/indicator';
import { Provenance } from '../source/source';
import { territoryById, territoryColumns } from '../territory/territory.loader';
import { Territory } from '../territory/territory.type';

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A value of an indicator for an area and a period: from a register, or a figure that a source states.', simpleResolvers: true })
export class Observation {
  @Field(() => ID) id: string;
  indicatorId: string;
  territoryId: string;
  @Field(() => String, { description: 'Year, or day, that the value is about: 2024.' }) period: string;
  @Field(() => Float) value: number;
  @Field(() => String) unit: string;
  provenance: ProvenanceRecord;
}

export const observationColumns: Sql = sql`
  o.id, o.indicator_id as "indicatorId", o.territory_id as "territoryId", o.period, o.value, o.unit, o.provenance`;

export const observationById = one<Observation>(
  (ids, { db }) => db.rows(sql`select ${observationColumns} from known_value o where o.id = any(${ids}::text[])`),
  ({ id }) => id,
);

/** The latest population of each area. */
const populationOf = one<Observation>(
  (ids, { db }) =>
    db.rows(sql`
      select ${observationColumns}
      from unnest(${ids}::text[]) as area(id)
      cross join lateral (
        select o.*, 'persons' as unit from observation o
        where o.territory_id = area.id and o.indicator_id = 'population'
        order by o.period desc limit 1
      ) o`),
  ({ territoryId }) => territoryId,
);

interface ObservationsArgs {
  indicator?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const observationsOf = ({ indicator, from, to }: ObservationsArgs) =>
  many<Observation>(
    (ids, { db }) =>
      db.rows(sql`
        select ${observationColumns} from known_value o
        where o.territory_id = any(${ids}::text[])
          and (${indicator ?? null}::text is null or o.indicator_id = ${indicator ?? null})
          and (${from ?? null}::text is null or left(o.period, 4) >= left(${from ?? null}, 4))
          and (${to ?? null}::text is null or left(o.period, 4) <= left(${to ?? null}, 4))
        order by o.indicator_id, o.period, o.id`),
    ({ territoryId }) => territoryId,
  );

@Resolver(() => Observation)
export class ObservationResolver {
  @FieldResolver(() => Indicator)
  indicator(@Root() { indicatorId }: Observation, @Ctx() context: Context) {
    return context.load(indicatorById, indicatorId);
  }

  @FieldResolver(() => Territory)
  territory(@Root() { territoryId }: Observation, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(territoryById, territoryColumns.askedIn(info), territoryId);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Observation) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Territory)
export class TerritoryObservationsResolver {
  @Reads('id')
  @FieldResolver(() => Observation, { nullable: true, description: 'Latest known population, with its year and source.' })
  population(@Root() { id }: Pick<Territory, 'id'>, @Ctx() context: Context) {
    return context.load(populationOf, id);
  }

  @Reads('id')
  @FieldResolver(() => [Observation], { description: 'Values by indicator and period; `from` and `to` compare years.' })
  async observations(
    @Root() { id }: Pick<Territory, 'id'>,
    @Arg('indicator', () => ID, { nullable: true }) indicator: string | undefined,
    @Arg('from', () => DateScalar, { nullable: true }) from: string | undefined,
    @Arg('to', () => DateScalar, { nullable: true }) to: string | undefined,
    @Ctx() context: Context,
  ) {
    if (indicator != null) await requireIndicators('indicator', [indicator], context);
    return context.loadWith(observationsOf, { indicator, from, to }, id);
  }
}
