import type { Dispatcher, Pool } from 'undici';

/**
 * Posts JSON, and reads the answer to its end. undici's `request` makes a stream of each answer, which costs more than most
 * answers of subgraphs themselves.
 * @param headers names and values by turns
 */
export function post(pool: Pool, path: string, headers: string[], body: string, signal: AbortSignal | undefined): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let sending: Dispatcher.DispatchController | undefined;
    let status = 0;
    const chunks: Buffer[] = [];
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
        onResponseData(_, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          signal?.removeEventListener('abort', abort);
          resolve({ status, text: Buffer.concat(chunks).toString('utf8') });
        },
        onResponseError(_, error) {
          signal?.removeEventListener('abort', abort);
          reject(error);
        },
      },
    );
  });
}
