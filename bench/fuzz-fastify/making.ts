import type { Random } from '../fuzz-express/random.ts';

/** A Fastify program while it is written. */
export interface Making {
  random: Random;
  release: 4 | 5;
  targets: { method: string; path: string }[];
  /** Names given so far. */
  count: number;
  /** Whether some of what Fastify calls must be of a kind that stays in Fastify. */
  mayStay: boolean;
}

/** A part of the application: the root, or a plugin below a prefix. */
export interface Part {
  name: string;
  prefix: string;
  depth: number;
}

export const fresh = (making: Making, stem: string): string => {
  making.count += 1;
  return `${stem}${making.count}`;
};

export const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
