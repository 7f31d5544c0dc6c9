import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const CACHE = join(process.env.MIGRATE_CACHE ?? join(tmpdir(), 'migrate-cache'), 'fixture-modules');
const INSTALL = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];

/**
 * Gives a folder the packages that its package.json asks for, by its lock file where it has one. Each list of them is
 * installed once, for all tests and all runs of them, and linked: nothing may write into a package.
 */
export async function linkPackages(folder: string): Promise<void> {
  const target = join(folder, 'node_modules');
  await rm(target, { recursive: true, force: true });
  // Not one link for all: to git it would be a file, which `node_modules/` in .gitignore is not about.
  await mkdir(target);
  const from = await installed(folder);
  for (const name of await readdir(from)) await symlink(join(from, name), join(target, name));
}

async function installed(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, overrides } = manifest;
  const text = JSON.stringify({ dependencies, devDependencies, overrides });
  const lock = join(folder, 'package-lock.json');
  const locked = existsSync(lock) ? await readFile(lock, 'utf8') : '';
  const hash = createHash('sha256').update(text).update(locked).digest('hex');
  const home = join(CACHE, hash.slice(0, 16));
  const modules = join(home, 'node_modules');
  if (existsSync(modules)) return modules;
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(`${home}-`);
  await writeFile(join(fresh, 'package.json'), text);
  if (locked !== '') await copyFile(lock, join(fresh, 'package-lock.json'));
  await execa('npm', INSTALL, { cwd: fresh });
  await mkdir(join(fresh, 'node_modules'), { recursive: true });
  // Another process may have been faster.
  await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }));
  return modules;
}
