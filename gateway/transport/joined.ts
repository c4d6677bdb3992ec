import { Ending } from '../../shared/ending';
import { Audience } from '../request/context';
import type { Fetch, Fetched, Transport } from './reach';

/** How long, in milliseconds, one that could join others waits for those under way: one that stalls holds up the next no longer. */
const PATIENCE = 25;
const MOST_MEMBERS = 8;

/** Fetches that are made together. */
interface Company {
  members: Fetch[];
  /** An answer for each, once they are asked for. */
  answers: Promise<readonly Promise<Fetched>[]>;
}

/** What is under way of one kin of fetches, and who waits for its end. */
interface Kin {
  underWay: Promise<unknown> | null;
  waiting: Company | null;
}

/**
 * A way to a subgraph on which requests of the public go together: while a fetch is under way, others of its kin gather, and are
 * made at once when it ends. The busier the hub, the less each costs; the second of two who come at once waits a little for it.
 * Nobody is given what was read before they asked, or another's errors: who has got one asks again alone.
 */
export function joined(transport: Transport): Transport['fetch'] {
  const kins = new Map<string, Kin>();

  /** Waits for others, then asks for all: the first of a company does, as part of its own request, under its id and in its trace. */
  async function lead(company: Company, key: string, kin: Kin): Promise<readonly Promise<Fetched>[]> {
    kin.waiting = company;
    await (kin.underWay ? endOrPatience(kin.underWay) : endOfTick());
    if (kin.waiting === company) kin.waiting = null;
    const { members } = company;
    const answers = members.length === 1 ? [transport.fetch(members[0]!)] : together(members);
    const end = (kin.underWay = Promise.allSettled(answers));
    void end.then(() => {
      if (kin.underWay !== end) return;
      kin.underWay = null;
      if (!kin.waiting && kins.get(key) === kin) kins.delete(key);
    });
    return answers;
  }

  /** What is asked for ends when nobody waits for it any more. */
  function together(members: readonly Fetch[]): Promise<Fetched>[] {
    const over = new Ending();
    let unanswered = members.length;
    const audience = new Audience(() => {
      if (unanswered > 0) over.abort();
    });
    for (let at = 1; at < members.length; at++) audience.join();
    const answers = transport.together(members, over);
    const all = Promise.allSettled(answers);
    // They go on together, and join each other in what they ask next; for one that takes long the others wait no longer than for a stranger.
    const goOn = () => endOrPatience(all);
    const released = Promise.race(answers).then(goOn, goOn);
    return answers.map((answer, at) => {
      const signal = members[at]!.signal!;
      if (signal.aborted) audience.leave();
      else signal.addEventListener('abort', audience.leave, { once: true });
      return answer
        .finally(() => {
          signal.removeEventListener('abort', audience.leave);
          unanswered--;
          if (!signal.aborted) audience.leave();
        })
        .finally(() => released);
    });
  }

  return async (fetch) => {
    const kinship = fetch.mutation || fetch.context.caller.partner !== null ? null : transport.kinOf(fetch);
    if (kinship === null) return transport.fetch(fetch);
    const key = `${fetch.context.acceptLanguage ?? ''}\0${kinship}`;
    let kin = kins.get(key);
    if (!kin) kins.set(key, (kin = { underWay: null, waiting: null }));
    let company = kin.waiting;
    if (company && company.members.length < MOST_MEMBERS && company.members[0]!.schema === fetch.schema) company.members.push(fetch);
    else {
      company = { members: [fetch] } as Company;
      company.answers = lead(company, key, kin);
    }
    const { members } = company;
    const at = members.length - 1;
    const own = (await company.answers)[at]!;
    if (members.length === 1) return own;
    const answer = await own.catch(() => null);
    if (answer && !answer.errors) return answer;
    // Of one that has left nobody reads the answer.
    return fetch.signal!.aborted ? own : transport.fetch(fetch);
  };
}

/** Those who were answered together go on together. */
const endOfTick = (): Promise<void> => new Promise((resolve) => void Promise.resolve().then(() => process.nextTick(resolve)));

const endOrPatience = (underWay: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    void underWay.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
