import type { Inventory } from '../../model/inventory.ts';

/** What is asked for, as far as it concerns the application. */
export interface Given {
  /** The user's folder, absolute. */
  root: string;
  inventory: Inventory;
  entry?: string;
  /** `--setup`: programs with arguments, run in order. */
  setup: readonly (readonly [string, ...string[]])[];
  /** What `--env-file` names hold. */
  env: Readonly<Record<string, string>>;
  /** The project's own build, where what production starts takes one. */
  build?: readonly [string, ...string[]];
}

/** The file to start, or what has to be built before there is one. */
export type Start = { entry: string; notes: string[] } | { entry: null; unbuilt: string };
