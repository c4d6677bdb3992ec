import { Lang } from '../../../shared/graphql/text';
import { ContractKind, WorkTime } from '../offer/offer.kinds';
import { fullTimeHours, yearlyGross } from '../salary/yearlyGross';
import { SalaryPeriod } from '../salary/salary.type';
import { Random } from '../../../shared/demo/random';

/** The columns of an offer that tell its pay. */
export interface Pay {
  salaryMin: number | null;
  salaryMax: number | null;
  salaryCurrency: string | null;
  salaryPeriod: SalaryPeriod | null;
  salaryGross: boolean | null;
  salaryMonths: number | null;
  weeklyHours: number | null;
  salaryAsStated: string | null;
  yearlyGrossMin: number | null;
  yearlyGrossMax: number | null;
}

interface Job {
  country: string;
  lang: Lang;
  contract: ContractKind;
  workTime: WorkTime;
  /** Gross euros a year, full time. */
  yearly: number;
}

const { HOUR, MONTH, YEAR } = SalaryPeriod;
const NET_SHARE = 0.77;

/** Pay as an advertisement of the country might state it, or not. */
export function payOf({ country, lang, contract, workTime, yearly }: Job, random: Random): Pay {
  const partTime = workTime === WorkTime.PART_TIME;
  const hours = contract === ContractKind.MINI_JOB ? 10 : partTime ? random.pick([15, 20, 24, 28]) : null;
  const weeklyHours = hours !== null && random.chance(0.8) ? hours : null;
  if (contract === ContractKind.SELF_EMPLOYED || random.chance(0.28)) return { ...unstated, weeklyHours };

  const full = fullTimeHours[country] ?? 40;
  const share = (hours ?? full) / full;
  const spread = 1 + random.between(0, 4) * 0.05;
  const period = contract === ContractKind.MINI_JOB || contract === ContractKind.TEMPORARY_AGENCY ? HOUR : random.weighted([[YEAR, 5], [MONTH, 4.5], [HOUR, 0.5]] as const);
  const gross = period !== MONTH || !random.chance(0.15);
  const salaryMonths = period === MONTH ? monthsOf(country, random) : null;
  const amount = (value: number): number => {
    if (period === HOUR) return Math.round((value / full / 52) * 20) / 20;
    if (period === YEAR) return Math.round((value * share) / 500) * 500;
    return Math.round((value * share * (gross ? 1 : NET_SHARE)) / (salaryMonths ?? 12) / 10) * 10;
  };
  const salaryMin = amount(yearly);
  const salaryMax = spread > 1 ? Math.max(salaryMin, amount(yearly * spread)) : null;
  const computed = yearlyGross({ min: salaryMin, max: salaryMax, currency: 'EUR', period, gross, monthsPerYear: salaryMonths, weeklyHours, partTime, country });
  return {
    salaryMin,
    salaryMax,
    salaryCurrency: 'EUR',
    salaryPeriod: period,
    salaryGross: gross,
    salaryMonths,
    weeklyHours,
    salaryAsStated: stated(salaryMin, salaryMax, period, gross, salaryMonths, lang),
    yearlyGrossMin: computed.min,
    yearlyGrossMax: computed.max,
  };
}

const unstated: Omit<Pay, 'weeklyHours'> = {
  salaryMin: null,
  salaryMax: null,
  salaryCurrency: null,
  salaryPeriod: null,
  salaryGross: null,
  salaryMonths: null,
  salaryAsStated: null,
  yearlyGrossMin: null,
  yearlyGrossMax: null,
};

function monthsOf(country: string, random: Random): number | null {
  if (random.chance(0.5)) return null;
  if (country === 'LU') return 13;
  return country === 'DE' ? random.pick([12, 13, 13.92]) : random.pick([12, 13]);
}

const per: Record<SalaryPeriod, Record<Lang, string>> = {
  HOUR: { FR: "de l'heure", DE: 'pro Stunde', LB: 'd’Stonn', EN: 'an hour' },
  MONTH: { FR: 'par mois', DE: 'im Monat', LB: 'de Mount', EN: 'a month' },
  YEAR: { FR: 'par an', DE: 'im Jahr', LB: 'd’Joer', EN: 'a year' },
};
const kind: Record<Lang, readonly [gross: string, net: string]> = { FR: ['brut', 'net'], DE: ['brutto', 'netto'], LB: ['brutto', 'netto'], EN: ['gross', 'net'] };

function stated(min: number, max: number | null, period: SalaryPeriod, gross: boolean, months: number | null, lang: Lang): string {
  const amounts = [min, max].filter((amount) => amount !== null).map((amount) => figure(amount, lang));
  return `${amounts.join(' – ')} € ${kind[lang][gross ? 0 : 1]} ${per[period][lang]}${months ? ` × ${figure(months, lang)}` : ''}`;
}

/** With the separators of the language: French groups by a narrow no-break space, German by a point. */
function figure(amount: number, lang: Lang): string {
  const [group, point] = lang === Lang.FR ? ['\u202f', ','] : lang === Lang.EN ? [',', '.'] : ['.', ','];
  const [whole = '', part] = amount.toFixed(Number.isInteger(amount) ? 0 : 2).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (part === undefined ? '' : point + part);
}
