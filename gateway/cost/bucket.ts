import { LRUCache } from 'lru-cache';
import type { Redis } from 'ioredis';

/** What is left of a caller's budget. */
export interface Budget {
  taken: boolean;
  /** Left, after what was taken. */
  remaining: number;
  /** Seconds until as much as was asked for is there; 0 where it was taken. */
  wait: number;
  /** Seconds until all of it is there again. */
  full: number;
}

/** Buckets of a size that fill up evenly within a minute. */
export interface Buckets {
  /** Takes from a bucket what is there; what is more than that is not taken. */
  take(key: string, cost: number, size: number): Promise<Budget>;
  /** Gives back, or takes what was spent beyond. */
  settle(key: string, cost: number, size: number): Promise<void>;
}

const MINUTE = 60_000;

function budgetOf(taken: boolean, left: number, cost: number, size: number): Budget {
  const seconds = (missing: number) => Math.max(0, Math.ceil((missing / size) * 60));
  return { taken, remaining: Math.max(0, Math.floor(left)), wait: taken ? 0 : Math.max(1, seconds(cost - left)), full: seconds(size - left) };
}

/** Buckets of one process. */
export function bucketsInMemory(now: () => number = Date.now): Buckets {
  const known = new LRUCache<string, { left: number; at: number }>({ max: 100_000 });
  const filled = (key: string, size: number) => {
    const bucket = known.get(key);
    return bucket ? Math.min(size, bucket.left + ((now() - bucket.at) / MINUTE) * size) : size;
  };
  return {
    async take(key, cost, size) {
      const before = filled(key, size);
      const taken = before >= cost;
      const left = taken ? before - cost : before;
      known.set(key, { left, at: now() });
      return budgetOf(taken, left, cost, size);
    },
    async settle(key, cost, size) {
      known.set(key, { left: Math.min(size, filled(key, size) - cost), at: now() });
    },
  };
}

/** Fills a bucket up to now, then takes from it: one step in Redis, whose clock all gateways share. */
const TAKE = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local size, cost, force = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local known = redis.call('hmget', KEYS[1], 'left', 'at')
local left = size
if known[1] then left = math.min(size, tonumber(known[1]) + (now - tonumber(known[2])) / ${MINUTE} * size) end
local taken = force or left >= cost
if taken then left = math.min(size, left - cost) end
redis.call('hset', KEYS[1], 'left', tostring(left), 'at', now)
redis.call('pexpire', KEYS[1], ${2 * MINUTE})
return {taken and 1 or 0, tostring(left)}`;

/** Buckets that all gateways of a hub share; while Redis is away each gateway counts for itself. */
export function bucketsInRedis(redis: Redis): Buckets {
  const own = bucketsInMemory();
  const call = (key: string, cost: number, size: number, force: boolean) => redis.eval(TAKE, 1, `budget:${key}`, size, cost, force ? '1' : '0') as Promise<[number, string]>;
  return {
    take: (key, cost, size) =>
      call(key, cost, size, false).then(
        ([taken, left]) => budgetOf(taken === 1, Number(left), cost, size),
        () => own.take(key, cost, size),
      ),
    settle: (key, cost, size) => call(key, cost, size, true).then(() => undefined, () => own.settle(key, cost, size)),
  };
}
