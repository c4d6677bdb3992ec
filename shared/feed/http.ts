import type { ServerResponse } from 'node:http';
import { request } from 'undici';
import { answerOf, Refusal, send, sendJson } from '../http/graphqlEndpoint';
import { PUBLIC, type Caller } from '../rights/caller';
import { FeedUnavailable, type FeedPage, type FeedPosition, type FeedSource } from './feed';

/**
 * Answers `GET /feeds/<topic>?changed=…&id=…` with a page.
 * @param check throws a `Refusal` where the request comes from nobody of this hub
 */
export async function serveFeed(feeds: FeedSource, topic: string, query: URLSearchParams, response: ServerResponse, check: () => Promise<unknown>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return send(response, answerOf(error));
  }
  const changed = query.get('changed') ?? '0';
  if (!feeds.topics.includes(topic) || !/^(now|\d{1,19})$/.test(changed)) return send(response, answerOf(new Refusal(404, 'NOT_FOUND', 'There is no such feed.')));
  sendJson(response, 200, await feeds.read(topic, { changed, id: query.get('id') ?? '' }));
}

/** The feeds of a subgraph in another process, at the address of its GraphQL endpoint. */
export function remoteFeeds(owner: string, address: string, tokenFor: (caller: Caller) => Promise<string>): FeedSource {
  return {
    topics: [],
    async read(topic: string, { changed, id }: FeedPosition): Promise<FeedPage> {
      const url = new URL(`/feeds/${topic}?${new URLSearchParams({ changed, id })}`, address);
      try {
        const { statusCode, body } = await request(url, { headers: { authorization: `Bearer ${await tokenFor(PUBLIC)}` }, headersTimeout: 5000, bodyTimeout: 30_000 });
        if (statusCode === 200) return (await body.json()) as FeedPage;
        await body.dump();
        throw new Error(`it answered ${statusCode}`);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new FeedUnavailable(`The subgraph "${owner}" cannot be reached at ${url.origin}: ${why}. Start it, or correct ${owner.toUpperCase()}_URL.`, { cause: error });
      }
    },
  };
}
