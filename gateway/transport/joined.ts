import { setMaxListeners } from 'node:events';
import type { Fetch, Fetched, Transport } from './reach';

/** How long, in milliseconds, one that could join others waits for the fetch under way: one that stalls holds up the others no longer. */
const PATIENCE = 25;
const MOST_MEMBERS = 8;

/** Fetches that are made together. */
interface Company {
  members: Fetch[];
  /** Resolves when all are there. */
  answers: Promise<readonly Fetched[]>;
}

/** What is under way of one kin of fetches, and who waits for its end. */
interface Kin {
  underWay: Promise<unknown> | null;
  waiting: Company | null;
}

/**
 * A way to a subgraph on which requests of the public go together: while a fetch is under way, others of its kin gather, and are
 * made at once when it ends. The busier the hub, the less each costs. Nobody is given what was read before they asked, and
 * nobody gets another's errors: who has got one asks again alone.
 */
export function joined(transport: Transport): Transport['fetch'] {
  const kins = new Map<string, Kin>();

  /** Waits for others, then asks for all: the first of a company does, as part of its own request, under its id and in its trace. */
  async function lead(company: Company, key: string, kin: Kin): Promise<readonly Fetched[]> {
    kin.waiting = company;
    await (kin.underWay ? endOrPatience(kin.underWay) : endOfTick());
    if (kin.waiting === company) kin.waiting = null;
    const answers = ask(company.members);
    const end = (kin.underWay = answers.then(nothing, nothing));
    void end.then(() => {
      if (kin.underWay !== end) return;
      kin.underWay = null;
      if (!kin.waiting) kins.delete(key);
    });
    return answers;
  }

  async function ask(members: readonly Fetch[]): Promise<readonly Fetched[]> {
    const [first] = members;
    if (members.length === 1) return [await transport.fetch(first!)];
    const { signal, leave } = whileAnyWaits(members);
    return transport.together(members, signal).finally(leave);
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
    const own = await company.answers.then((answers) => answers[at]!, (error: unknown) => {
      if (members.length === 1) throw error;
    });
    return own && (!own.errors || members.length === 1) ? own : transport.fetch(fetch);
  };
}

const nothing = () => undefined;

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

/** A signal that aborts when nobody waits any more. */
function whileAnyWaits(members: readonly Fetch[]): { signal: AbortSignal; leave(): void } {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  let left = members.length;
  const gone = () => {
    if (--left === 0) over.abort();
  };
  for (const { signal } of members) {
    if (signal!.aborted) gone();
    else signal!.addEventListener('abort', gone, { once: true });
  }
  return { signal: over.signal, leave: () => members.forEach(({ signal }) => signal!.removeEventListener('abort', gone)) };
}
