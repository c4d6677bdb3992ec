import { progression } from '../stage/progression';
import { SupportStage } from '../stage/stage.type';
import { StartupStatus } from '../startup/startup.type';
import type { Country } from './names';
import type { Random } from '../../../shared/demo/random';
import { DAY } from './record';


export interface DemoStep {
  stage: SupportStage;
  /** ISO 8601 instant. */
  since: string;
  by: string | null;
  reason: string | null;
}
const { CREATION, MATURATION, ALUMNI } = SupportStage;

/** The steps of a startup's support, oldest first; none for one in three, which nobody supports. */
export function historyOf(random: Random, startup: { country: Country; founded: number | null; status: StartupStatus; today: Date }): DemoStep[] {
  const { country, founded, status, today } = startup;
  if (random.chance(0.33)) return [];
  const last = status === StartupStatus.ACTIVE ? random.between(2, 4) : founded === null ? random.between(0, 1) : random.between(2, 5);
  const stages = progression.slice(0, last + 1).map((stage) => ({ stage, reason: null as string | null }));
  // One in ten that came so far went back once, and on again.
  if (last >= 3 && random.chance(0.1)) stages.splice(3, 0, { stage: MATURATION, reason: reasons[country] }, { stage: CREATION, reason: null });
  if (status === StartupStatus.ACQUIRED && last < 5) stages.push({ stage: ALUMNI, reason: null });
  const end = today.getTime() - random.between(5, 200) * DAY;
  const start = Math.min((founded ?? end) - random.between(100, 400) * DAY, end - stages.length * 30 * DAY);
  return stages.map(({ stage, reason }, at) => ({
    stage,
    since: new Date(start + ((end - start) * at) / Math.max(1, stages.length - 1)).toISOString(),
    by: country === 'FR' ? 'pole-sillon-lorrain' : null,
    reason,
  }));
}

const reasons: Record<Country, string> = {
  FR: 'Marché visé abandonné : le projet retourne en maturation (fictif).',
  DE: 'Zielmarkt aufgegeben: Das Vorhaben geht zurück in die Reifung (fiktiv).',
  LU: 'Marché visé abandonné : le projet retourne en maturation (fictif).',
};
