import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, Info, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { KeptBriefly } from '../../../shared/graphql/cacheControl';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { Lang, wordingFor, type Text } from '../../../shared/graphql/text';
import { Money, provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { editionById, editionColumns } from '../edition/edition.loader';
import { Edition } from '../edition/edition.type';
import { programmeById } from '../programme/programme.loader';
import { Programme } from '../programme/programme.type';
import { Provenance, refer, Startup } from '../references/stubs';

@KeptBriefly
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A prize that a startup won.', simpleResolvers: true })
export class Award {
  @Field(() => ID) id: string;
  programmeId: string;
  editionId: string | null;
  startupId: string;
  titles: Text;
  @Field(() => Int) year: number;
  amount: number | null;
  currency: string | null;
  provenance: ProvenanceRecord;
}

const columns = sql`
  w.id, w.programme_id as "programmeId", w.edition_id as "editionId", w.startup_id as "startupId", w.titles, w.year, w.amount, w.currency, w.provenance`;

/** SQL condition: what the hub itself knows from an application is public with the results of the edition. */
const isPublic = (now: Date) => sql`(w.provenance ->> 'source' <> 'hub' or exists (
  select from edition e where e.id = w.edition_id and edition_state(e, ${now}) in ('RESULTS_PUBLISHED', 'ARCHIVED')))`;

export const awardById = one<Award>((ids, { db, now }) => db.rows(sql`select ${columns} from award w where w.id = any(${ids}::text[]) and ${isPublic(now)}`), ({ id }) => id);

/** A merged startup keeps its id; what it won counts for the one that it was merged into as well. */
const awardsOf = many<Award & { holder: string }>(
  (ids, { db, now }) =>
    db.rows(sql`
      select asked.id as holder, ${columns}
      from unnest(${ids}::text[]) as asked(id)
      cross join lateral (
        select * from award where startup_id = asked.id
        union all
        select award.* from startup s join award on award.startup_id = s.id where s.merged_into = asked.id
      ) w
      where ${isPublic(now)}
      order by w.year, w.id`),
  ({ holder }) => holder,
);

const awardsIn = many<Award>(
  (ids, { db, now }) => db.rows(sql`select ${columns} from award w where w.edition_id = any(${ids}::text[]) and ${isPublic(now)} order by w.id`),
  ({ editionId }) => editionId!,
);

@Resolver(() => Award)
export class AwardResolver {
  @FieldResolver(() => Programme)
  programme(@Root() { programmeId }: Award, @Ctx() context: Context) {
    return context.load(programmeById, programmeId);
  }

  @FieldResolver(() => Edition, { nullable: true })
  edition(@Root() { editionId }: Award, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return editionId === null ? null : context.loadWith(editionById, editionColumns.askedIn(info), editionId);
  }

  @FieldResolver(() => Startup, { nullable: true })
  startup(@Root() { startupId }: Award): Startup {
    return refer(startupId);
  }

  @FieldResolver(() => String)
  title(@Root() { titles }: Award, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(titles, lang, langs);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Null where the source names no amount.' })
  money(@Root() { amount, currency }: Award): Money | null {
    return amount === null || currency === null ? null : { amount, currency };
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Award) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Startup)
export class StartupAwardsResolver {
  @FieldResolver(() => [Award], { nullable: true, description: 'What it won, by year; with what was won by those merged into it.' })
  awards(@Root() { id }: Startup, @Ctx() context: Context) {
    return context.load(awardsOf, id);
  }
}

@Resolver(() => Edition)
export class EditionAwardsResolver {
  @Reads('id')
  @FieldResolver(() => [Award])
  awards(@Root() { id }: Pick<Edition, 'id'>, @Ctx() context: Context) {
    return context.load(awardsIn, id);
  }
}
