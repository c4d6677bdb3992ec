import type { FeedPage, FeedPosition, FeedSource } from '../../shared/feed/feed';
import { watchOutboxes } from './outboxes';

let pages: (() => FeedPage)[];
let asked: FeedPosition[];
let changes: number;
let stop: () => void;

beforeEach(() => {
  jest.useFakeTimers();
  [pages, asked, changes] = [[], [], 0];
  const quiet: FeedSource = { topics: [], read: async (_, after) => ({ records: [], next: after, held: false }) };
  const told: FeedSource = {
    topics: [],
    async read(_, after) {
      asked.push(after);
      return (pages.shift() ?? (() => ({ records: [], next: after, held: false })))();
    },
  };
  stop = watchOutboxes(
    (name) => (name === 'jobs' ? told : quiet),
    async (name) => {
      if (name === 'jobs') changes++;
    },
  );
});
afterEach(() => {
  stop();
  jest.useRealTimers();
});

const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000 + count);
const away = () => {
  throw new Error('away');
};
const at = (changed: string): FeedPosition => ({ changed, id: '' });

it('makes all new with its first look, then for records and for those that are held back, and goes on behind them', async () => {
  pages = [() => ({ records: [], next: at('7'), held: false }), () => ({ records: [], next: at('7'), held: true }), () => ({ records: [{}], next: at('9'), held: false })];
  await seconds(1);
  expect(changes).toBe(1);
  await seconds(2);
  expect(changes).toBe(3);
  await seconds(5);
  expect(changes).toBe(3);
  expect(asked.slice(0, 4).map(({ changed }) => changed)).toEqual(['now', '7', '7', '9']);
});

it('an outbox that cannot be read leaves its answers a minute, and what was told meanwhile is read', async () => {
  pages = [() => ({ records: [], next: at('7'), held: false }), ...Array.from({ length: 70 }, () => away)];
  await seconds(58);
  expect(changes).toBe(1);
  await seconds(12);
  expect(changes).toBeGreaterThan(5);
  const before = changes;
  await seconds(10);
  expect(changes - before).toBeLessThan(3);
  expect(asked.at(-1)).toEqual(at('7'));
});
