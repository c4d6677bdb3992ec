import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, Info, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateScalar } from '../../../shared/graphql/scalars';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { organisationById } from '../organisation/organisation.resolver';
import { Organisation } from '../organisation/organisation.type';
import { Provenance } from '../source/source';
import { territoryById, territoryColumns } from '../territory/territory.loader';
import { Territory } from '../territory/territory.type';

export enum LabelStatus {
  CANDIDATE = 'CANDIDATE',
  NOT_RETAINED = 'NOT_RETAINED',
  HELD = 'HELD',
  ENDED = 'ENDED',
}
registerEnumType(LabelStatus, {
  name: 'LabelStatus',
  description: 'What became of a candidacy.',
  valuesConfig: {
    CANDIDATE: { description: 'Applied for, not decided.' },
    NOT_RETAINED: { description: 'Refused, or not in that round.' },
    HELD: { description: 'Awarded.' },
    ENDED: { description: 'No longer held.' },
  },
});

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A label of a territory, such as Métropole French Tech, and the dates between which its status held.', simpleResolvers: true })
export class LabelAward {
  @Field(() => ID) id: string;
  @Field(() => String) label: string;
  @Field(() => [String], { description: 'Thematic networks of the label.' }) networks: string[];
  territoryId: string;
  holderId: string;
  @Field(() => LabelStatus) status: LabelStatus;
  @Field(() => DateScalar, { nullable: true, description: 'First day of the status; the first of a month where the source states the month.' })
  validFrom: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day of the status.' }) validTo: string | null;
  provenance: ProvenanceRecord[];
}

const columns = sql`
  id, label, networks, territory_id as "territoryId", holder_id as "holderId", status, valid_from as "validFrom", valid_to as "validTo", provenance`;

export const labelAwardById = one<LabelAward>((ids, { db }) => db.rows(sql`select ${columns} from label_award where id = any(${ids}::text[])`), ({ id }) => id);

const labelsOf = ({ asOf }: { asOf?: string | undefined }) =>
  many<LabelAward>(
    (ids, { db }) =>
      db.rows(sql`
        select ${columns} from label_award
        where territory_id = any(${ids}::text[])
          and (${asOf ?? null}::date is null or daterange(valid_from, valid_to, '[]') @> ${asOf ?? null}::date)
        order by valid_from nulls first, id`),
    ({ territoryId }) => territoryId,
  );

@Resolver(() => LabelAward)
export class LabelAwardResolver {
  @FieldResolver(() => Territory)
  territory(@Root() { territoryId }: LabelAward, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(territoryById, territoryColumns.askedIn(info), territoryId);
  }

  @FieldResolver(() => Organisation)
  holder(@Root() { holderId }: LabelAward, @Ctx() context: Context) {
    return context.load(organisationById, holderId);
  }

  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: LabelAward) {
    return provenance.map(provenanceOf);
  }
}

@Resolver(() => Territory)
export class TerritoryLabelsResolver {
  @Reads('id')
  @FieldResolver(() => [LabelAward], { description: 'Its labels by date; with `asOf`, those whose status held on that day.' })
  labels(@Root() { id }: Pick<Territory, 'id'>, @Arg('asOf', () => DateScalar, { nullable: true }) asOf: string | undefined, @Ctx() context: Context) {
    return context.loadWith(labelsOf, { asOf }, id);
  }
}
