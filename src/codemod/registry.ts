import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { Codemod } from './contract.ts';

/** The shipped codemods: `codemods/` beside `src/`, in the sources as in `dist`. */
export const CODEMODS = new URL('../../codemods/', import.meta.url);

/** Whether a codemod's name is a path to somebody's transform: `./x.js`, `/x.ts`, `transforms/x.cjs`. */
export const isTransformPath = (name: string): boolean => /[\\/]/.test(name) || /\.[cm]?[jt]sx?$/.test(name);

/** Ids of the codemods in a folder, in alphabetical order. */
export async function codemodIds(folder: URL = CODEMODS): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { withFileTypes: true });
  return found
    .filter((entry) => entry.isDirectory() && indexOf(folder, entry.name) !== null)
    .map((entry) => entry.name)
    .sort();
}

/**
 * Loads one codemod.
 *
 * @throws MigrateError (exit 2) `NO_SUCH_CODEMOD`, naming the ones there are
 */
export async function loadCodemod(id: string, folder: URL = CODEMODS): Promise<Codemod> {
  const ids = await codemodIds(folder);
  const index = ids.includes(id) ? indexOf(folder, id) : null;
  if (!index) {
    throw new MigrateError('NO_SUCH_CODEMOD', `There is no codemod ${id}.`, {
      hint:
        ids.length > 0
          ? `There are: ${ids.join(', ')}. A jscodeshift transform of your own is named by its path, ./transform.js.`
          : 'A jscodeshift transform of your own is named by its path, ./transform.js.',
      exitCode: ExitCode.usage,
    });
  }
  const codemod: Codemod = (await import(index.href)).default;
  if (codemod?.id !== id || typeof codemod.run !== 'function') {
    throw new Error(`codemods/${id} must export a codemod with the id ${id} as default`);
  }
  return codemod;
}

/** Loads every codemod. */
export async function loadCodemods(folder: URL = CODEMODS): Promise<Codemod[]> {
  return Promise.all((await codemodIds(folder)).map((id) => loadCodemod(id, folder)));
}

/** The README of a codemod: what it changes, what it leaves, its limits. */
export async function codemodReadme(id: string, folder: URL = CODEMODS): Promise<string | null> {
  const file = new URL(`${id}/README.md`, folder);
  return existsSync(file) ? readFile(file, 'utf8') : null;
}

function indexOf(folder: URL, id: string): URL | null {
  const candidates = ['index.ts', 'index.js'].map((name) => new URL(`${id}/${name}`, folder));
  return candidates.find((file) => existsSync(file)) ?? null;
}
