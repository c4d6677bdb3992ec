import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { Lang, wordingFor } from '../../../shared/graphql/text';
import { equivalentsOf } from './activity.loader';
import { Activity } from './activity.type';

@Resolver(() => Activity)
export class ActivityResolver {
  @FieldResolver(() => String, { description: 'Its name in the list: NAF is in French, WZ in German, NACE in both.' })
  label(
    @Root() { names }: Activity,
    @Arg('lang', () => Lang, { nullable: true, description: 'Language wanted; the original where the list has no other.' }) lang: Lang | undefined,
    @Ctx() { langs }: Context,
  ): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => [Activity], {
    description: 'The same activity in the other classifications: all that share its class at that level or below, or for a wider code its like. Derived from the codes.',
  })
  equivalents(@Root() { scheme, code }: Activity, @Ctx() context: Context): Promise<Activity[]> {
    return context.load(equivalentsOf, `${scheme} ${code}`);
  }
}
