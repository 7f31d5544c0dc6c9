import { posix } from 'node:path';
import type { LeftForYou } from '../../../src/model/changeset.ts';
import type { OwnRuntime } from '../state/own-server.ts';

/** What starts a file, and how it is told to: flags that both take. */
const STARTS: Readonly<Record<OwnRuntime, string>> = { bun: 'bun', deno: 'deno run -A' };
const SHARED = /^--(watch|env-file=\S+)$/;

/** An application that listens with its runtime's own server. */
export interface Started {
  runtime: OwnRuntime;
  /** The file that listens, and all of the application's. */
  listens: string;
  files: ReadonlySet<string>;
}

/**
 * The scripts of a package.json that start the application with Node, which has no such server.
 *
 * @param path of the package.json
 * @returns those that start it with its runtime now, and those to look at
 */
export function startScripts(
  text: string,
  path: string,
  all: readonly Started[],
): { scripts: Record<string, string>; left: LeftForYou[] } {
  const scripts: Record<string, string> = {};
  const left: LeftForYou[] = [];
  const own = (JSON.parse(text.replace(/^\uFEFF/, '')) as { scripts?: unknown }).scripts;
  for (const [name, script] of Object.entries(own ?? {})) {
    const words = String(script).split(/\s+/);
    const isStart = /^(start|dev|serve)\b/.test(name);
    const started = all.find(({ listens, files }) =>
      words.some((word) => {
        const file = posix.join(posix.dirname(path), word);
        return file === listens || (isStart && files.has(file));
      }),
    );
    if (started === undefined) continue;
    const at = words.indexOf('node');
    const isPlain =
      at >= 0 &&
      words.slice(0, at).every((word) => /^[A-Za-z_]\w*=[\w./:-]*$|^cross-env$/.test(word)) &&
      words.slice(at + 1, -1).every((word) => SHARED.test(word));
    if (isPlain) {
      scripts[name] = [...words.slice(0, at), STARTS[started.runtime], ...words.slice(at + 1)].join(' ');
      continue;
    }
    const offset = text.indexOf(JSON.stringify(name), text.indexOf('"scripts"'));
    const before = text.slice(0, offset).split('\n');
    left.push({
      ...{ file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
      ...{ codemod: 'express-to-hono', rule: 'entry/own-server' },
      reason: `the script \`${name}\` does not start ${started.listens} with \`${STARTS[started.runtime]}\`, whose server that is now`,
    });
  }
  return { scripts, left };
}

/** Packages with the types of a runtime's own globals. Source: npm, 2026-11. */
export const RUNTIME_TYPES: Readonly<Record<OwnRuntime, readonly [name: string, range: string]>> = {
  bun: ['@types/bun', '^1.3.0'],
  deno: ['@types/deno', '^2.3.0'],
};
