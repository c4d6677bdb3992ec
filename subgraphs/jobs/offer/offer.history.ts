import sql from 'sql-template-tag';
import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { KeptForThePublic } from '../../../shared/graphql/cacheControl';
import { many, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { isOwn } from '../references/employer';
import { JobState } from './offer.kinds';
import { offerLife } from './offer.life';
import { JobOffer } from './offer.type';

@KeptForThePublic
@ObjectType({ description: 'A step in the life of an offer.', simpleResolvers: true })
export class JobOfferEvent {
  offer: string;
  @Field(() => DateTimeScalar, { description: 'When it took place.' }) at: Date;
  @Field(() => JobState, { nullable: true, description: 'State before it; null for the first.' }) from: JobState | null;
  @Field(() => JobState, { description: 'State after it.' }) to: JobState;
  @Field(() => Int, { description: 'Version of the offer after it.' }) version: number;
  @Field(() => String, { nullable: true, description: 'Name of the partner that made it, or "the hub" for a step by time; shown to the employer alone.' }) by: string | null;
  @Field(() => String, { nullable: true, description: 'Why, in the words of who made it; shown to the employer alone.' }) reason: string | null;
}

/** Which states an offer took is public; what its employer said of them is not. */
const historyOf = many<JobOfferEvent>(
  (ids, { db, caller }) =>
    db.rows(sql`
      select h.id as offer, h.at, h.from_state as "from", h.to_state as "to", h.version,
        case when own.is then h.by_name end as by, case when own.is then h.reason end as reason
      from job_offer o
      cross join lateral (select ${isOwn(caller)} as is) own
      join history h on h.subject = ${offerLife.subject} and h.id = o.id
      where o.id = any(${ids}::text[])
      order by h.version`),
  ({ offer }) => offer,
);

@Resolver(() => JobOffer)
export class JobOfferHistoryResolver {
  @Reads('id')
  @FieldResolver(() => [JobOfferEvent], { description: 'Its steps that the hub saw, oldest first; none for a record that came with its state.' })
  history(@Root() { id }: Pick<JobOffer, 'id'>, @Ctx() context: Context) {
    return context.load(historyOf, id);
  }
}
