import type { Config } from '../../shared/config';
import { redisStore } from './redisStore';
import { memoryStore, type Store } from './store';

/** Where answers are kept; null where none are. */
export function openStore({ bytes, redisUrl }: Config['cache']): Store | null {
  if (bytes === 0) return null;
  return redisUrl === null ? memoryStore(bytes) : redisStore(redisUrl);
}
