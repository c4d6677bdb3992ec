import { effectOf, type Claim } from './contradiction';
import { StatementKind } from './statement.type';

export enum NotComputable {
  NO_BASELINE = 'NO_BASELINE',
  NO_CURRENT_VALUE = 'NO_CURRENT_VALUE',
  NO_TARGET = 'NO_TARGET',
  DIFFERENT_DEFINITION = 'DIFFERENT_DEFINITION',
}

/** A known value on the subject of an objective. */
export interface KnownValue {
  indicatorId: string;
  territoryId: string;
  period: string;
  value: number;
}

export interface Progress<Value extends KnownValue> {
  baseline: Value | null;
  current: Value | null;
  target: number | null;
  /** 0 at the baseline, 1 at the target; below 0 or above 1 where it went the other way or beyond. */
  ratio: number | null;
  notComputableBecause: NotComputable | null;
}

type Objective = Pick<Claim, 'indicatorId' | 'territoryId' | 'perimeter' | 'operator' | 'value' | 'statedTarget' | 'year' | 'kind'>;

/**
 * How far an objective is: the way from the baseline to the target that lies behind. Only values of the objective's own
 * indicator and territory count; the baseline is the last of its year or before, the current value the last one after that.
 * @param known values on the objective's subject, other indicators of the subject too
 */
export function progressOf<Value extends KnownValue>(objective: Objective, known: readonly Value[]): Progress<Value> | null {
  if (objective.kind !== StatementKind.OBJECTIVE) return null;
  const here = known.filter(({ territoryId }) => territoryId === objective.territoryId);
  // Known values are those of a territory as a whole: none is that of a part of it.
  const same = here.filter(({ indicatorId }) => indicatorId === objective.indicatorId && objective.perimeter === null).toSorted((a, b) => (a.period < b.period ? -1 : 1));
  const baseline = same.findLast(({ period }) => Number(period.slice(0, 4)) <= objective.year) ?? null;
  const current = same.findLast(({ period }) => Number(period.slice(0, 4)) > objective.year) ?? null;
  const target = objective.statedTarget ?? effectOf(objective, baseline?.value).target ?? null;
  const reason = () => {
    if (!baseline) return here.length > same.length ? NotComputable.DIFFERENT_DEFINITION : NotComputable.NO_BASELINE;
    // A target equal to the start is none: there is no way to go.
    if (target === null || target === baseline.value) return NotComputable.NO_TARGET;
    return current ? null : NotComputable.NO_CURRENT_VALUE;
  };
  const notComputableBecause = reason();
  const ratio = notComputableBecause === null ? (current!.value - baseline!.value) / (target! - baseline!.value) : null;
  return { baseline, current, target, ratio, notComputableBecause };
}
