import { SalaryPeriod } from './salary.type';

/** Pay as an offer states it. */
export interface StatedSalary {
  min?: number | null;
  max?: number | null;
  /** ISO 4217. */
  currency: string;
  period: SalaryPeriod;
  gross: boolean;
  /** Monthly payments a year. */
  monthsPerYear?: number | null;
  /** Hours of work a week. */
  weeklyHours?: number | null;
  partTime: boolean;
  /** ISO 3166-1 alpha-2 of the place of work. */
  country: string | null;
}

export interface YearlyGross {
  min: number | null;
  max: number | null;
}

/**
 * Hours a week that count as full time where an offer does not state its own.
 * FR: 35, legal duration (Code du travail, art. L3121-27). LU: 40 (Code du travail, art. L.211-5). BE: 38 (loi du 10 août
 * 2001, art. 2). DE has no legal week: eight hours a day (§ 3 ArbZG) on the usual five days.
 */
export const fullTimeHours: Readonly<Record<string, number>> = { FR: 35, LU: 40, BE: 38, DE: 40 };

const WEEKS = 52;
const USUAL_MONTHS = 12;
const UNKNOWN: YearlyGross = { min: null, max: null };

/**
 * Gross euros a year, full time, rounded to cents. Null where it would be a guess: net amounts, other currencies, part
 * time without stated hours, amounts that cannot be right (not above zero, a lower end above the upper one).
 */
export function yearlyGross(stated: StatedSalary): YearlyGross {
  const { min = null, max = null, currency, gross } = stated;
  if (!gross || currency !== 'EUR') return UNKNOWN;
  if ([min, max].some((amount) => amount !== null && !(Number.isFinite(amount) && amount > 0))) return UNKNOWN;
  if (min !== null && max !== null && min > max) return UNKNOWN;
  const factor = yearlyFactor(stated);
  if (factor === null) return UNKNOWN;
  const yearly = (amount: number | null) => (amount === null ? null : Math.round(amount * factor * 100) / 100);
  return { min: yearly(min), max: yearly(max) };
}

/** By what an amount is multiplied to be that of a full-time year, or null where that is not known. */
function yearlyFactor({ period, monthsPerYear, weeklyHours, partTime, country }: StatedSalary): number | null {
  const reference = (country && fullTimeHours[country]) || null;
  const hours = weeklyHours ?? null;
  if (hours !== null && !(hours > 0 && hours <= 168)) return null;
  // What an hour pays does not depend on how many are worked: a part-time hour counts as a full-time one.
  if (period === SalaryPeriod.HOUR) {
    const week = partTime ? reference : (hours ?? reference);
    return week === null ? null : week * WEEKS;
  }
  const months = period === SalaryPeriod.MONTH ? (monthsPerYear ?? USUAL_MONTHS) : 1;
  if (!(months > 0)) return null;
  if (!partTime) return months;
  return hours === null || reference === null ? null : (months * reference) / Math.min(hours, reference);
}
