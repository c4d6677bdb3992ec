import sql, { type Sql } from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Query, registerEnumType, Resolver, Root } from 'type-graphql';
import { KeptBriefly } from '../../../shared/graphql/cacheControl';
import { inside, requireAreas } from '../../../shared/areas/areas';
import { whereAll } from '../../../shared/graphql/connection';
import { one, type Context } from '../../../shared/graphql/context';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { Lang, wordingFor, type Text } from '../../../shared/graphql/text';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Organisation, Provenance, refer, Territory } from '../references/stubs';

export enum ChallengeState {
  OPEN = 'OPEN',
  MATCHED = 'MATCHED',
  CLOSED = 'CLOSED',
}
registerEnumType(ChallengeState, {
  name: 'ChallengeState',
  description: 'Where a challenge stands now; computed from its dates.',
  valuesConfig: {
    OPEN: { description: 'Takes answers.' },
    MATCHED: { description: 'A startup was chosen.' },
    CLOSED: { description: 'Takes no more answers.' },
  },
});

@KeptBriefly
@Directive('@key(fields: "id")')
@ObjectType({ description: "An established company's digital-transition need that a startup of the same territory could meet.", simpleResolvers: true })
export class Challenge {
  @Field(() => ID) id: string;
  titles: Text;
  descriptions: Text;
  ownerId: string;
  territoryId: string;
  @Field(() => [String]) topics: string[];
  @Field(() => ChallengeState) state: ChallengeState;
  @Field(() => DateTimeScalar) opensAt: Date;
  @Field(() => DateTimeScalar, { nullable: true }) closesAt: Date | null;
  provenance: ProvenanceRecord;
}

const stateAt = (now: Date): Sql => sql`
  case when c.matched_at <= ${now} then 'MATCHED' when c.closes_at <= ${now} then 'CLOSED' else 'OPEN' end`;

const columnsAt = (now: Date): Sql => sql`
  c.id, c.titles, c.descriptions, c.owner_id as "ownerId", c.territory_id as "territoryId", c.topics, ${stateAt(now)} as state,
  c.opens_at as "opensAt", c.closes_at as "closesAt", c.provenance`;

export const challengeById = one<Challenge>(
  (ids, { db, now }) => db.rows(sql`select ${columnsAt(now)} from challenge c where c.id = any(${ids}::text[])`),
  ({ id }) => id,
);

@Resolver(() => Challenge)
export class ChallengeResolver {
  @Query(() => [Challenge], { description: 'Needs of established companies, those that close next first.' })
  async challenges(
    @Arg('within', () => ID, { nullable: true, description: 'In this territory or in any area inside it.' }) within: string | undefined,
    @Arg('states', () => [ChallengeState], { nullable: true }) states: ChallengeState[] | undefined,
    @Ctx() context: Context,
  ): Promise<Challenge[]> {
    if (within != null) await requireAreas('within', [within], context);
    const where = [sql`c.opens_at <= ${context.now}`];
    if (within != null) where.push(inside(sql`c.territory_id`, sql`array[${within}::text]`));
    if (states) where.push(sql`${stateAt(context.now)} = any(${states}::text[])`);
    return context.db.rows(sql`select ${columnsAt(context.now)} from challenge c ${whereAll(where)} order by c.closes_at nulls last, c.id`);
  }

  @FieldResolver(() => String)
  title(@Root() { titles }: Challenge, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(titles, lang, langs);
  }

  @FieldResolver(() => String)
  description(@Root() { descriptions }: Challenge, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(descriptions, lang, langs);
  }

  @FieldResolver(() => Organisation, { description: 'Whose need it is.' })
  owner(@Root() { ownerId }: Challenge): Organisation {
    return refer(ownerId);
  }

  @FieldResolver(() => Territory)
  territory(@Root() { territoryId }: Challenge): Territory {
    return refer(territoryId);
  }

  @FieldResolver(() => Provenance, { description: 'Who published it.' })
  provenance(@Root() { provenance }: Challenge) {
    return provenanceOf(provenance);
  }
}
