import type { GraphQLResolveInfo } from 'graphql';
import sql, { raw } from 'sql-template-tag';
import { Arg, Ctx, Field, FieldResolver, Info, Int, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { many, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Provenance } from '../source/source';
import { territoryById, territoryColumns } from '../territory/territory.loader';
import { Territory } from '../territory/territory.type';

enum FlowDirection {
  OUTBOUND = 'OUTBOUND',
  INBOUND = 'INBOUND',
}
registerEnumType(FlowDirection, {
  name: 'FlowDirection',
  valuesConfig: { OUTBOUND: { description: 'Who lives here and works there.' }, INBOUND: { description: 'Who lives there and works here.' } },
});

@KeptAnHour
@ObjectType({ description: 'Persons who live in one area and work in another.', simpleResolvers: true })
class CommuterFlow {
  area: string;
  fromId: string;
  toId: string;
  @Field(() => Int) year: number;
  @Field(() => Int) persons: number;
  @Field(() => String, { description: 'Whom the source counts, and within which limits.' }) perimeter: string;
  provenance: ProvenanceRecord;
}

/** Flows that a source states of the area itself or, wider, of an area that contains it. */
const flowsOf = ({ direction, year }: { direction: FlowDirection; year?: number | undefined }) =>
  many<CommuterFlow>((ids, { db }) => {
    const end = raw(direction === FlowDirection.OUTBOUND ? 'from_id' : 'to_id');
    return db.rows(sql`
      select area.id as area, f.from_id as "fromId", f.to_id as "toId", f.year, f.persons, f.perimeter, f.provenance
      from territory area join commuter_flow f on f.${end} = any(area.areas)
      where area.id = any(${ids}::text[]) and (${year ?? null}::int is null or f.year = ${year ?? null})
      order by f.year desc, f.persons desc`);
  }, ({ area }) => area);

@Resolver(() => CommuterFlow)
export class CommuterFlowResolver {
  @FieldResolver(() => Territory)
  from(@Root() { fromId }: CommuterFlow, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(territoryById, territoryColumns.askedIn(info), fromId);
  }

  @FieldResolver(() => Territory)
  to(@Root() { toId }: CommuterFlow, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(territoryById, territoryColumns.askedIn(info), toId);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: CommuterFlow) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Territory)
export class TerritoryCommutersResolver {
  @Reads('id')
  @FieldResolver(() => [CommuterFlow], {
    description: 'Cross-border commuters that a source states of the area itself or of a wider one around it: `from`, `to` and `perimeter` say which. Latest year first.',
  })
  commuterFlows(
    @Root() { id }: Pick<Territory, 'id'>,
    @Arg('direction', () => FlowDirection, { defaultValue: FlowDirection.OUTBOUND }) direction: FlowDirection,
    @Arg('year', () => Int, { nullable: true }) year: number | undefined,
    @Ctx() context: Context,
  ) {
    return context.loadWith(flowsOf, { direction, year }, id);
  }
}
