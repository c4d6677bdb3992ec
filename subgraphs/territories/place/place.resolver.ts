import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { whereAll } from '../../../shared/graphql/connection';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { Lang, Translation, translations, wordingFor } from '../../../shared/graphql/text';
import { Point, provenanceOf } from '../../../shared/graphql/values';
import { organisationById } from '../organisation/organisation.resolver';
import { Organisation } from '../organisation/organisation.type';
import { Provenance } from '../source/source';
import { requireTerritories, territoryById, territoryColumns } from '../territory/territory.loader';
import { Territory } from '../territory/territory.type';
import { Place, PlaceKind } from './place.type';

const columns = sql`
  p.id, p.kind, p.names, p.territory_id as "territoryId", p.address, p.lat, p.lon, p.status, p.opened_on as "openedOn",
  p.operator_id as "operatorId", p.provenance`;

export const placeById = one<Place>((ids, { db }) => db.rows(sql`select ${columns} from place p where p.id = any(${ids}::text[])`), ({ id }) => id);

const placesOf = ({ kind }: { kind?: PlaceKind | undefined }) =>
  many<Place & { area: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select area.id as area, ${columns}
        from unnest(${ids}::text[]) as area(id)
        join territory t on t.areas @> array[area.id]
        join place p on p.territory_id = t.id
        where ${kind ?? null}::text is null or p.kind = ${kind ?? null}
        order by p.id`),
    ({ area }) => area,
  );

@Resolver(() => Place)
export class PlaceResolver {
  @Query(() => Place, { nullable: true })
  place(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return context.load(placeById, id);
  }

  @Query(() => [Place])
  async places(
    @Arg('kinds', () => [PlaceKind], { nullable: true }) kinds: PlaceKind[] | undefined,
    @Arg('within', () => ID, { nullable: true, description: 'In this territory or in any area inside it.' }) within: string | undefined,
    @Ctx() context: Context,
  ): Promise<Place[]> {
    if (within != null) await requireTerritories('within', [within], context);
    const where: Sql[] = [];
    if (kinds) where.push(sql`p.kind = any(${kinds}::text[])`);
    if (within != null) where.push(sql`p.territory_id in (select id from territory where areas @> array[${within}::text])`);
    return context.db.rows(sql`select ${columns} from place p ${whereAll(where)} order by p.id`);
  }

  @FieldResolver(() => String)
  name(@Root() { names }: Place, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => [Translation])
  names(@Root() { names }: Place): Translation[] {
    return translations(names);
  }

  @FieldResolver(() => Territory)
  territory(@Root() { territoryId }: Place, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(territoryById, territoryColumns.askedIn(info), territoryId);
  }

  @FieldResolver(() => Point, { nullable: true })
  point(@Root() { lat, lon }: Place): Point | null {
    return lat === null || lon === null ? null : { lat, lon };
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who runs it.' })
  operator(@Root() { operatorId }: Place, @Ctx() context: Context) {
    return operatorId === null ? null : context.load(organisationById, operatorId);
  }

  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: Place) {
    return provenance.map(provenanceOf);
  }
}

@Resolver(() => Territory)
export class TerritoryPlacesResolver {
  @Reads('id')
  @FieldResolver(() => [Place], { description: 'Sites in it or in any area inside it.' })
  places(@Root() { id }: Pick<Territory, 'id'>, @Arg('kind', () => PlaceKind, { nullable: true }) kind: PlaceKind | undefined, @Ctx() context: Context) {
    return context.loadWith(placesOf, { kind }, id);
  }
}
