import type { SideReport } from '../model/verdict.ts';
import type { OwnStrings } from './answer.ts';

/** A side that answers requests, wherever it runs. */
export interface LiveSide {
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  /** Address and folders that may show up in its answers. */
  own: OwnStrings;
  /** What it said last, once it ended without being asked to; null while it runs. */
  crashed(): string | null;
  /** Resident bytes, or null where the platform does not tell. */
  memory(): Promise<number | null>;
  /** Ids of its processes; empty where they are not known. */
  processes?(): Promise<number[]>;
  /** Everything about it that is known before the first request. */
  identity: Omit<SideReport, 'rssBytes' | 'latency' | 'crash'>;
}

/** The three sides of a run: old, old again (what differs there is noise), new. */
export interface Sides {
  old: LiveSide;
  again: LiveSide;
  new: LiveSide;
}
