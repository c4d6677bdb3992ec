import sql from 'sql-template-tag';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { one, requireEach, type Context } from '../../../shared/graphql/context';
import { DateScalar } from '../../../shared/graphql/scalars';
import { Lang } from '../../../shared/graphql/text';
import { provenanceType, type ProvenanceValue } from '../../../shared/graphql/values';
import { Holds } from '../../../shared/graphql/cost';

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A register, a publication or a page from which records were taken.', simpleResolvers: true })
export class Source {
  @Field(() => ID) id: string;
  @Field(() => String, { description: 'Its title, in its own language.' }) title: string;
  @Field(() => String, { description: 'Who answers for it.' }) publisher: string;
  @Field(() => String, { nullable: true, description: 'Where it can be read.' }) url: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day of its publication, where it is stated.' }) publishedOn: string | null;
  @Field(() => String, { description: 'Licence of its data; says so where it is not cleared.' }) licence: string;
  @Field(() => Lang, { description: 'Language of the source.' }) lang: Lang;
}

export const Provenance = provenanceType(() => Source);

const columns = sql`id, title, publisher, url, published_on as "publishedOn", licence, lang`;

export const sourceById = one<Source>((ids, { db }) => db.rows(sql`select ${columns} from source where id = any(${ids}::text[])`), ({ id }) => id);

export const requireSources = requireEach(sourceById, 'the id of a source: the query `sources` lists them');

@Resolver(() => Source)
export class SourceResolver {
  @Holds(70)
  @Query(() => [Source], { description: 'Everything that the hub cites, by title.' })
  sources(@Ctx() { db }: Context): Promise<Source[]> {
    return db.rows(sql`select ${columns} from source order by title, id`);
  }
}

@Resolver(() => Provenance)
export class ProvenanceResolver {
  @FieldResolver(() => Source)
  source(@Root() { source }: ProvenanceValue, @Ctx() context: Context) {
    return context.load(sourceById, source.id);
  }
}
