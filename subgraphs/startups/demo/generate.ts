import { Lang, type Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { ActivityScheme } from '../activity/activity.type';
import { RegisterScheme } from '../identity/registerScheme';
import { SupportStage } from '../stage/stage.type';
import { StartupStatus } from '../startup/startup.type';
import { fundingOf, turnoversOf, type DemoRound, type DemoTurnover } from './figures';
import { historyOf, type DemoStep } from './history';
import { misspelt, nameOf, type Country } from './names';
import { Random } from '../../../shared/demo/random';
import { DAY, dayOf, demoId, demoProvenance } from './record';
import { customerCount, pitchOf, sectors, type Sector } from './sectors';
import type { Towns } from './towns';

/** A startup of the demonstration with all that belongs to it. */
export interface DemoStartup {
  id: string;
  name: string;
  status: StartupStatus;
  foundedOn: string | null;
  territoryId: string;
  hostPlaceId: string | null;
  website: string;
  pitches: Text;
  technologies: string[];
  networks: string[];
  headcount: number | null;
  technologyReadinessLevel: number | null;
  stage: SupportStage | null;
  mergedIntoId: string | null;
  provenance: ProvenanceRecord[];
  registerIds: { scheme: RegisterScheme; value: string }[];
  activities: { scheme: ActivityScheme; code: string }[];
  turnovers: DemoTurnover[];
  rounds: DemoRound[];
  history: DemoStep[];
}

/** Luxembourg 40, Saarland 30, Lorraine 30 in a hundred. */
const countries: readonly Country[] = ['LU', 'FR', 'DE', 'LU', 'DE', 'LU', 'FR', 'LU', 'DE', 'FR'];
const countryOf = (index: number): Country => countries[index % countries.length]!;

/** Half of them, in runs of ten, are known by their EUID too. */
const hasEuid = (index: number): boolean => index % 20 >= 10;

/** Totem buildings that are open, and their towns; some French startups have their desks there. */
const totems = [
  ['totem-metz', 'fr-commune-57463'],
  ['totem-nancy', 'fr-commune-54395'],
  ['totem-epinal', 'fr-commune-88160'],
] as const;
const RESIDENTS = 24;

/** How many of the records are written a second time, as two registers would have one company. */
const twinsOf = (size: number): number => (size < 40 ? 0 : Math.max(4, Math.floor(size / 100)));

/** The records of a demonstration, one after the other: the same for the same size, apart from the dates. */
export function* generate(size: number, towns: Towns, today: Date): Generator<DemoStartup> {
  const twins = twinsOf(size);
  const singles = size - twins;
  for (let index = 0; index < singles; index++) yield single(index, towns, today);
  const taken = new Set<number>();
  for (let at = 0; at < twins; at++) {
    const kind = twinKinds[at % twinKinds.length]!;
    let original = Math.floor((at * singles) / twins);
    // One of that country that is registered, has no EUID of its own and no other twin.
    while (countryOf(original) !== kind.country || hasEuid(original) || taken.has(original) || single(original, towns, today).foundedOn === null) {
      original = (original + 1) % singles;
    }
    taken.add(original);
    yield twin(singles + at, kind, original, towns, today);
  }
}

function single(index: number, towns: Towns, today: Date): DemoStartup {
  const random = new Random(index);
  const country = countryOf(index);
  const [host, hostTown] = totemOf(index) ?? [];
  const town = (hostTown && towns.find(hostTown)) || towns.pick(country, random);
  const sector = random.pick(sectors);
  const status = random.weighted([[StartupStatus.ACTIVE, 78], [StartupStatus.PROJECT, 10], [StartupStatus.DORMANT, 4], [StartupStatus.CLOSED, 5], [StartupStatus.ACQUIRED, 3]] as const);
  const founded = status === StartupStatus.PROJECT ? null : today.getTime() - random.between(60, 3600) * DAY;
  const years = founded === null ? 0 : (today.getTime() - founded) / (365 * DAY);
  const id = demoId(index);
  const history = historyOf(random, { country, founded, status, today });
  const langs = langsOf(country, random);
  const customer = random.between(0, customerCount - 1);
  const further = random.chance(0.25) ? random.pick(sectors) : sector;
  const level = random.between(founded === null ? 1 : 3, founded === null ? 5 : 9);
  return {
    id,
    name: nameOf(index, country),
    status,
    foundedOn: founded === null ? null : dayOf(founded),
    territoryId: town.id,
    hostPlaceId: host ?? null,
    website: `https://startup-${index + 1}.example`,
    pitches: langs.map((lang) => ({ lang, value: pitchOf(sector, customer, lang) })),
    technologies: [...(sector.technologies[langs[0]!] ?? sector.technologies.FR!)],
    networks: [...sector.networks],
    headcount: status === StartupStatus.CLOSED ? null : Math.max(1, Math.round(random.next() ** 2 * 12 * (1 + years))),
    technologyReadinessLevel: random.chance(0.8) ? level : null,
    stage: history.at(-1)?.stage ?? null,
    mergedIntoId: null,
    provenance: [demoProvenance(`startup-${index + 1}`, today)],
    registerIds: founded === null ? [] : numbersOf(index, country, hasEuid(index)),
    activities: [...new Set([sector, further])].map((one) => activityIn(country, one)),
    turnovers: turnoversOf(random, { index, founded, today, country }),
    rounds: fundingOf(random, { index, founded, today }),
    history,
  };
}

interface TwinKind {
  country: Country;
  /** Written as a register would; otherwise with a slip of the pen. */
  legalForm: string | null;
  /** A steward has found it, and merged the two. */
  merged: boolean;
}

/** The same entry of a register as HRB or RCS and as EUID, a name alike in the next municipality, and one that is settled. */
const twinKinds: readonly TwinKind[] = [
  { country: 'DE', legalForm: 'GmbH', merged: false },
  { country: 'LU', legalForm: 'S.à r.l.', merged: false },
  { country: 'FR', legalForm: null, merged: false },
  { country: 'LU', legalForm: 'S.à r.l.', merged: true },
];

/** A second record of a startup, as a second source has it. */
function twin(index: number, { country, legalForm, merged }: TwinKind, original: number, towns: Towns, today: Date): DemoStartup {
  const first = single(original, towns, today);
  return {
    ...first,
    id: demoId(index),
    name: legalForm === null ? misspelt(first.name) : nameOf(original, country, legalForm),
    territoryId: legalForm === null ? neighbourOf(first, towns) : first.territoryId,
    hostPlaceId: null,
    website: `https://startup-${index + 1}.example`,
    pitches: first.pitches.slice(0, 1),
    headcount: null,
    technologyReadinessLevel: null,
    stage: null,
    mergedIntoId: merged ? first.id : null,
    provenance: [demoProvenance(`startup-${original + 1}-again`, today)],
    registerIds: numbersOf(original, country, true).filter(({ scheme }) => scheme === RegisterScheme.EUID),
    turnovers: [],
    rounds: [],
    history: [],
  };
}

const neighbourOf = ({ territoryId }: DemoStartup, towns: Towns): string => {
  const town = towns.find(territoryId);
  return town ? towns.neighbour(town).id : territoryId;
};

const totemOf = (index: number) => (countryOf(index) === 'FR' && index < RESIDENTS * 4 && index % 2 === 1 ? totems[Math.floor(index / 2) % totems.length] : undefined);

/**
 * Numbers that belong to nobody: RCS Luxembourg has given fewer than half a million, the court of Saarbrücken fewer than
 * two hundred thousand. A SIREN cannot be told from a real one, so French ones have none.
 */
function numbersOf(index: number, country: Country, withEuid: boolean): { scheme: RegisterScheme; value: string }[] {
  if (country === 'FR') return [];
  const [own, euid] =
    country === 'LU'
      ? [{ scheme: RegisterScheme.RCS_LU, value: `B${9_000_001 + index}` }, `LURCSL.B${9_000_001 + index}`]
      : [{ scheme: RegisterScheme.HRB, value: `Saarbrücken HRB ${900_001 + index}` }, `DEV1109.HRB${900_001 + index}`];
  return withEuid ? [own, { scheme: RegisterScheme.EUID, value: euid }] : [own];
}

function activityIn(country: Country, { naf, wz, nace }: Sector): { scheme: ActivityScheme; code: string } {
  if (country === 'FR') return { scheme: ActivityScheme.NAF_2, code: naf };
  return country === 'DE' ? { scheme: ActivityScheme.WZ_2008, code: wz } : { scheme: ActivityScheme.NACE_2, code: nace };
}

function langsOf(country: Country, random: Random): Lang[] {
  const [first, others] = (
    {
      FR: [Lang.FR, [Lang.EN, Lang.DE]],
      DE: [Lang.DE, [Lang.EN, Lang.FR]],
      LU: [random.pick([Lang.FR, Lang.DE, Lang.EN, Lang.LB]), [Lang.FR, Lang.DE, Lang.EN, Lang.LB]],
    } as const
  )[country];
  return [first, ...others.filter((lang) => lang !== first && random.chance(0.3))];
}
