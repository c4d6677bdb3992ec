import type { Server, ServerResponse } from 'node:http';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import type { Wrapped } from '../wrapped';

/** For how long a server that is told to stop goes on to take connections: whoever sends requests to it learns that it stops. Milliseconds. */
const NOTICE = 500;
/** How long a connection on which no request is under way is left open: one may be on its way. */
const SILENCE = 200;

/** A turn of the event loop in which hardly anything happened, in milliseconds. */
const SHORT_TURN = 2;

export interface Drain {
  readonly stopping: boolean;
  /** Lets go of all clients: each request that came in is answered, unless that takes longer than the grace. */
  close(graceSeconds: number): Promise<void>;
}

/** Follows the requests of a server from its start on, so that it can end without losing one. */
export function drainable(server: Server): Drain {
  let stopping = false;
  const underWay = new Set<Wrapped<ServerResponse>>();
  const lastOne = (response: ServerResponse) => !response.headersSent && response.setHeader('connection', 'close');
  server.prependListener('request', (_, response: ServerResponse) => {
    const wrapped: Wrapped<ServerResponse> = { held: response };
    underWay.add(wrapped);
    response.once('close', () => {
      underWay.delete(wrapped);
      wrapped.held = null;
    });
    if (stopping) lastOne(response);
  });
  return {
    get stopping() {
      return stopping;
    },
    async close(graceSeconds) {
      stopping = true;
      for (const { held } of underWay) lastOne(held!);
      const until = Date.now() + graceSeconds * 1000;
      const connections = await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
      if (connections > 0) await pause(Math.min(NOTICE, graceSeconds * 1000));
      // The kernel resets connections that it has taken and the process has not: the door closes in a turn that left none.
      for (let begun = -Infinity; performance.now() - begun > SHORT_TURN && Date.now() < until; await turn()) begun = performance.now();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection that never sent a byte counts as busy for Node: when all is answered, what is left is hung up.
      for (let quiet = 0; quiet < SILENCE && Date.now() < until; quiet = underWay.size > 0 ? 0 : quiet + 20) await pause(20);
      server.closeAllConnections();
      await closed;
    },
  };
}
