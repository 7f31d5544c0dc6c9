import type { Shard } from '../model/aggregate.ts';
import type { RouteLimit } from '../model/changeset.ts';
import type { ProbeClass } from '../model/probes.ts';
import type { Waiver } from '../model/waiver.ts';
import type { Part } from './aggregate/parts.ts';
import type { Redactor } from './redact.ts';
import type { RouteShape } from './traffic/routes.ts';
import type { Announced } from './waivers/announced.ts';

/** How a run is done. Times in ms, sizes in bytes. */
export interface RunOptions {
  /** `isolated`: each side has state of its own, so unsafe methods may be sent. */
  writes: 'refused' | 'isolated';
  /** Routes of the application, from its inventory; empty when they are not known. */
  routes: readonly RouteShape[];
  limits: readonly RouteLimit[];
  waivers: readonly Waiver[];
  /** What the new side's edits announced. Absent: waivers that were prepared for an edit do not count. */
  announced?: Announced;
  /** Optional rules asked for by name. */
  allow: readonly string[];
  /** For one answer. Default 10 000. */
  timeoutMs?: number;
  /** Of a body kept for comparison; beyond it hash and size are compared. Default 8 MiB. */
  maxBody?: number;
  /** Part of the routes, 0..1, that must be compared for a PASS. Default 0.8. */
  minCoverage?: number;
  /** Additional rate of differences, 0..1, that must not go unseen where the old side is noisy. Default 0.05. */
  extra?: number;
  /** Probed after the replay. Default none. */
  probes?: readonly ProbeClass[];
  /** This run is one share of the sessions. */
  shard?: Shard;
  /** What the user should know of the sides, before any exchange. */
  notes?: readonly string[];
  id?: string;
  /** Takes secrets out of what is written. Default: one of its own. */
  redact?: Redactor;
  /** Keeps what was compared, so that the run can be resumed after a crash; and what earlier attempts had compared. */
  ledger?: Ledger;
  signal?: AbortSignal;
  progress?(done: number, of: number): void;
}

/** Where a run notes what it has compared. */
export interface Ledger {
  /** Exchanges from the start of the traffic that earlier attempts are done with. */
  upTo: number;
  /** What they counted. */
  part: Part | null;
  /** When the first attempt began. */
  startedAt: Date;
  /** Resolves when the part is on the disk. @param upTo exchanges that are done with now */
  note(upTo: number, part: Part): Promise<void>;
}
