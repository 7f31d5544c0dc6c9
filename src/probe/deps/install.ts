import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { guardMark } from '../../runtimes/index.ts';

/** A package to install. `version` is exact where a lockfile or node_modules told it. */
export interface Wanted {
  name: string;
  version: string;
}

export interface Installed {
  /** By name; null where it could not be installed. */
  versions: ReadonlyMap<string, string | null>;
  /** npm's word where one could not be. */
  problems: ReadonlyMap<string, string>;
}

/** Installs packages into a folder of ours, all at once and, where that fails, one after another. */
export async function installDependencies(
  dir: string,
  wanted: readonly Wanted[],
  scripts: boolean,
  signal: AbortSignal,
): Promise<Installed> {
  const manifest = { name: 'probed', private: true, type: 'module', dependencies: {} };
  await writeFile(join(dir, 'package.json'), JSON.stringify(manifest));
  const problems = new Map<string, string>();
  const word = (one: Wanted) => `${one.name}@${one.version}`;
  if ((await npm(dir, wanted.map(word), scripts, signal)) !== null)
    for (const one of wanted) {
      const problem = await npm(dir, [word(one)], scripts, signal);
      if (problem !== null) problems.set(one.name, problem);
    }
  return { versions: new Map(wanted.map(({ name }) => [name, versionIn(dir, name)])), problems };
}

function versionIn(dir: string, name: string): string | null {
  const file = join(dir, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return null;
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version);
}

/** Null where it went through; npm's own word otherwise. */
async function npm(
  dir: string,
  words: readonly string[],
  scripts: boolean,
  signal: AbortSignal,
): Promise<string | null> {
  if (words.length === 0) return null;
  // --force: that peers disagree is for the repository's own install to refuse.
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--force'];
  const args = ['install', ...(scripts ? [] : ['--ignore-scripts']), '--no-package-lock', ...quiet, ...words];
  const ran = await execa('npm', args, {
    ...{ cwd: dir, reject: false, stdin: 'ignore', timeout: 600_000, cancelSignal: signal },
    env: await guardMark(),
  });
  signal.throwIfAborted();
  if (!ran.failed) return null;
  const lines = `${ran.stderr}\n${ran.message ?? ''}`
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim());
  return (
    lines.find((line) => line !== '' && !/^(npm warn|code |errno|syscall)/.test(line)) ??
    'npm ended without a word'
  );
}
