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
 * A count is shown where it is harmless, and its differences to the last one shown and to the last of the chain as well; so is
 * then the difference of any two that are shown, as a sum of such. The last of the chain counts as known even where it is
 * hidden: laureates are public by name. What a reason says is part of what is shown: behind a six, or before laureates, "fewer
 * than five" told apart from the rest could leave a single number, so there is one reason for both.
 * @param reached how many reached each step or a later one: never more than the one before
 */
export function suppress(reached: readonly number[]): Shown[] {
  const known = reached.at(-1)!;
  let last: number | null = null;
  return reached.map((count) => {
    if (harmless(count) && harmless(count - known) && (last === null || harmless(last - count))) {
      last = count;
      return { count, suppressed: null };
    }
    const narrow = known > 0 || last === FEWEST + 1;
    return { count: null, suppressed: count < FEWEST && !narrow ? Suppression.FEWER_THAN_FIVE : Suppression.WOULD_REVEAL_ANOTHER };
  });
}
