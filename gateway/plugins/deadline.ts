import { Ending } from '../../shared/ending';
import { Refusal, type Answer } from '../../shared/http/graphqlEndpoint';
import { Audience } from '../request/context';
import type { Step } from '../request/exchange';

/** How much later than the deadline an answer is still waited for, in milliseconds: what there is must be put together. */
const LATE = 1000;

/**
 * Gives each operation so much time. At the deadline, or when the client hangs up, fetches and the SQL behind them end, see
 * `transport/reach.ts`; at the deadline the gateway answers with what there is.
 */
export const deadline =
  (seconds: number): Step =>
  async ({ incoming: { socket }, context }, next) => {
    const over = new Ending();
    const audience = new Audience(over.abort);
    context.signal = over;
    context.audience = audience;
    context.deadline = Date.now() + seconds * 1000;
    // Node tells of a client that leaves on its socket only: the request itself has been read and is closed for long.
    socket.once('close', audience.leave);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Answer>((_, reject) => {
      const refuse = () => reject(new Refusal(504, 'DEADLINE_EXCEEDED', `There was no answer in ${seconds} seconds.`, { 'retry-after': '5' }));
      timer = setTimeout(() => {
        over.abort();
        timer = setTimeout(refuse, LATE);
      }, seconds * 1000);
    });
    try {
      return await Promise.race([next(), late]);
    } finally {
      clearTimeout(timer);
      socket.off('close', audience.leave);
    }
  };
