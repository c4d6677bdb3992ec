import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, Info, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { Lang, wordingFor, type Text } from '../../../shared/graphql/text';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { editionById, editionColumns } from '../edition/edition.loader';
import { Edition } from '../edition/edition.type';
import { Place, Provenance, refer } from '../references/stubs';

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A meeting, a jury, a launch.', simpleResolvers: true })
export class Event {
  @Field(() => ID) id: string;
  titles: Text;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Midnight, UTC, where the source states the day alone; null where it states no day.' }) startsAt: Date | null;
  placeId: string | null;
  editionId: string | null;
  provenance: ProvenanceRecord;
}

const columns = sql`v.id, v.titles, v.starts_at as "startsAt", v.place_id as "placeId", v.edition_id as "editionId", v.provenance`;

export const eventById = one<Event>((ids, { db }) => db.rows(sql`select ${columns} from event v where v.id = any(${ids}::text[])`), ({ id }) => id);

const eventsAt = ({ from }: { from?: Date | undefined }) =>
  many<Event>(
    (ids, { db }) =>
      db.rows(sql`
        select ${columns} from event v
        where v.place_id = any(${ids}::text[]) and (${from ?? null}::timestamptz is null or v.starts_at >= ${from ?? null})
        order by v.starts_at nulls last, v.id`),
    ({ placeId }) => placeId!,
  );

const eventsOf = many<Event>(
  (ids, { db }) => db.rows(sql`select ${columns} from event v where v.edition_id = any(${ids}::text[]) order by v.starts_at nulls last, v.id`),
  ({ editionId }) => editionId!,
);

@Resolver(() => Event)
export class EventResolver {
  @Query(() => [Event], { description: 'Everything that took or takes place, oldest first.' })
  events(@Arg('from', () => DateTimeScalar, { nullable: true }) from: Date | undefined, @Ctx() { db }: Context): Promise<Event[]> {
    return db.rows(sql`
      select ${columns} from event v
      where ${from ?? null}::timestamptz is null or v.starts_at >= ${from ?? null}
      order by v.starts_at nulls last, v.id`);
  }

  @FieldResolver(() => String)
  title(@Root() { titles }: Event, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(titles, lang, langs);
  }

  @FieldResolver(() => Place, { nullable: true })
  place(@Root() { placeId }: Event): Place | null {
    return refer(placeId);
  }

  @FieldResolver(() => Edition, { nullable: true })
  edition(@Root() { editionId }: Event, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return editionId === null ? null : context.loadWith(editionById, editionColumns.askedIn(info), editionId);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Event) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Place)
export class PlaceEventsResolver {
  @FieldResolver(() => [Event], { nullable: true })
  events(@Root() { id }: Place, @Arg('from', () => DateTimeScalar, { nullable: true }) from: Date | undefined, @Ctx() context: Context) {
    return context.loadWith(eventsAt, { from }, id);
  }
}

@Resolver(() => Edition)
export class EditionEventsResolver {
  @Reads('id')
  @FieldResolver(() => [Event])
  events(@Root() { id }: Pick<Edition, 'id'>, @Ctx() context: Context) {
    return context.load(eventsOf, id);
  }
}
