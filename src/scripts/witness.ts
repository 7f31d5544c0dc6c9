import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Ran } from '../model/scripts.ts';

/** Programs that start others and do nothing themselves: which runtime they run on changes nothing. */
const STARTERS =
  /(?:^|\/)(?:npm|npx|pnpm|pnpx|yarn|corepack|cross-env|cross-env-shell|dotenv|dotenv-cli|env-cmd|npm-run-all2?|run-[sp]|concurrently)(?:-cli)?(?:\.[cm]?js)?$/;

/**
 * Every process says itself what it is: a file that Node (`NODE_OPTIONS`) and Bun (`BUN_OPTIONS`) load before a program
 * writes one line. What a command line says is no evidence: `bun run` starts Node where a first line asks for it, and
 * `bun --bun run` starts Bun under the name of Node.
 */
export interface Witness {
  env: Record<string, string>;
  /** What was seen until now; `seen` is false where no process could say anything. */
  ran(dirs: readonly string[]): Ran[];
}

const PROGRAM = `
const { isMainThread } = require('node:worker_threads');
if (isMainThread) {
  const { appendFileSync } = require('node:fs');
  const { bun, node } = process.versions;
  const line = { runtime: bun ? 'bun' : 'node', version: bun || node, file: process.argv[1] || null };
  try { appendFileSync(process.env.MIGRATE_WITNESS, JSON.stringify(line) + '\\n'); } catch {}
}
`;

/** A witness that writes into a folder. */
export function witness(folder: string): Witness {
  const [program, log] = [join(folder, 'witness.cjs'), join(folder, 'witness.log')];
  writeFileSync(program, PROGRAM);
  writeFileSync(log, '');
  return {
    env: {
      NODE_OPTIONS: `--require=${JSON.stringify(program)}`,
      BUN_OPTIONS: `--preload=${program}`,
      MIGRATE_WITNESS: log,
    },
    ran: (dirs) => grouped(readFileSync(log, 'utf8'), dirs),
  };
}

function grouped(log: string, dirs: readonly string[]): Ran[] {
  const found = new Map<string, Ran>();
  for (const line of log.split('\n').filter(Boolean)) {
    const { runtime, version, file } = JSON.parse(line) as {
      runtime: string;
      version: string;
      file: string | null;
    };
    const shown = file === null ? null : inside(file, dirs);
    const key = JSON.stringify([runtime, version, shown]);
    const before = found.get(key);
    if (before) before.processes += 1;
    else
      found.set(key, {
        ...{ runtime, version, file: shown, processes: 1 },
        starter: shown !== null && STARTERS.test(shown.split(sep).join('/')),
      });
  }
  return [...found.values()];
}

function inside(file: string, dirs: readonly string[]): string {
  for (const dir of dirs) {
    const path = relative(dir, file);
    if (!path.startsWith('..')) return path.split(sep).join('/');
  }
  return basename(file);
}
