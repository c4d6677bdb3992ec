import { setMaxListeners } from 'node:events';

/** What the hub looks at of an `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * The end of a request's work, whoever brings it about. An `AbortController` for each request is dear: about a kilobyte of each
 * outlives the collections of young objects (Node 20).
 */
export class Ending extends EventTarget implements Signal {
  aborted = false;
  reason: unknown;

  constructor() {
    super();
    // A large operation has many fetches under way, and each listens.
    setMaxListeners(0, this);
  }

  readonly abort = (): void => {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = new DOMException('This operation was aborted', 'AbortError');
    this.dispatchEvent(new Event('abort'));
  };
}
