import { FEWEST, Suppression } from './pipelineStep';

export interface Shown {
  count: number | null;
  suppressed: Suppression | null;
}

/** Zero tells of nobody. */
const harmless = (count: number): boolean => count === 0 || count >= FEWEST;

/**
 * What of a chain of counts can be public: no count of 1 to 4 may be computed from it, neither of those who reached a step nor
 * of those who were lost between two.
 *
 * A count is shown where it is harmless and its difference to the last one shown as well; so is then the difference of any
 * two that are shown, as a sum of such. What a reason says is part of what is shown: behind a six "would reveal another" could
 * only be a five, which is why after a six the smaller counts are given that reason too.
 * @param reached how many reached each step or a later one: never more than the one before
 */
export function suppress(reached: readonly number[]): Shown[] {
  let last: number | null = null;
  return reached.map((count) => {
    if (harmless(count) && (last === null || harmless(last - count))) {
      last = count;
      return { count, suppressed: null };
    }
    return { count: null, suppressed: count < FEWEST && last !== FEWEST + 1 ? Suppression.FEWER_THAN_FIVE : Suppression.WOULD_REVEAL_ANOTHER };
  });
}
