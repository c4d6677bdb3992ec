import { openRedis } from '../redis';
import { bucketsInMemory, bucketsInRedis, type Buckets } from './bucket';

/** Buckets in Redis, where there is one: then all gateways of the hub count together. */
export function openBuckets(redisUrl: string | null): { buckets: Buckets; close(): void } {
  if (redisUrl === null) return { buckets: bucketsInMemory(), close: () => undefined };
  // Nobody waits for a Redis that is away: each gateway counts for itself meanwhile.
  const redis = openRedis(redisUrl);
  redis.on('error', () => undefined);
  return { buckets: bucketsInRedis(redis), close: () => redis.disconnect() };
}
