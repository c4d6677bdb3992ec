import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { requireAreas } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import { DateScalar } from '../../../shared/graphql/scalars';
import { Lang, Translation, translations, wordingFor } from '../../../shared/graphql/text';
import { provenanceOf } from '../../../shared/graphql/values';
import { Organisation, Provenance, refer, Territory } from '../references/stubs';
import { operatorsOf, programmeById, programmesIn, programmesListing, programmesOperatedBy, referencePartnersOf } from './programme.loader';
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
  async programmes(@Args(() => ProgrammesPage) { filter, first, after }: ProgrammesPage, @Ctx() context: Context) {
    if (filter?.within != null) await requireAreas('filter.within', [filter.within], context);
    return connect(context, programmesListing, { filter, first, after });
  }

  @FieldResolver(() => String)
  name(@Root() { names }: Programme, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => [Translation])
  names(@Root() { names }: Programme): Translation[] {
    return translations(names);
  }

  @FieldResolver(() => String, { nullable: true, description: 'One sentence.' })
  description(@Root() { descriptions }: Programme, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string | null {
    return wordingFor(descriptions, lang, langs) || null;
  }

  @FieldResolver(() => [Territory], { nullable: 'items', description: 'For whom it is.' })
  territories(@Root() { territoryIds }: Programme): Territory[] {
    return territoryIds.map(refer);
  }

  @FieldResolver(() => [Role], { description: 'Who runs it, over time: 1,2,3 GO changed hands more than once.' })
  operators(@Root() { id }: Programme, @Ctx() context: Context) {
    return context.load(operatorsOf, id);
  }

  @FieldResolver(() => [Role], { description: 'Who stands for it in a region, over time.' })
  referencePartners(@Root() { id }: Programme, @Ctx() context: Context) {
    return context.load(referencePartnersOf, id);
  }

  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: Programme) {
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
  ) {
    return context.loadWith(programmesIn, { day: openOn }, id);
  }
}

@Resolver(() => Organisation)
export class OrganisationProgrammesResolver {
  @FieldResolver(() => [Programme], { nullable: true, description: 'Programmes that it runs or ran.' })
  operates(@Root() { id }: Organisation, @Ctx() context: Context) {
    return context.load(programmesOperatedBy, id);
  }
}
