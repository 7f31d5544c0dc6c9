import type { Status } from './answer.ts';

/** How sure something is on the way to a statement. */
export type Sure = 'no' | 'maybe' | 'yes';

/** What has happened on the way to a statement. */
export interface Path {
  /** Whether the statement can be reached. */
  reached: boolean;
  answered: Sure;
  /** Whether `next` was called: what follows runs when there is a response. */
  next: Sure;
  status: Status | null;
  /** A content type was set. */
  typed: boolean;
}

export const START: Path = { reached: true, answered: 'no', next: 'no', status: null, typed: false };

const both = (a: Sure, b: Sure): Sure => (a === b ? a : 'maybe');

/** Where two ways meet. */
export function meet(a: Path, b: Path): Path {
  if (!a.reached) return b;
  if (!b.reached) return a;
  return {
    reached: true,
    answered: both(a.answered, b.answered),
    next: both(a.next, b.next),
    status: a.status?.node === b.status?.node ? a.status : null,
    typed: a.typed || b.typed,
  };
}

export const ended = (path: Path): Path => ({ ...path, reached: false });
