import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { convert, EXPRESS, isRefused, NOTHING_CONVERTED, type Trial } from './convert.ts';
import type { Application } from './list.ts';
import { ENTRY, STATE, writeStart } from './start.ts';

/** Both trees of an application in scratch, installed: as it was, and as the codemod left it. */
export interface Prepared {
  original: string;
  converted: string;
  /** False where it is told that no route is known, so that no requests can be made up. */
  hasRoutes: boolean;
}

/** Not written by the authors, or not run by the server. */
const NOT_COUNTED = /(^|\/)(node_modules|public|static|dist|vendor)\/|\.min\.[cm]?js$|\.d\.ts$/;
/** Stands where the original is installed and set up. */
const INSTALLED = 'installed';

/** The commit of an application in `clones`, fetched from GitHub when it is not there. */
export async function clone(
  { repository, commit }: Pick<Application, 'repository' | 'commit'>,
  clones: string,
): Promise<string> {
  const folder = join(clones, repository.replace('/', '+'));
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    const url = `https://github.com/${repository}.git`;
    try {
      await execa('git', ['init', '--quiet'], { cwd: folder });
      await execa('git', ['fetch', '--quiet', '--depth=1', url, commit], { cwd: folder });
    } catch (error) {
      // An empty clone would be taken for a whole one the next time.
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }
  return folder;
}

/** Writes the files of an application, as they are at its commit, to a folder. */
export async function extract(
  from: string,
  {
    commit,
    folder,
    without = [],
  }: Pick<Application, 'commit' | 'folder'> & Partial<Pick<Application, 'without'>>,
  into: string,
): Promise<void> {
  mkdirSync(into, { recursive: true });
  const archive = `${into}.tar`;
  const inside = folder === '.' ? commit : `${commit}:${folder}`;
  await execa(
    'git',
    [
      'archive',
      '--format=tar',
      `--output=${archive}`,
      inside,
      '--',
      '.',
      ...without.map((path) => `:!${path}`),
    ],
    { cwd: from },
  );
  await execa('tar', ['-xf', archive, '-C', into]);
  rmSync(archive);
}

const npmInstall = (cwd: string, packages: readonly string[] = []) =>
  execa('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline', ...packages], {
    cwd,
  });

/** Installs what a package.json asks for, in a copy as it was and in one that the codemod changed. */
export async function prepare(
  app: Application,
  {
    clones,
    scratch,
    cli,
    inPlace,
    trial = EXPRESS,
  }: { clones: string; scratch: string; cli: string; inPlace: boolean; trial?: Trial },
): Promise<Prepared> {
  const from = await clone(app, clones);
  const trees = { original: join(scratch, 'original'), converted: join(scratch, 'converted') };
  const extra = app.also.length === 0 ? [] : ['--no-save', ...app.also];
  // A scratch folder that was given keeps what is installed from one run to the next.
  if (!existsSync(join(scratch, INSTALLED))) {
    rmSync(trees.original, { recursive: true, force: true });
    await extract(from, app, trees.original);
    for (const [name, release] of Object.entries(app.instead))
      await execa('npm', ['pkg', 'set', `dependencies.${name}=${release}`], { cwd: trees.original });
    const run = async (programs: Application['setup']) => {
      for (const [program = 'npm', ...args] of programs) await execa(program, args, { cwd: trees.original });
    };
    await run(app.before);
    await npmInstall(trees.original, extra);
    await run(app.setup);
    writeFileSync(join(scratch, INSTALLED), '');
  }
  rmSync(trees.converted, { recursive: true, force: true });
  // Of an earlier run: neither counted nor converted.
  for (const own of [ENTRY, STATE]) rmSync(join(trees.original, own), { force: true });
  cpSync(trees.original, trees.converted, { recursive: true, verbatimSymlinks: true });
  const conversion = await convert(trees.converted, 'node', {
    ...{ cli, trial },
    more: ['--no-typecheck', '--write', '--allow-dirty', ...(inPlace ? ['--in-place'] : [])],
  });
  if (isRefused(conversion)) throw new Error(NOTHING_CONVERTED);
  await npmInstall(trees.converted, extra);
  for (const folder of Object.values(trees)) writeStart(app, folder);
  const { routes } = conversion;
  return { ...trees, hasRoutes: routes === null || Object.values(routes).some((count) => count > 0) };
}

/** A copy of a tree to be started in: what it writes, and what makes its data, changes nothing of the tree. */
export function copyToStart(tree: string, into: string): string {
  const dir = join(into, 'app');
  rmSync(dir, { recursive: true, force: true });
  cpSync(tree, dir, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => from !== join(tree, 'node_modules'),
  });
  symlinkSync(join(tree, 'node_modules'), join(dir, 'node_modules'), 'junction');
  return dir;
}

/** Lines of source that the authors wrote. */
export function linesIn(root: string, under = ''): number {
  let lines = 0;
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (NOT_COUNTED.test(entry.isDirectory() ? `${path}/` : path) || entry.name === '.git') continue;
    if (entry.isDirectory()) lines += linesIn(root, path);
    else if (/\.[cm]?[jt]sx?$/.test(path))
      lines += readFileSync(join(root, path), 'utf8').split('\n').length - 1;
  }
  return lines;
}
