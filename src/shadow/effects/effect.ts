import type { EffectStore } from '../../model/effects.ts';

/** One thing a side did, as it stands when the run is over. */
export interface Effect {
  store: EffectStore;
  /** Path below the side's folder, `<bucket>/<key>`, or `METHOD URL`; always with `/`. */
  place: string;
  did: 'written' | 'changed' | 'deleted' | 'called';
  size: number;
  /** Of the content (of a call: of its body), hex; empty for a deletion. */
  sha256: string;
  /** The content, where it is small enough to be compared inside; null otherwise. */
  bytes: Buffer | null;
  /** When it was done, ms since the epoch; null where the platform does not tell. */
  at: number | null;
  /** The exchange during which it was done, where that is known at once. 0: before the first one. */
  exchange?: number;
  /** What it is in the side's own terms, where it is told in the other side's. */
  told?: string;
}

/** All that one side did, and what of it nobody could see. Null lists: that kind was not looked at. */
export interface SideEffects {
  files: Effect[] | null;
  objects: Effect[] | null;
  outgoing: Effect[] | null;
  notObserved: string[];
  /** When each exchange began on this side, ms since the epoch, in order. */
  began: readonly Beginning[];
}

/** When an exchange began, ms since the epoch: by our clock, and by that of the file system the side writes to. */
export interface Beginning {
  exchange: number;
  at: number;
  disk?: number;
}

/** Watches one side from before its start. */
export interface EffectWatch {
  /** The next request is of this exchange. */
  began(exchange: number): void;
  /** What the side has done so far. */
  collect(): Promise<SideEffects>;
  /** Nothing is watched any more. */
  close(): void;
}

/** Content up to this size is compared inside, beyond it by hash, bytes. */
export const INSIDE = 1024 * 1024;

/** Timestamps of a bucket come from a clock of their own. */
const CLOCK_TICK_MS = 4;

/** The exchange during which an effect happened; 0 when before the first, null when it is not known. */
export function exchangeOf(effect: Effect, { began }: Pick<SideEffects, 'began'>): number | null {
  if (effect.exchange !== undefined) return effect.exchange;
  const { at } = effect;
  if (at === null) return null;
  // Of a file both times are the file system's, whose clock may be tens of milliseconds late on a busy machine.
  if (effect.store === 'file' && effect.told === undefined)
    return began.findLast((one) => (one.disk ?? one.at) <= at)?.exchange ?? 0;
  return began.findLast((one) => one.at <= at + CLOCK_TICK_MS)?.exchange ?? 0;
}
