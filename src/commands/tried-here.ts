import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '../model/inventory.ts';
import type { Io } from '../report/io.ts';
import { type ScriptProofs, scriptProofs } from '../workspace/evidence/script-comparisons.ts';
import { freshness, readTries, type TryNow } from '../workspace/evidence/tries.ts';
import { openRepository } from '../workspace/repository.ts';

/**
 * What was tried of the application in a folder, held against its files as they are.
 *
 * @returns null where nothing was ever tried
 */
export async function triedHere(root: string): Promise<TryNow | null> {
  const found = readTries(root).at(-1);
  if (!found) return null;
  // Loaded here: most plans are drawn without, and reading every file takes its time.
  const { identityOf } = await import('../workspace/identity.ts');
  return freshness(found, await identityOf(await openRepository(root)));
}

/** What was compared of the scripts in a folder, held against its files as they are; null where nothing was. */
export async function comparedHere(root: string, { scripts }: Inventory): Promise<ScriptProofs | null> {
  if (!existsSync(join(root, '.migrate', 'evidence', 'scripts'))) return null;
  const own = scripts.filter(({ manifest }) => manifest === 'package.json');
  const repository = await openRepository(root);
  return scriptProofs(root, repository, new Map(own.map(({ name, command }) => [name, command])));
}

/** Whether there is a server to start. */
export const canBeTried = ({ frameworks, functions }: Inventory): boolean =>
  frameworks.length > 0 && functions.length === 0;

/**
 * Tries it now, and shows what came of it.
 *
 * @returns null where it does not start as it is today, which is said
 * @throws MigrateError of `makeTry`
 */
export async function tryHere(io: Io, root: string, inventory: Inventory): Promise<TryNow | null> {
  const { DEFAULTS, makeTry } = await import('./actions/try.ts');
  const { printTry } = await import('../report/try.ts');
  const { found, written } = await makeTry(io, root, DEFAULTS, inventory);
  if (!io.json) {
    printTry(io, found, written);
    io.line();
  }
  if (written !== null) return { found, stale: null };
  const [first] = found.ways;
  io.note(`Nothing was tried: ${first?.failed ?? 'there was nothing to ask'}. See migrate try --help.`);
  return null;
}
