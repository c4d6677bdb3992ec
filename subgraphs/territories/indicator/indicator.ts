import sql from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { one, requireEach, type Context } from '../../../shared/graphql/context';
import { Lang, wordingFor, type Text } from '../../../shared/graphql/text';
import { Holds } from '../../../shared/graphql/cost';

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that is counted or measured of an area.', simpleResolvers: true })
export class Indicator {
  @Field(() => ID, { description: 'Stable, such as `digital-jobs`.' }) id: string;
  @Field(() => String, { description: 'What it is about: statements on one subject are compared with each other.' }) subject: string;
  @Field(() => String, { description: 'Unit of its values.' }) unit: string;
  names: Text;
  definitions: Text;
}

const columns = sql`id, subject, unit, names, definitions`;

export const indicatorById = one<Indicator>((ids, { db }) => db.rows(sql`select ${columns} from indicator where id = any(${ids}::text[])`), ({ id }) => id);

export const requireIndicators = requireEach(indicatorById, 'the id of an indicator: the query `indicators` lists them');

@Resolver(() => Indicator)
export class IndicatorResolver {
  @Holds(30)
  @Query(() => [Indicator], { description: 'Everything that is counted or measured.' })
  indicators(@Ctx() { db }: Context): Promise<Indicator[]> {
    return db.rows(sql`select ${columns} from indicator order by id`);
  }

  @FieldResolver(() => String)
  name(@Root() { names }: Indicator, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => String, { description: 'What exactly is counted, and what is not.' })
  definition(@Root() { definitions }: Indicator, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(definitions, lang, langs);
  }
}
