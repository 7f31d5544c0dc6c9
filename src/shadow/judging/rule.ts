import type { View } from '../answer.ts';
import type { Found } from '../compare/found.ts';
import type { HiddenFault } from '../faults/hidden.ts';
import type { Bijection } from './bijection.ts';

/** What a rule may look at to explain one difference. */
export interface RuleContext {
  method: string;
  /** The request target as recorded. */
  path: string;
  old: View | null;
  new: View | null;
  /** The value at this exact place is generated: the old side did not repeat itself (`again`), or not the recording. */
  varies(exact: string): { again: boolean; recorded: boolean };
  ids: Bijection;
  /** Two clock readings of one moment may differ by this much, ms. */
  clockBudgetMs: number;
  /** When the run began, ms since the epoch. */
  since: number;
  runtimes: { old: string; new: string };
  /** The exchange's body differs, and every such difference is explained or waived. Settled before headers that follow the body. */
  bodyExplained: boolean;
}

/** A named reason why a difference is not one. `optional` rules count only when asked for by name. */
export interface Rule {
  id: string;
  reason: string;
  allows: string;
  /** The regressions that look most like what it explains: each is planted into the answers of every run, and must be seen. */
  hides: readonly [HiddenFault, ...HiddenFault[]];
  /** On without being asked for, given the two runtimes. */
  active(runtimes: { old: string; new: string }): boolean;
  explains(found: Found, context: RuleContext): boolean;
}

/** A rule that counts whatever the runtimes are. */
export const always = (): boolean => true;

/** A rule that counts where a side runs on Workers. */
export const withWorkers = (runtimes: { old: string; new: string }): boolean =>
  runtimes.old === 'workers' || runtimes.new === 'workers';

/** Whether a difference stands in one of these headers, named in lower case. */
export const isHeader = (found: Found, ...names: string[]): boolean =>
  names.some((name) => found.location === `header:${name}`);
