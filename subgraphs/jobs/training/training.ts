import sql, { join, type Sql } from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Lang, wordingFor, type Text } from '../../../shared/graphql/text';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { circleOf, NearInput } from '../near/near';
import { occupationById, occupationOf, requireOccupation } from '../occupation/occupation.loader';
import { Occupation, OccupationInput } from '../occupation/occupation.type';
import { Organisation, Provenance, Territory } from '../references/stubs';

const EMPTY = 'Empty until a source is connected: no open source of trainings was found for the region.';

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: `A course of training that leads to an occupation. ${EMPTY}`, simpleResolvers: true })
export class Training {
  @Field(() => ID) id: string;
  titles: Text;
  providerId: string;
  territoryId: string;
  occupationIds: string[];
  @Field(() => Int, { nullable: true, description: 'Level of the European Qualifications Framework, 1 to 8.' }) eqfLevel: number | null;
  @Field(() => [Lang], { description: 'Languages in which it is taught.' }) langs: Lang[];
  @Field(() => String, { nullable: true, description: 'Where it is described.' }) url: string | null;
  provenance: ProvenanceRecord;
}

const columns = sql`
  t.id, t.titles, t.provider_id as "providerId", t.territory_id as "territoryId", t.occupations as "occupationIds", t.eqf_level as "eqfLevel",
  t.langs, t.url, t.provenance`;

export const trainingById = one<Training>((ids, { db }) => db.rows(sql`select ${columns} from training t where t.id = any(${ids}::text[])`), ({ id }) => id);

const trainingsBy = many<Training>(
  (ids, { db }) => db.rows(sql`select ${columns} from training t where t.provider_id = any(${ids}::text[]) order by t.id`),
  ({ providerId }) => providerId,
);

/** SQL condition: a training leads to an occupation `sought`, to a narrower one, or to one of the same ISCO-08 group. */
const leadsTo = sql`exists (
  select from occupation c where c.id = any(t.occupations) and coalesce(c.isco, c.id) = any(sought.hinges))`;

const trainingsFor = many<Training & { sought: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select sought.id as sought, ${columns} from occupation sought join training t on ${leadsTo}
      where sought.id = any(${ids}::text[]) order by t.id`),
  ({ sought }) => sought,
);

const trainingsIn = ({ occupation }: { occupation?: string | undefined }) =>
  many<Training & { area: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select asked.id as area, ${columns}
        from unnest(${ids}::text[]) as asked(id)
        join area a on a.areas @> array[asked.id]
        join training t on t.territory_id = a.id
        where ${occupation ?? null}::text is null
          or exists (select from occupation sought where sought.id = ${occupation ?? null} and ${leadsTo})
        order by t.id`),
    ({ area }) => area,
  );

@Resolver(() => Training)
export class TrainingResolver {
  @Query(() => [Training], { description: `Trainings that lead to an occupation or lie in a circle. ${EMPTY}` })
  async trainings(
    @Arg('occupation', () => OccupationInput, { nullable: true, description: 'Leading to it, to a narrower one, or to one of the same ISCO-08 group.' })
    occupation: OccupationInput | undefined,
    @Arg('near', () => NearInput, { nullable: true, description: 'In a territory whose centroid lies in the circle.' }) near: NearInput | undefined,
    @Ctx() context: Context,
  ): Promise<Training[]> {
    const where: Sql[] = [sql`true`];
    if (occupation) where.push(sql`exists (select from occupation sought where sought.id = ${(await occupationOf('occupation', occupation, context)).id} and ${leadsTo})`);
    if (near) {
      const { lat, lon, radiusKm } = await circleOf('near', near, context);
      where.push(sql`public.cube_distance(public.globe(a.lat, a.lon), public.globe(${lat}, ${lon})) <= public.chord_km(${radiusKm})`);
    }
    return context.db.rows(sql`select ${columns} from training t left join area a on a.id = t.territory_id where ${join(where, ' and ')} order by t.id`);
  }

  @FieldResolver(() => String, { description: 'Its title: in the language asked, else accepted, else its own.' })
  title(@Root() { titles }: Training, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(titles, lang, langs);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who teaches it.' })
  provider(@Root() { providerId }: Training): Organisation {
    return { id: providerId };
  }

  @FieldResolver(() => Territory, { nullable: true, description: 'Where it takes place.' })
  territory(@Root() { territoryId }: Training): Territory {
    return { id: territoryId };
  }

  @FieldResolver(() => [Occupation], { description: 'What it leads to.' })
  async occupations(@Root() { occupationIds }: Training, @Ctx() context: Context): Promise<Occupation[]> {
    const found = await Promise.all(occupationIds.map((id) => context.load(occupationById, id)));
    return found.filter((occupation) => occupation !== null);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Training) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Occupation)
export class OccupationTrainingsResolver {
  @FieldResolver(() => [Training], { description: `Trainings that lead to it, to a narrower one, or to one of the same ISCO-08 group. ${EMPTY}` })
  trainings(@Root() { id }: Occupation, @Ctx() context: Context) {
    return context.load(trainingsFor, id);
  }
}

@Resolver(() => Organisation)
export class OrganisationTrainingsResolver {
  @FieldResolver(() => [Training], { nullable: true, description: `Trainings that it gives. ${EMPTY}` })
  trainings(@Root() { id }: Organisation, @Ctx() context: Context) {
    return context.load(trainingsBy, id);
  }
}

@Resolver(() => Territory)
export class TerritoryTrainingsResolver {
  @FieldResolver(() => [Training], { nullable: true, description: `Trainings in it or in any area inside it. ${EMPTY}` })
  async trainings(
    @Root() { id }: Territory,
    @Arg('occupation', () => ID, { nullable: true, description: 'Leading to it, to a narrower one, or to one of the same ISCO-08 group.' }) occupation: string | undefined,
    @Ctx() context: Context,
  ) {
    if (occupation != null) await requireOccupation('occupation', [occupation], context);
    return context.loadWith(trainingsIn, { occupation }, id);
  }
}
