import { v7 } from 'uuid';
import { Confidence } from '../../../shared/graphql/values';
import { Lang } from '../../../shared/graphql/text';
import type { JobOfferEntity } from '../offer/offer.entity';
import { ContractKind, JobState, RemoteMode, WorkTime } from '../offer/offer.kinds';
import { payOf } from './pay';
import { pickPlace, pickSite, type Place } from './places';
import { domains, professions, type Profession } from './professions';
import { Random } from '../../../shared/demo/random';
import { contractsOf, descriptionOf, langsOf, languagesOf, titleOf } from './texts';

/** An employer of the demonstration, by the name that says so. */
export interface DemoEmployer {
  id: string;
  name: string;
}

/** What the generated offers refer to. */
export interface DemoWorld {
  places: readonly Place[];
  /** Demonstration startups, never a real one; may be empty. */
  startups: readonly DemoEmployer[];
  /** Other demonstration employers; may be empty. */
  organisations: readonly DemoEmployer[];
  today: Date;
}

const DAY = 86_400_000;
/** One in so many offers is a second record of the one before it, as two boards would have it. */
const REPEATED = 40;

const countryPay: Readonly<Record<string, number>> = { FR: 1, LU: 1.5, DE: 1.28 };
const levelPay = [1, 0.82, 1.22];
const contractPay: Partial<Record<ContractKind, number>> = { APPRENTICESHIP: 14_500, INTERNSHIP: 9_500, MINI_JOB: 30_000 };

/**
 * The offer of an index: the same for the same index, world and day. Nothing in it is real but the municipality, and its
 * description, its employer's name and its provenance say so.
 */
export function demoOffer(index: number, world: DemoWorld): JobOfferEntity {
  const model = index % REPEATED === REPEATED - 1 ? index - 1 : index;
  const random = new Random(model);
  const today = Math.floor(world.today.getTime() / DAY) * DAY;
  const { state, publishedAt, validThrough } = lifeOf(random, today);

  const place = pickPlace(world.places, random);
  const { country } = place;
  const lang = random.weighted(langsOf[country] ?? langsOf.FR!);
  const [contract, contractAsStated] = random.weighted(contractsOf[country] ?? contractsOf.FR!);
  const profession = random.pick(professions);
  const level = random.between(0, 2);
  const skills = [0, 1, 2].map((step) => profession.skills[(step + level) % profession.skills.length]!);
  const domain = random.pick(domains)[lang];
  const { startupId, organisationId, employerName } = employerOf(world, lang, random);
  const workTime = contract === ContractKind.MINI_JOB || random.chance(0.11) ? WorkTime.PART_TIME : WorkTime.FULL_TIME;
  const yearly = (contractPay[contract] ?? profession.pay * levelPay[level]!) * (countryPay[country] ?? 1) * (0.93 + random.next() * 0.14);
  const pay = payOf({ country, lang, contract, workTime, yearly }, random);
  const site = random.chance(0.4) ? pickSite(place, random) : null;

  // What tells two records of one job apart.
  const record = new Random(~index);
  // Spelt out: copying objects of this size took as long as all the rest.
  return {
    id: v7({ msecs: publishedAt.getTime(), random: record.bytes(16), seq: record.between(0, 0x7fffffff) }),
    title: titleOf(profession.title[lang], skills[0]!, level, domain, lang),
    lang,
    description: descriptionOf[lang]({ employer: employerName, profession: profession.title[lang], domain, town: place.name, skills }),
    startupId,
    organisationId,
    employerName,
    occupationId: occupationOf(profession, country, random),
    skills,
    contract,
    contractAsStated,
    workTime,
    remote: random.weighted(remotes),
    salaryMin: pay.salaryMin,
    salaryMax: pay.salaryMax,
    salaryCurrency: pay.salaryCurrency,
    salaryPeriod: pay.salaryPeriod,
    salaryGross: pay.salaryGross,
    salaryMonths: pay.salaryMonths,
    weeklyHours: pay.weeklyHours,
    salaryAsStated: pay.salaryAsStated,
    yearlyGrossMin: pay.yearlyGrossMin,
    yearlyGrossMax: pay.yearlyGrossMax,
    languages: languagesOf(country, lang, random),
    territoryId: place.id,
    lat: site && site.lat,
    lon: site && site.lon,
    state,
    publishedAt: state === JobState.DRAFT ? null : publishedAt,
    validThrough,
    applyUrl: country === 'FR' ? null : `https://example.org/demo-offer/${index + 1}`,
    provenance: { source: 'synthetic', recordId: `demo-offer-${index + 1}`, retrievedAt: new Date(today).toISOString(), confidence: Confidence.ESTIMATED },
    version: 1,
  };
}

/** All offers of a demonstration, one after the other. */
export function* demoOffers(size: number, world: DemoWorld): Generator<JobOfferEntity> {
  for (let index = 0; index < size; index++) yield demoOffer(index, world);
}

type Life = Pick<JobOfferEntity, 'state' | 'validThrough'> & { publishedAt: Date };

const states = [
  [JobState.PUBLISHED, 940],
  [JobState.FILLED, 20],
  [JobState.SUSPENDED, 15],
  [JobState.WITHDRAWN, 10],
  [JobState.REMOVED_AT_SOURCE, 7],
  [JobState.DRAFT, 8],
] as const;

function lifeOf(random: Random, today: number): Life {
  const state = random.weighted(states);
  const past = random.chance(0.03);
  const published = today - Math.floor(random.next() * 60 * DAY) - (past ? 30 * DAY : 0);
  const last = past ? today - random.between(1, 20) * DAY : today + random.between(20, 400) * DAY;
  return { state, publishedAt: new Date(published), validThrough: new Date(last + DAY - 1000) };
}

const remotes = [[RemoteMode.ON_SITE, 4], [RemoteMode.HYBRID, 5], [RemoteMode.REMOTE, 1]] as const;

/** The code by which a source of the country classes it, or none. */
function occupationOf({ isco, rome, esco, kldb }: Profession, country: string, random: Random): string | null {
  const national = country === 'DE' ? kldb : rome;
  return random.weighted([[national, 5], [isco, 2.5], [esco, 1.8], [null, 0.7]] as const);
}

const fictive: Record<Lang, string> = { FR: 'Employeur fictif', DE: 'Erfundener Arbeitgeber', LB: 'Erfonnte Patron', EN: 'Made-up employer' };

/** Mostly a startup, else another employer of the demonstration, else a name alone. */
function employerOf({ startups, organisations }: DemoWorld, lang: Lang, random: Random): Pick<JobOfferEntity, 'startupId' | 'organisationId' | 'employerName'> {
  const draw = random.next();
  const [startup, organisation, number] = [random.pick(startups), random.pick(organisations), random.between(1, 5000)];
  if (draw < 0.7 && startup) return { startupId: startup.id, organisationId: null, employerName: startup.name };
  if (draw < 0.88 && organisation) return { startupId: null, organisationId: organisation.id, employerName: organisation.name };
  return { startupId: null, organisationId: null, employerName: `${fictive[lang]} ${number}` };
}
