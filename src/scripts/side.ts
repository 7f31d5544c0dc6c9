import { constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isolatedCopy } from '../shadow/index.ts';
import { setField } from '../workspace/manifest-edit.ts';

/** The runtimes a side finds on its PATH. */
export interface Programs {
  node: string;
  bun: string;
}

/** A place where scripts of one side run: a fresh copy for each, with packages of its own. */
export interface SideCopy {
  /** The copy's folder, links resolved. */
  dir: string;
  /** For temporary files of the scripts. */
  temporary: string;
  /** Folders that come first on PATH. */
  bin: string;
  /** What was there before anything ran. */
  reference: string;
  /** Makes the copy anew; the installed packages stay. */
  refresh(): Promise<void>;
}

/**
 * Copies what stands in `reference` for one side. Installed packages are copied, too: scripts write into them.
 *
 * @param scripts texts that package.json's scripts have on this side
 */
export async function sideCopy(
  reference: string,
  into: string,
  programs: Programs,
  scripts: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<SideCopy> {
  await mkdir(into, { recursive: true });
  const root = realpathSync(into);
  const [bin, temporary, modules] = [join(root, 'bin'), join(root, 'temporary'), join(root, 'modules')];
  await mkdir(bin);
  for (const name of ['node', 'bun'] as const) await symlink(programs[name], join(bin, name));
  await symlink(programs.bun, join(bin, 'bunx'));
  const installed = join(reference, 'node_modules');
  const has = existsSync(installed);
  if (has)
    await cp(realpathSync(installed), modules, {
      ...{ recursive: true, verbatimSymlinks: true, preserveTimestamps: true },
      mode: constants.COPYFILE_FICLONE,
    });
  const dir = join(root, 'app');
  const inCopy = join(dir, 'node_modules');
  return {
    ...{ dir, temporary, bin, reference },
    async refresh() {
      signal.throwIfAborted();
      if (has && existsSync(dir)) await rename(inCopy, modules);
      await rm(dir, { recursive: true, force: true });
      await rm(join(root, 'node_modules'), { force: true });
      await rm(temporary, { recursive: true, force: true });
      await mkdir(temporary);
      await isolatedCopy(reference, root, signal);
      if (has) {
        await unlink(inCopy);
        await rename(modules, inCopy);
      }
      const manifest = join(dir, 'package.json');
      let text = readFileSync(manifest, 'utf8');
      for (const [name, command] of scripts) text = setField(text, ['scripts', name], command);
      await writeFile(manifest, text);
    },
  };
}
