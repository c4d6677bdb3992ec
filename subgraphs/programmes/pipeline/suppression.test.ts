import { suppress } from './suppression';

const few = 'FEWER_THAN_FIVE';
const other = 'WOULD_REVEAL_ANOTHER';

it.each([
  [[246, 93, 48, 11], [246, 93, 48, 11]],
  [[0, 0, 0, 0], [0, 0, 0, 0]],
  [[5, 5, 0, 0], [5, 5, 0, 0]],
  [[4, 4, 1, 0], [few, few, few, 0]],
  [[20, 12, 3, 0], [20, 12, few, 0]],
  [[20, 17, 9, 5], [20, other, other, 5]],
  [[20, 17, 15, 10], [20, other, 15, 10]],
  [[6, 5, 2, 0], [6, other, other, 0]],
  [[6, 6, 3, 3], [other, other, other, other]],
  [[20, 12, 8, 3], [20, 12, other, other]],
])('%j is shown as %j', (reached, shown) => {
  expect(suppress(reached).map(({ count, suppressed }) => count ?? suppressed)).toEqual(shown);
});

/** All chains of four counts that do not rise, from `most` down. */
const chains = (most: number, length = 4): number[][] =>
  length === 0 ? [[]] : Array.from({ length: most + 1 }, (_, count) => count).flatMap((count) => chains(count, length - 1).map((rest) => [count, ...rest]));

it('whoever knows the rule and the laureates cannot conclude from what is shown that a count, or the difference of two, is one to four', () => {
  // All chains that look alike are what a reader must reckon with.
  const alike = new Map<string, number[][]>();
  // A hidden first count is within four of the laureates: these stay so far from the end of what is tried that none is missing.
  for (const chain of chains(21).filter((one) => one.at(-1)! <= 17)) {
    const look = JSON.stringify([chain.at(-1), suppress(chain)]);
    alike.set(look, [...(alike.get(look) ?? []), chain]);
  }
  const told: object[] = [];
  for (const [look, possible] of alike) {
    const laureates = possible[0]!.at(-1);
    const tell = (quantity: (chain: number[]) => number, of: string) => {
      const [value, ...others] = new Set(possible.map(quantity));
      if (others.length === 0 && value! >= 1 && value! <= 4) told.push({ look, of, value });
    };
    for (let at = 0; at < 4; at++) {
      // That as many reached a step as won tells of nobody but the winners.
      if (possible.some((chain) => chain[at] !== laureates)) tell((chain) => chain[at]!, `${at}`);
      for (let later = at + 1; later < 4; later++) tell((chain) => chain[at]! - chain[later]!, `${at} - ${later}`);
    }
  }
  expect(told).toEqual([]);
  expect(alike.size).toBeGreaterThan(1000);
});
