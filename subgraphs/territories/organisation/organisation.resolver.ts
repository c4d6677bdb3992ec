import type { GraphQLResolveInfo } from 'graphql';
import sql, { join, type Sql } from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { whereAll } from '../../../shared/graphql/connection';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Lang, Translation, translations, wordingFor } from '../../../shared/graphql/text';
import { provenanceOf } from '../../../shared/graphql/values';
import { Holds } from '../../../shared/graphql/cost';
import { Provenance } from '../source/source';
import { requireTerritories, territoryById, territoryColumns } from '../territory/territory.loader';
import { Territory } from '../territory/territory.type';
import { Office, Organisation, OrganisationKind } from './organisation.type';

const columns = sql`o.id, o.kind, o.names, o.aliases, o.territory_id as "territoryId", o.url, o.provenance`;

export const organisationById = one<Organisation>(
  (ids, { db }) => db.rows(sql`select ${columns} from organisation o where o.id = any(${ids}::text[])`),
  ({ id }) => id,
);

const officesOf = many<Office>(
  (ids, { db }) =>
    db.rows(sql`
      select id, organisation_id as "organisationId", names, holder, as_of as "asOf", provenance from office
      where organisation_id = any(${ids}::text[]) order by as_of nulls first, id`),
  ({ organisationId }) => organisationId,
);

@Resolver(() => Organisation)
export class OrganisationResolver {
  @Query(() => Organisation, { nullable: true })
  organisation(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return context.load(organisationById, id);
  }

  @Holds(60)
  @Query(() => [Organisation], { description: 'Actors by name, or best match first when words are searched.' })
  async organisations(
    @Arg('kinds', () => [OrganisationKind], { nullable: true }) kinds: OrganisationKind[] | undefined,
    @Arg('within', () => ID, { nullable: true, description: 'Seated in this territory or in any area inside it.' }) within: string | undefined,
    @Arg('search', () => String, { nullable: true, description: 'Words of a name; accents, case and small typos do not matter.' }) search: string | undefined,
    @Ctx() context: Context,
  ): Promise<Organisation[]> {
    if (within != null) await requireTerritories('within', [within], context);
    const where: Sql[] = [];
    const order: Sql[] = [sql`o.sort_name`, sql`o.id`];
    if (kinds) where.push(sql`o.kind = any(${kinds}::text[])`);
    if (within != null) where.push(sql`o.territory_id in (select id from territory where areas @> array[${within}::text])`);
    if (search?.trim()) {
      where.push(sql`o.words operator(public.%>) public.fold(${search.trim()})`);
      order.unshift(sql`public.word_similarity(public.fold(${search.trim()}), o.words) desc`);
    }
    return context.db.rows(sql`select ${columns} from organisation o ${whereAll(where)} order by ${join(order)}`);
  }

  @FieldResolver(() => String)
  name(@Root() { names }: Organisation, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => [Translation])
  names(@Root() { names }: Organisation): Translation[] {
    return translations(names);
  }

  @FieldResolver(() => Territory, { nullable: true, description: 'Where it is seated.' })
  territory(@Root() { territoryId }: Organisation, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return territoryId === null ? null : context.loadWith(territoryById, territoryColumns.askedIn(info), territoryId);
  }

  @FieldResolver(() => [Office], { description: 'Its public offices and who held them, as sources say, oldest first.' })
  offices(@Root() { id }: Organisation, @Ctx() context: Context) {
    return context.load(officesOf, id);
  }

  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: Organisation) {
    return provenance.map(provenanceOf);
  }
}

@Resolver(() => Office)
export class OfficeResolver {
  @FieldResolver(() => String, { description: 'Title of the office.' })
  title(@Root() { names }: Office, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Office) {
    return provenanceOf(provenance);
  }
}
