import type { StateProof } from '../../model/effects.ts';
import type { SideReport } from '../../model/verdict.ts';
import type { OwnStrings } from '../answer.ts';
import type { EffectWatch } from '../effects/effect.ts';
import type { Egress } from '../effects/egress.ts';

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
  /** What it does beside answering; absent where nobody watches. */
  effects?: EffectWatch;
  /** Everything about it that is known before the first request. */
  identity: Omit<SideReport, 'rssBytes' | 'repeatRssBytes' | 'latency' | 'repeatLatency' | 'crash'>;
}

/** The three sides of a run: old, old again (what differs there is noise), new. */
export interface Sides {
  old: LiveSide;
  again: LiveSide;
  new: LiveSide;
  /** Answers calls of the other sides with what the old one got; absent where nobody records them. */
  egress?: Egress;
  /** The state they began with; absent when none was given. */
  state?: StateProof;
  /**
   * Stops all three and starts them again in fresh copies, with the state they began with. Absent where nobody can.
   *
   * @throws MigrateError when one does not come up again
   */
  renew?(): Promise<Sides>;
}

/** The runtime whose server a client of a side talks to. */
export const facing = ({ identity }: LiveSide): string => identity.layer?.runtime ?? identity.runtime;
