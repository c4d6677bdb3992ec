import { randomUUID } from 'node:crypto';
import { subgraphNames, type SubgraphName } from '../../shared/config';
import { log, told } from '../../shared/log';
import { openRedis, REDIS_PAUSE } from '../redis';
import { ifCurrent, LARGEST_ENTRY, type Entry, type Generations, type Store } from './store';

const generationKey = (name: SubgraphName) => `hub:generation:${name}`;

/** Answers in Redis, for all gateways of a hub. While Redis is away there is no cache; it comes back by itself. */
export function redisStore(url: string): Store {
  const redis = openRedis(url);
  /** Changes that Redis does not know of yet: until it does, nothing that it keeps can be trusted. */
  const untold = new Set<SubgraphName>();
  let away = false;
  redis.on('error', (error) => {
    if (!away) log.warn({ error: told(error) }, 'Redis is away: answers are not kept until it is back');
    away = true;
  });
  redis.on('ready', () => (away = false));

  let leftAloneUntil = 0;
  /** What Redis answers; undefined where it does not. */
  const ask = async <Answer>(command: () => Promise<Answer>): Promise<Answer | undefined> => {
    if (redis.status !== 'ready' || Date.now() < leftAloneUntil) return undefined;
    try {
      return await command();
    } catch {
      leftAloneUntil = Date.now() + REDIS_PAUSE;
      return undefined;
    }
  };
  const renew = async (names: Iterable<SubgraphName>): Promise<void> => {
    const changed = [...new Set([...names, ...untold])];
    if (changed.length === 0) return;
    if ((await ask(() => redis.mset(changed.flatMap((name) => [generationKey(name), randomUUID()])))) === undefined) for (const name of changed) untold.add(name);
    else for (const name of changed) untold.delete(name);
  };
  return {
    renew,
    async read(key) {
      if (untold.size > 0) await renew([]);
      if (untold.size > 0) return null;
      const found = await ask(() => redis.mget(`hub:answer:${key}`, ...subgraphNames.map(generationKey)));
      if (!found) return null;
      const [kept, ...values] = found;
      const generations = Object.fromEntries(subgraphNames.map((name, at) => [name, values[at]])) as Generations;
      // A Redis that is new, or that forgot them for want of memory.
      const missing = subgraphNames.filter((name) => generations[name] === null);
      if (missing.length > 0) {
        await renew(missing);
        return null;
      }
      return { entry: ifCurrent(kept ? (JSON.parse(kept) as Entry) : null, generations), generations };
    },
    async write(key, entry) {
      const text = JSON.stringify(entry);
      if (text.length <= LARGEST_ENTRY) await ask(() => redis.set(`hub:answer:${key}`, text, 'EX', entry.seconds));
    },
    close: () => redis.disconnect(),
  };
}
