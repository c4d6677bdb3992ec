import { AsyncResource } from 'node:async_hooks';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { Refusal } from '../../shared/http/graphqlEndpoint';
import type { Step } from '../request/exchange';

/**
 * The process is too busy when half of its turns took longer than this, in milliseconds, in each of two seconds that follow each
 * other: in one alone it may have been stopped, as a machine is that sleeps.
 */
const LAG = 250;

/**
 * Refuses what the gateway could only answer late, so that what it has taken is answered in time: operations beyond those
 * under way and a short queue, and all of them while the process hardly gets round to anything.
 */
export function shedding(atOnce: number): { step: Step; stop(): void } {
  const room = bulkhead(atOnce, Math.ceil(atOnce / 2));
  const turns = monitorEventLoopDelay({ resolution: 10 });
  turns.enable();
  let lagging = false;
  let lagged = false;
  const timer = setInterval(() => {
    const lags = turns.percentile(50) > LAG * 1e6;
    lagging = lags && lagged;
    lagged = lags;
    turns.reset();
  }, 1000).unref();
  const overloaded = () => new Refusal(503, 'OVERLOADED', 'The hub has more to do than it can: ask again in a moment.', { 'retry-after': '1' });
  return {
    async step(_, next) {
      if (lagging) throw overloaded();
      // Who waits is let in by another's end, and goes on as the request that it is.
      return room.execute(room.executionSlots > 0 ? () => next() : AsyncResource.bind(() => next())).catch((error: unknown) => {
        throw error instanceof BulkheadRejectedError ? overloaded() : error;
      });
    },
    stop() {
      clearInterval(timer);
      turns.disable();
    },
  };
}
