import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Enough for a first line, and for the shell script that pnpm and Yarn put in a program's place. */
const HEAD_BYTES = 2_000;

/** Programs of the installed packages that ask for Node: `bun run` starts it for them, `bun --bun run` does not. */
export function nodePrograms(dir: string): Set<string> {
  const folder = join(dir, 'node_modules', '.bin');
  if (!existsSync(folder)) return new Set();
  return new Set(readdirSync(folder).filter((name) => asksForNode(join(folder, name))));
}

function asksForNode(file: string): boolean {
  if (!existsSync(file)) return false;
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const head = bytes.toString('utf8', 0, readSync(handle, bytes, 0, HEAD_BYTES, 0));
    return /^#!.*\bnode\b/.test(head) || (/^#!.*\bsh\b/.test(head) && /\bexec node\b/.test(head));
  } finally {
    closeSync(handle);
  }
}
