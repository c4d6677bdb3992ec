import type { Role } from '../rights/rights';
import { refuse } from './userError';

/** The states that a record can take one after the other: data, from which checks are made and diagrams drawn. */
export interface Life<State extends string = string> {
  /** What lives, in the singular: `application`. Its name in history and outbox. */
  subject: string;
  /** States in which it can begin. */
  begins: readonly State[];
  moves: readonly Move<State>[];
}

export interface Move<State extends string = string> {
  from: State;
  to: State;
  /** Who may make it: roles, or the clock. */
  by: readonly (Role | 'TIME')[];
  /** Whether whoever makes it must say why. */
  reason?: boolean;
}

/** Characters of a reason. */
const LONGEST_REASON = 1000;

/**
 * Refuses a step that the life does not have, or not for this caller, or that lacks its reason.
 * @param from null for a record that has not begun this life yet
 * @param as roles that the caller has about this very record
 * @param path where the state stands in the arguments
 * @param subject id of a record to answer with
 */
export function requireMove<State extends string>(life: Life<State>, from: State | null, to: State, as: readonly Role[], reason: string | null | undefined, path: readonly string[] = ['to'], subject: string | null = null): void {
  if (from === null) {
    if (!life.begins.includes(to)) throw refuse('INVALID_MOVE', path, `There is no beginning in ${to}; expected ${life.begins.join(', ')}.`, subject);
    return;
  }
  const mine = life.moves.filter((move) => move.from === from && move.by.some((by) => as.includes(by as Role)));
  const move = mine.find((one) => one.to === to);
  if (!move) {
    const possible = [...new Set(mine.map((one) => one.to))];
    const elsewhere = life.moves.some((one) => one.from === from && one.to === to) ? ' for this caller' : '';
    throw refuse('INVALID_MOVE', path, `From ${from} there is no step to ${to}${elsewhere}; expected ${possible.length > 0 ? possible.join(', ') : 'none: it stays as it is'}.`, subject);
  }
  if (reason != null && reason.length > LONGEST_REASON) throw refuse('INVALID_VALUE', ['reason'], `A text of ${reason.length} characters was given, expected at most ${LONGEST_REASON}.`, subject);
  if (move.reason && !reason?.trim()) throw refuse('REASON_NEEDED', ['reason'], `A step from ${from} to ${to} needs a reason.`, subject);
}

/** Refuses a write that was prepared on an older state of the record, and answers with the record. */
export function requireVersion(id: string, current: number, given: number, path: readonly string[] = ['version']): void {
  if (given !== current) throw refuse('STALE_VERSION', path, `Version ${given} was given, the record is at version ${current}.`, id);
}
