import { Redis } from 'ioredis';

/** Pause before another try to reach a Redis that is away, in milliseconds. */
export const REDIS_PAUSE = 1000;
/** How long a command may take, in milliseconds: nobody waits longer for Redis than for an answer without it. */
const PATIENCE = 100;

/** A connection that fails at once while Redis is away, and comes back by itself. Whoever opens it listens to its `error`. */
export const openRedis = (url: string): Redis =>
  new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: REDIS_PAUSE, commandTimeout: PATIENCE, retryStrategy: () => REDIS_PAUSE });
