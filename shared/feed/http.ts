import type { ServerResponse } from 'node:http';
import { request } from 'undici';
import { sendJson } from '../http/graphqlEndpoint';
import type { FeedPage, FeedPosition, FeedSource } from './feed';

/** Answers `GET /feeds/<topic>?changed=…&id=…` with a page. */
export async function serveFeed(feeds: FeedSource, topic: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const changed = query.get('changed') ?? '0';
  if (!feeds.topics.includes(topic) || !/^\d{1,19}$/.test(changed)) return sendJson(response, 404, { errors: [{ message: 'There is no such feed.' }] });
  sendJson(response, 200, await feeds.read(topic, { changed, id: query.get('id') ?? '' }));
}

/**
 * The feeds of a subgraph in another process, at the address of its GraphQL endpoint.
 * @param wait pauses before another attempt; an owner that has not answered after ten is given up
 */
export function remoteFeeds(address: string, wait: (attempt: number) => Promise<void>): FeedSource {
  return {
    topics: [],
    async read(topic: string, { changed, id }: FeedPosition): Promise<FeedPage> {
      const url = new URL(`/feeds/${topic}?${new URLSearchParams({ changed, id })}`, address);
      for (let attempt = 0; ; attempt++) {
        try {
          const { statusCode, body } = await request(url);
          if (statusCode === 200) return (await body.json()) as FeedPage;
          await body.dump();
          throw new Error(`it answered ${statusCode}`);
        } catch (error) {
          if (attempt >= 10) throw new Error(`the feed ${topic} cannot be read: ${(error as Error).message}`, { cause: error });
          await wait(attempt);
        }
      }
    },
  };
}
