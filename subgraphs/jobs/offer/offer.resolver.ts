import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Directive, Field, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { KeptAsParent, KeptForThePublic } from '../../../shared/graphql/cacheControl';
import { PageArgs } from '../../../shared/graphql/connection';
import { badInput } from '../../../shared/graphql/errors';
import { asksFor, Reads } from '../../../shared/graphql/lookAhead';
import { Point, provenanceOf } from '../../../shared/graphql/values';
import { connectOffers, JobFacets, type OfferConnection } from '../facets/facets';
import { centroidOf, checkRadius } from '../near/near';
import { occupationById } from '../occupation/occupation.loader';
import { Occupation } from '../occupation/occupation.type';
import { Employer, Provenance, Territory, type EmployerReference } from '../references/stubs';
import { Salary } from '../salary/salary.type';
import { JobFilter, wantedOf } from './offer.filter';
import { JobOrder, JobState } from './offer.kinds';
import { stateAt } from './offer.life';
import { offerById, offerColumns, sameAsOf } from './offer.loader';
import { JobOffer, JobOfferConnection } from './offer.type';

@ArgsType()
class OffersPage extends PageArgs {
  @Field(() => JobFilter, { nullable: true }) filter?: JobFilter | null;
  @Field(() => JobOrder, { defaultValue: JobOrder.PUBLISHED_AT }) orderBy: JobOrder;
}

@ArgsType()
class TerritoryOffersPage extends PageArgs {
  @Field(() => Int, { nullable: true, description: 'Around its centroid instead of inside it, whichever side of a border: kilometres as the crow flies, 0 to 500.' })
  radiusKm?: number | null;
  @Field(() => JobFilter, {
    nullable: true,
    description: 'Further conditions. A circle of `near` must hold as well, and distances are then measured from its centre.',
  })
  filter?: JobFilter | null;
}

/** Of its columns those are there that the operation asks for: see `offerColumns`. */
type Pay = Pick<JobOffer, 'salaryPeriod' | 'salaryCurrency'> &
  Partial<Pick<JobOffer, 'salaryMin' | 'salaryMax' | 'salaryGross' | 'salaryMonths' | 'weeklyHours' | 'salaryAsStated' | 'yearlyGrossMin' | 'yearlyGrossMax'>>;

/** What of a connection of offers an operation reads. */
const askedIn = (info: GraphQLResolveInfo) => ({ ...offerColumns.pageIn(info), labels: asksFor('label', info) });

@Resolver(() => JobOffer)
export class JobOfferResolver {
  @KeptForThePublic
  @Query(() => JobOffer, { nullable: true, description: 'An offer in any state; one that was never published is shown to its employer alone.' })
  jobOffer(@Arg('id', () => ID) id: string, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(offerById, offerColumns.askedIn(info), id);
  }

  @Query(() => JobOfferConnection, { description: 'Open offers: published, and not past their last day.' })
  async jobOffers(@Args(() => OffersPage) { filter, orderBy, first, after }: OffersPage, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    if (orderBy === JobOrder.DISTANCE && !filter?.near) throw badInput('orderBy', orderBy, 'another order, or filter.near');
    if (orderBy === JobOrder.RELEVANCE && !filter?.search?.trim()) throw badInput('orderBy', orderBy, 'another order, or filter.search');
    return connectOffers(context, { scope: { of: 'HUB' }, wanted: await wantedOf(filter, context), orderBy, first, after, ...askedIn(info) });
  }

  @KeptAsParent
  @Reads('startupId', 'organisationId')
  @FieldResolver(() => Employer, { nullable: true, description: 'Who employs, where the hub knows it.' })
  employer(@Root() { startupId, organisationId }: Pick<JobOffer, 'startupId' | 'organisationId'>): EmployerReference | null {
    if (startupId !== null) return { __typename: 'Startup', id: startupId };
    return organisationId === null ? null : { __typename: 'Organisation', id: organisationId };
  }

  @Reads('occupationId')
  @FieldResolver(() => Occupation, { nullable: true, description: 'The occupation by which its source classes it.' })
  occupation(@Root() { occupationId }: Pick<JobOffer, 'occupationId'>, @Ctx() context: Context) {
    return occupationId === null ? null : context.load(occupationById, occupationId);
  }

  @Reads('salaryPeriod', 'salaryCurrency')
  @FieldResolver(() => Salary, { nullable: true, description: 'Null where none is stated.' })
  salary(@Root() offer: Pay): Salary | null {
    const { salaryPeriod: period, salaryCurrency: currency } = offer;
    if (period === null || currency === null) return null;
    const amount = (value: number | null | undefined, unit: string) => (value == null ? null : { amount: value, currency: unit });
    return {
      min: amount(offer.salaryMin, currency),
      max: amount(offer.salaryMax, currency),
      period,
      gross: offer.salaryGross ?? true,
      monthsPerYear: offer.salaryMonths ?? null,
      weeklyHours: offer.weeklyHours ?? null,
      yearlyGrossMin: amount(offer.yearlyGrossMin, 'EUR'),
      yearlyGrossMax: amount(offer.yearlyGrossMax, 'EUR'),
      asStated: offer.salaryAsStated ?? null,
    };
  }

  @Reads('territoryId')
  @FieldResolver(() => Territory, { nullable: true, description: 'The place of work, as precise as the offer is.' })
  territory(@Root() { territoryId }: Pick<JobOffer, 'territoryId'>): Territory {
    return { id: territoryId };
  }

  @Reads('lat', 'lon')
  @FieldResolver(() => Point, { nullable: true, description: 'Its own position; null where only the territory is known.' })
  point(@Root() { lat, lon }: Pick<JobOffer, 'lat' | 'lon'>): Point | null {
    return lat === null || lon === null ? null : { lat, lon };
  }

  @Reads('storedState', 'validThrough')
  @FieldResolver(() => JobState, { description: 'EXPIRED as soon as a published or suspended offer is past `validThrough`.' })
  state(@Root() { storedState, validThrough }: Pick<JobOffer, 'storedState' | 'validThrough'>, @Ctx() { now }: Context): JobState {
    return stateAt(now, storedState, validThrough);
  }

  @Reads('id')
  @FieldResolver(() => [JobOffer], {
    description: 'Other records of the same job, newest first, at most 20: same employer, title and territory, and open at the same time. Found by rule.',
  })
  sameAs(@Root() { id }: Pick<JobOffer, 'id'>, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(sameAsOf, offerColumns.askedIn(info), id);
  }

  @Reads('provenance')
  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Pick<JobOffer, 'provenance'>) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => JobOfferConnection)
export class JobOfferConnectionResolver {
  @Directive('@cost(weight: 20)')
  @FieldResolver(() => JobFacets, { description: 'How all that match are distributed, beyond the page.' })
  facets(@Root() { facets }: OfferConnection) {
    return facets;
  }
}

@Resolver(() => Territory)
export class TerritoryOffersResolver {
  @FieldResolver(() => JobOfferConnection, {
    nullable: true,
    description: 'Open offers inside it or, with a radius, around its centroid, whichever side of a border. Newest first.',
  })
  async jobOffers(@Root() { id }: Territory, @Args(() => TerritoryOffersPage) { radiusKm = null, filter, first, after }: TerritoryOffersPage, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    if (radiusKm !== null) {
      checkRadius('radiusKm', radiusKm);
      await centroidOf('radiusKm', id, context);
    }
    const wanted = await wantedOf(filter, context);
    return connectOffers(context, { scope: { of: 'TERRITORY', radiusKm }, wanted, orderBy: JobOrder.PUBLISHED_AT, first, after, ...askedIn(info) }, id);
  }
}

@Resolver(() => Occupation)
export class OccupationOffersResolver {
  @FieldResolver(() => JobOfferConnection, {
    description: 'Open offers of this occupation, of one that is narrower, or of one that another scheme puts into the same ISCO-08 group. Newest first.',
  })
  async jobOffers(@Root() { id }: Occupation, @Args(() => PageArgs) { first, after }: PageArgs, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return connectOffers(context, { scope: { of: 'OCCUPATION' }, wanted: await wantedOf(null, context), orderBy: JobOrder.PUBLISHED_AT, first, after, ...askedIn(info) }, id);
  }
}
