import { Field, Float, ID, InputType } from 'type-graphql';
import { requireAreas } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import { DateTimeScalar } from '../../../shared/graphql/scalars';
import { Lang } from '../../../shared/graphql/text';
import { countriesOfHub } from '../near/countries';
import { circleOf, NearInput, type Circle } from '../near/near';
import { occupationOf } from '../occupation/occupation.loader';
import { OccupationInput } from '../occupation/occupation.type';
import { ContractKind, RemoteMode, WorkTime } from './offer.kinds';
import { searchQuery } from './searchQuery';

@InputType({ description: 'Conditions that all must hold; one left out does not restrict.' })
export class JobFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words in any of the languages, all of which the offer has in title, skills or description: in any inflection, with or without accents, as a part of a compound, or typed wrong. At most 200 characters.',
  })
  search?: string | null;
  @Field(() => [Lang], { nullable: true, description: 'Written in one of these languages; what the work asks for is in `JobOffer.languages`.' }) langs?: Lang[] | null;
  @Field(() => [ContractKind], { nullable: true, description: 'Any of these contracts.' }) contracts?: ContractKind[] | null;
  @Field(() => WorkTime, { nullable: true }) workTime?: WorkTime | null;
  @Field(() => [RemoteMode], { nullable: true, description: 'Any of these modes.' }) remote?: RemoteMode[] | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Gross euros a year, full time, above 0: offers that pay as much by their lower end, or by the upper where only that is stated. Those for which none can be computed are left out.',
  })
  minYearlyGross?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'True: only offers that state an amount, gross or net; false: only those that do not.' }) salaryStated?: boolean | null;
  @Field(() => OccupationInput, {
    nullable: true,
    description: 'Offers of this occupation, of one that is narrower, or of one that another scheme puts into the same ISCO-08 group.',
  })
  occupation?: OccupationInput | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Published at that instant or later.' }) publishedSince?: Date | null;
  @Field(() => Boolean, { nullable: true, description: 'True: only offers of startups.' }) startupsOnly?: boolean | null;
  @Field(() => [ID], { nullable: true, description: 'Inside one of these territories, at any depth.' }) within?: string[] | null;
  @Field(() => NearInput, { nullable: true, description: 'In a circle; `distanceKm` is measured from its centre.' }) near?: NearInput | null;
  @Field(() => [String], { nullable: true, description: 'ISO 3166-1 alpha-2 of the country of the place of work, any of these.' }) countries?: string[] | null;
}

/** A checked filter as plain data: what an argument refers to has been looked up. */
export interface Wanted {
  /** The instant that the request calls "now". */
  now: Date;
  /** Text of a tsquery. */
  search: string | null;
  langs: Lang[] | null;
  contracts: ContractKind[] | null;
  workTime: WorkTime | null;
  remote: RemoteMode[] | null;
  minYearlyGross: number | null;
  salaryStated: boolean | null;
  /** ISCO-08 groups, or ids of occupations without one, of which an offer has one. */
  hinges: string[] | null;
  publishedSince: Date | null;
  startupsOnly: boolean;
  within: string[] | null;
  near: Circle | null;
  countries: string[] | null;
}

const LONGEST_SEARCH = 200;

/** Checks a filter and looks up what it refers to, one statement a kind; refuses by the path of the argument. */
export async function wantedOf(filter: JobFilter | null | undefined, context: Context): Promise<Wanted> {
  const { search, minYearlyGross, occupation, within, near, countries } = filter ?? {};
  if (minYearlyGross != null && !(minYearlyGross > 0)) throw badInput('filter.minYearlyGross', minYearlyGross, 'gross euros a year, above 0');
  if (search != null && search.length > LONGEST_SEARCH) throw badInput('filter.search', search, `at most ${LONGEST_SEARCH} characters`);
  const [found, circle, sought, query] = await Promise.all([
    countries ? knownCountries(countries, context) : null,
    near ? circleOf('filter.near', near, context) : null,
    occupation ? occupationOf('filter.occupation', occupation, context) : null,
    search?.trim() ? context.load(searchQuery, search.trim()) : null,
    within ? requireAreas('filter.within', within, context) : null,
  ]);
  return {
    now: context.now,
    search: query,
    langs: filter?.langs ?? null,
    contracts: filter?.contracts ?? null,
    workTime: filter?.workTime ?? null,
    remote: filter?.remote ?? null,
    minYearlyGross: minYearlyGross ?? null,
    salaryStated: filter?.salaryStated ?? null,
    hinges: sought && sought.hinges,
    publishedSince: filter?.publishedSince ?? null,
    startupsOnly: filter?.startupsOnly ?? false,
    within: within ?? null,
    near: circle,
    countries: found,
  };
}

async function knownCountries(countries: string[], context: Context): Promise<string[]> {
  const known = await context.load(countriesOfHub, '');
  return countries.map((country) => {
    const code = country.toUpperCase();
    if (!known.includes(code)) throw badInput('filter.countries', country, `ISO 3166-1 alpha-2 of a country of the hub: ${known.join(', ')}`);
    return code;
  });
}
