import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { requireAreas } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateScalar } from '../../../shared/graphql/scalars';
import { Lang, Translation, translations, wordingFor } from '../../../shared/graphql/text';
import { provenanceOf } from '../../../shared/graphql/values';
import { Organisation, Provenance, refer, Territory } from '../references/stubs';
import { operatorsOf, programmeById, programmeColumns, programmesIn, programmesListing, programmesOperatedBy, referencePartnersOf } from './programme.loader';
import { Programme, ProgrammeConnection, ProgrammeFilter, Role } from './programme.type';

@ArgsType()
class ProgrammesPage extends PageArgs {
  @Field(() => ProgrammeFilter, { nullable: true }) filter?: ProgrammeFilter | null;
}

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Query(() => Programme, { nullable: true })
  programme(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return context.load(programmeById, id);
  }

  @Query(() => ProgrammeConnection, { description: 'Programmes by name, or best match first when words are searched.' })
  async programmes(@Args(() => ProgrammesPage) { filter, first, after }: ProgrammesPage, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    if (filter?.within != null) await requireAreas('filter.within', [filter.within], context);
    return connect(context, programmesListing, { filter, first, after, ...programmeColumns.pageIn(info) });
  }

  @Reads('names')
  @FieldResolver(() => String)
  name(@Root() { names }: Pick<Programme, 'names'>, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @Reads('names')
  @FieldResolver(() => [Translation])
  names(@Root() { names }: Pick<Programme, 'names'>): Translation[] {
    return translations(names);
  }

  @Reads('descriptions')
  @FieldResolver(() => String, { nullable: true, description: 'One sentence.' })
  description(@Root() { descriptions }: Pick<Programme, 'descriptions'>, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string | null {
    return wordingFor(descriptions, lang, langs) || null;
  }

  @Reads('territoryIds')
  @FieldResolver(() => [Territory], { nullable: 'items', description: 'For whom it is.' })
  territories(@Root() { territoryIds }: Pick<Programme, 'territoryIds'>): Territory[] {
    return territoryIds.map(refer);
  }

  @Reads('id')
  @FieldResolver(() => [Role], { description: 'Who runs it, over time: 1,2,3 GO changed hands more than once.' })
  operators(@Root() { id }: Pick<Programme, 'id'>, @Ctx() context: Context) {
    return context.load(operatorsOf, id);
  }

  @Reads('id')
  @FieldResolver(() => [Role], { description: 'Who stands for it in a region, over time.' })
  referencePartners(@Root() { id }: Pick<Programme, 'id'>, @Ctx() context: Context) {
    return context.load(referencePartnersOf, id);
  }

  @Reads('provenance')
  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: Pick<Programme, 'provenance'>) {
    return provenance.map(provenanceOf);
  }
}

@Resolver(() => Role)
export class RoleResolver {
  @FieldResolver(() => Organisation, { nullable: true })
  organisation(@Root() { organisationId }: Role): Organisation {
    return refer(organisationId);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Role) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Territory)
export class TerritoryProgrammesResolver {
  @FieldResolver(() => [Programme], { nullable: true, description: 'Programmes offered there: for it, for an area around it, or for one inside it.' })
  programmes(
    @Root() { id }: Territory,
    @Arg('openOn', () => DateScalar, { nullable: true, description: 'With an edition that is open on that day.' }) openOn: string | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return context.loadWith(programmesIn, { day: openOn, columns: programmeColumns.askedIn(info) }, id);
  }
}

@Resolver(() => Organisation)
export class OrganisationProgrammesResolver {
  @FieldResolver(() => [Programme], { nullable: true, description: 'Programmes that it runs or ran.' })
  operates(@Root() { id }: Organisation, @Ctx() context: Context) {
    return context.load(programmesOperatedBy, id);
  }
}
