import { existsSync, type Stats, statSync } from 'node:fs';

/** Asked at once: to wait for a thread costs more than most answers, as Deno's `stat` of nothing does. */
export const lookUp = (path: string): Stats | undefined =>
  existsSync(path) ? statSync(path, { throwIfNoEntry: false }) : undefined;
