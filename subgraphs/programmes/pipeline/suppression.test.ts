import { suppress } from './suppression';

const few = 'FEWER_THAN_FIVE';
const other = 'WOULD_REVEAL_ANOTHER';

it.each([
  [[246, 93, 48, 11], [246, 93, 48, 11]],
  [[0, 0, 0, 0], [0, 0, 0, 0]],
  [[5, 5, 0, 0], [5, 5, 0, 0]],
  [[4, 4, 1, 0], [few, few, few, 0]],
  [[20, 12, 3, 0], [20, 12, few, 0]],
  [[20, 17, 9, 5], [20, other, 9, other]],
  [[20, 17, 15, 10], [20, other, 15, 10]],
  [[6, 5, 2, 0], [6, other, other, 0]],
  [[6, 6, 3, 3], [6, 6, other, other]],
])('%j is shown as %j', (reached, shown) => {
  expect(suppress(reached).map(({ count, suppressed }) => count ?? suppressed)).toEqual(shown);
});

/** All chains of four counts that do not rise, from `most` down. */
const chains = (most: number, length = 4): number[][] =>
  length === 0 ? [[]] : Array.from({ length: most + 1 }, (_, count) => count).flatMap((count) => chains(count, length - 1).map((rest) => [count, ...rest]));

it('whoever knows the rule cannot conclude from what is shown that some count, or some difference of two, is one to four', () => {
  // All chains that look alike are what a reader must reckon with.
  const alike = new Map<string, number[][]>();
  for (const chain of chains(21)) {
    const look = JSON.stringify(suppress(chain));
    alike.set(look, [...(alike.get(look) ?? []), chain]);
  }
  const quantities: ((chain: number[]) => number)[] = [0, 1, 2, 3].flatMap((at) => [
    (chain: number[]) => chain[at]!,
    ...[1, 2, 3].filter((later) => later > at).map((later) => (chain: number[]) => chain[at]! - chain[later]!),
  ]);
  const told = [];
  for (const [look, possible] of alike) {
    for (const quantity of quantities) {
      const values = new Set(possible.map(quantity));
      const [value] = values;
      if (values.size === 1 && value! >= 1 && value! <= 4) told.push({ look, value });
    }
  }
  expect(told).toEqual([]);
  expect(alike.size).toBeGreaterThan(1000);
});
