import type { Outcome } from '../contract.ts';
import { type Ended, howItEnded } from '../limited.ts';

/** A program of CommonJS that is started in a folder of its own. */
export interface Start {
  /** Flags of the runtime itself, before the file. */
  flags?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Beside the program: path to text. */
  files?: Readonly<Record<string, string>>;
  program: string;
  /** The program's file. Default `main.cjs`. */
  entry?: string;
}

/** Checks of what a runtime does as it starts, before a program of ours could ask. @throws Refused where it does not start */
export interface StartedSubject {
  module: string;
  checks: Readonly<Record<string, (start: (how: Start) => Promise<Ended>) => Promise<Outcome>>>;
}

/** It did not start with what it was told. */
export class Refused extends Error {}

/** What a program printed. @throws Refused where it ended otherwise than by itself and without an error */
export function printed(ended: Ended): string {
  if (ended.code !== 0) throw new Refused(howItEnded(ended));
  return ended.stdout.trim();
}
