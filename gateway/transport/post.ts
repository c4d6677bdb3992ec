import { StringDecoder } from 'node:string_decoder';
import type { Dispatcher, Pool } from 'undici';
import type { Signal } from '../../shared/ending';

/**
 * Posts JSON; resolves to the status once the answer has ended. undici's `request` makes a stream of each answer, which costs
 * more than most answers of subgraphs themselves.
 * @param headers names and values by turns
 * @param take gets the answer's text as it comes; what it throws ends the request
 */
export function post(pool: Pool, path: string, headers: string[], body: string, signal: Signal | undefined, take: (text: string, status: number) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let sending: Dispatcher.DispatchController | undefined;
    let status = 0;
    const decoder = new StringDecoder('utf8');
    // One that waits for a connection has nothing to abort yet: it ends when it gets one, and nobody waits for that.
    const abort = () => {
      sending?.abort(signal!.reason as Error);
      reject(signal!.reason as Error);
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart(controller) {
          sending = controller;
          if (signal?.aborted) abort();
        },
        onResponseStart(_, code) {
          status = code;
        },
        onResponseData(controller, chunk) {
          try {
            take(decoder.write(chunk), status);
          } catch (error) {
            controller.abort(error as Error);
          }
        },
        onResponseEnd() {
          signal?.removeEventListener('abort', abort);
          resolve(status);
        },
        onResponseError(_, error) {
          signal?.removeEventListener('abort', abort);
          reject(error);
        },
      },
    );
  });
}
