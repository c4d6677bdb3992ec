import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import { badInput } from '../../../shared/graphql/errors';
import { Lang, Translation, translations, wordingFor } from '../../../shared/graphql/text';
import { provenanceOf } from '../../../shared/graphql/values';
import { Provenance } from '../references/stubs';
import { mappingsOf, occupationById, occupationOf, type MappingRow } from './occupation.loader';
import { occupationsListing } from './occupation.search';
import { Occupation, OccupationConnection, OccupationInput, OccupationMapping, OccupationScheme } from './occupation.type';

@ArgsType()
class OccupationsPage extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Words of a label in any language, inflected, without accents or typed wrong; or a code. At most 200 characters.' }) search?: string | null;
  @Field(() => OccupationScheme, { nullable: true, description: 'Of this classification alone.' }) scheme?: OccupationScheme | null;
}

@Resolver(() => Occupation)
export class OccupationResolver {
  @Query(() => Occupation, { nullable: true, description: 'One occupation, by id or by its code. Null where none has the id; a code that its classification does not have is refused.' })
  occupation(
    @Arg('id', () => ID, { nullable: true }) id: string | undefined,
    @Arg('code', () => OccupationInput, { nullable: true }) code: OccupationInput | undefined,
    @Ctx() context: Context,
  ): Promise<Occupation | null> {
    if ((id == null) === (code == null)) throw badInput('id', id, 'either id or code, and not both');
    return code ? occupationOf('code', code, context) : context.load(occupationById, id!);
  }

  @Query(() => OccupationConnection, { description: 'Occupations by scheme and code, or best match first when words are searched.' })
  occupations(@Args(() => OccupationsPage) { search, scheme, first, after }: OccupationsPage, @Ctx() context: Context) {
    if (search && search.length > 200) throw badInput('search', search, 'at most 200 characters');
    return connect(context, occupationsListing, { search, scheme, first, after });
  }

  @FieldResolver(() => String, { description: 'Its label: in the language asked, else accepted, else the original one.' })
  label(@Root() { labels }: Occupation, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(labels, lang, langs);
  }

  @FieldResolver(() => [Translation], { description: 'All labels that the classification has, its own language first.' })
  labels(@Root() { labels }: Occupation): Translation[] {
    return translations(labels);
  }

  @FieldResolver(() => Occupation, {
    nullable: true,
    description: 'The next wider one: in its own classification; for ESCO its ISCO-08 group; for ROME the occupation that carries the code of the fiche. Null at the top.',
  })
  broader(@Root() { broaderId }: Occupation, @Ctx() context: Context) {
    return broaderId === null ? null : context.load(occupationById, broaderId);
  }

  @FieldResolver(() => [OccupationMapping], {
    description: 'Occupations of other classifications to which it corresponds, ISCO-08 first: from an ISCO-08 group one comes to all that the others put into it.',
  })
  mappings(@Root() { id }: Occupation, @Ctx() context: Context) {
    return context.load(mappingsOf, id);
  }
}

@Resolver(() => OccupationMapping)
export class OccupationMappingResolver {
  @FieldResolver(() => Occupation, { description: 'The other occupation.' })
  to(@Root() { to }: MappingRow) {
    return to;
  }

  @FieldResolver(() => Provenance, { description: 'The table or the rule from which it follows; ESTIMATED where only labels were compared.' })
  provenance(@Root() { provenance }: MappingRow) {
    return provenanceOf(provenance);
  }
}
