import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Field, FieldResolver, ID, ArgsType, Info, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import { badInput } from '../../../shared/graphql/errors';
import { Reads } from '../../../shared/graphql/lookAhead';
import { Lang, Translation, translations, wordingFor } from '../../../shared/graphql/text';
import { Point, provenanceOf } from '../../../shared/graphql/values';
import { Provenance } from '../source/source';
import { codesOf, parentsOf, requireCountry, requireTerritories, territoryByCode, territoryById, territoryColumns } from './territory.loader';
import { childrenListing, territoriesListing } from './territory.search';
import { CodeInput, Territory, TerritoryCode, TerritoryConnection, TerritoryFilter, TerritoryKind } from './territory.type';

@ArgsType()
class TerritoriesArgs extends PageArgs {
  @Field(() => TerritoryFilter, { nullable: true }) filter?: TerritoryFilter | null;
}

@ArgsType()
class ChildrenArgs extends PageArgs {
  @Field(() => TerritoryKind, { nullable: true, description: 'Areas of this kind, at any depth; without it, those directly inside.' }) kind?: TerritoryKind | null;
}

@Resolver(() => Territory)
export class TerritoryResolver {
  @Query(() => Territory, { nullable: true, description: 'One area, by id or by a code of an official list. Null where no area has the id; a code that the list does not have is refused.' })
  territory(
    @Arg('id', () => ID, { nullable: true }) id: string | undefined,
    @Arg('code', () => CodeInput, { nullable: true }) code: CodeInput | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Territory | null> {
    if ((id == null) === (code == null)) throw badInput('id', id, 'either id or code, and not both');
    const columns = territoryColumns.askedIn(info);
    return code ? territoryByCode(code, columns, context) : context.loadWith(territoryById, columns, id!);
  }

  @Query(() => TerritoryConnection, { description: 'Areas by name, or best match first when words are searched.' })
  async territories(@Args(() => TerritoriesArgs) { filter, first, after }: TerritoriesArgs, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    if (filter?.within != null) await requireTerritories('filter.within', [filter.within], context);
    if (filter?.country != null) await requireCountry('filter.country', [filter.country.toLowerCase()], context);
    return connect(context, territoriesListing, { filter, first, after, ...territoryColumns.pageIn(info) });
  }

  @Reads('names')
  @FieldResolver(() => String, { description: 'Its name: in the language asked, else accepted, else its own.' })
  name(@Root() { names }: Pick<Territory, 'names'>, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @Reads('names')
  @FieldResolver(() => [Translation], { description: 'All its names, its own first.' })
  names(@Root() { names }: Pick<Territory, 'names'>): Translation[] {
    return translations(names);
  }

  @Reads('id')
  @FieldResolver(() => [TerritoryCode])
  codes(@Root() { id }: Pick<Territory, 'id'>, @Ctx() context: Context): Promise<TerritoryCode[]> {
    return context.load(codesOf, id);
  }

  @Reads('lat', 'lon')
  @FieldResolver(() => Point, { nullable: true, description: 'Centroid of its outline, good to some hundred metres; not the town hall.' })
  centroid(@Root() { lat, lon }: Pick<Territory, 'lat' | 'lon'>): Point | null {
    return lat === null || lon === null ? null : { lat, lon };
  }

  @Reads('id')
  @FieldResolver(() => [Territory], { description: 'Every area that contains it: administrative parents first, nearest first, then poles and cross-border areas.' })
  parents(@Root() { id }: Pick<Territory, 'id'>, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<Territory[]> {
    return context.loadWith(parentsOf, territoryColumns.askedIn(info), id);
  }

  @Reads('id')
  @FieldResolver(() => TerritoryConnection, { description: 'Areas inside it, by name.' })
  children(@Root() { id }: Pick<Territory, 'id'>, @Args(() => ChildrenArgs) { kind, first, after }: ChildrenArgs, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return connect(context, childrenListing, { kind, first, after, ...territoryColumns.pageIn(info) }, id);
  }

  @Reads('provenance')
  @FieldResolver(() => [Provenance], { description: 'Where its record was taken from, and what sources say of it as such.' })
  provenance(@Root() { provenance }: Pick<Territory, 'provenance'>) {
    return provenance.map(provenanceOf);
  }
}
