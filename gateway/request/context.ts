import type { IncomingMessage } from 'node:http';
import type { SubgraphName } from '../../shared/config';
import { Ending, type Signal } from '../../shared/ending';
import type { Caller } from '../../shared/rights/caller';
import type { Context } from '../../shared/graphql/context';
import { acceptedLangs, type Lang } from '../../shared/graphql/text';
import type { Policy } from '../cache/policy';
import type { Compiled } from '../execution/executor';

/** What an operation costs: by what was asked, and by what came back once that is known. */
export interface Weighed {
  estimated: number;
  actual: number | null;
  /** Left of the caller's budget. */
  remaining: number;
  /** Whether the reader wants to know. */
  shown: boolean;
  weigh(data: unknown): number;
}

/** Those who wait for one answer: the last who leaves ends the work for it. */
export class Audience {
  private size = 1;

  constructor(private readonly end: () => void) {}

  join(): void {
    this.size++;
  }

  readonly leave = (): void => {
    if (--this.size === 0) this.end();
  };
}

/** What a request carries through the gateway to each fetch. */
export interface GatewayContext {
  /** The reader's header as it came, for a subgraph in another process. */
  acceptLanguage: string | undefined;
  /** The reader's languages by preference, for a subgraph in this process. */
  langs: readonly Lang[];
  caller: Caller;
  /** Aborts at the deadline, and when nobody waits for the answer any more. */
  signal: Signal;
  audience: Audience;
  /** The instant at which the answer is due, in milliseconds as of `Date.now()`. */
  deadline: number;
  /** The contexts of the subgraphs in this process: all fetches of a request share loaders. */
  subgraphs: Map<string, Context>;
  /** Noted of the answer; an object, since Apollo Server works on a copy of the context. */
  noted: {
    /** How long it may be kept; null until the operation is known. */
    policy: Policy | null;
    /** What the operation costs; null where it is not weighed. */
    cost: Weighed | null;
    /** How long it took to plan it, in milliseconds; 0 where that was done before. */
    planning: number;
    /** The operation as the hub carried it out; null where it did not, or another request did. */
    compiled: Compiled | null;
    /** The subgraphs that were asked for it. */
    sources: Set<SubgraphName>;
  };
}

/** Until `deadline` sets its own; one for all. */
const NEVER = new Ending();
/** For what no client waits for. */
export const NOBODY = new Audience(() => undefined);

export function gatewayContext({ headers }: IncomingMessage, caller: Caller): GatewayContext {
  const acceptLanguage = headers['accept-language'];
  return { acceptLanguage, langs: acceptedLangs(acceptLanguage), caller, signal: NEVER, audience: NOBODY, deadline: Infinity, subgraphs: new Map(), noted: { policy: null, cost: null, planning: 0, compiled: null, sources: new Set() } };
}
