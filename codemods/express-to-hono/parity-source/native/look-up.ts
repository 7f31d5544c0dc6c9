import { existsSync, type Stats, statSync } from 'node:fs';

/** Asked at once: to wait for a thread costs more than most answers, as Deno's `stat` of nothing does. */
export function lookUp(path: string): Stats | undefined {
  return existsSync(path) ? statSync(path, { throwIfNoEntry: false }) : undefined;
}
