import { subgraphNames, type SubgraphName } from '../../shared/config';
import { NOW, type FeedSource } from '../../shared/feed/feed';
import { keepDoing } from '../../shared/keepDoing';

/** How often outboxes are looked into, in milliseconds. */
const EVERY = 1000;
/** How long the answers of a subgraph are kept whose outbox cannot be read, in milliseconds. */
const BLIND = 60_000;

/**
 * Tells of changes that did not pass through this gateway: those of other gateways, of the clock, of copies that were refreshed.
 * @returns how to stop
 */
export function watchOutboxes(feedsOf: (name: SubgraphName) => FeedSource, changed: (name: SubgraphName) => Promise<void>): () => void {
  const watches = subgraphNames.map((name) => {
    const feeds = feedsOf(name);
    let position = NOW;
    let readAt = Date.now();
    const look = async () => {
      try {
        const { records, next, held } = await feeds.read('outbox', position);
        // Nobody knows what happened before the first look. Entries that are held back, in order not to be passed over, can be seen already.
        if (position === NOW || records.length > 0 || held) await changed(name);
        position = next;
        readAt = Date.now();
      } catch {
        // The subgraph is away. Its answers serve those who ask meanwhile, but not for long.
        if (Date.now() - readAt > BLIND) await changed(name);
      }
    };
    return keepDoing(look, EVERY, () => undefined);
  });
  return () => watches.forEach((watch) => void watch.stop());
}
