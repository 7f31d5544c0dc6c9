import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { execa } from 'execa';
import type { ChangeSet, TypeCheck, TypeMessage } from '../../model/changeset.ts';
import { MigrateError } from '../../model/errors.ts';
import { guardMark } from '../../runtimes/index.ts';
import type { Repository } from '../../workspace/repository.ts';
import { fetchPackages, newPackages, overlay } from './overlay.ts';

const TYPESCRIPT = /\.[cm]?tsx?$/;

/** tsc over a large project takes minutes; beyond this nothing is said but that. */
const PATIENCE_MS = 180_000;

/**
 * The project's own type check, its installed `tsc` and its tsconfig.json, on a scratch copy with the change set and,
 * where that has errors, without it: what is new is the change set's. Nothing is written in the repository. Packages the
 * change set adds are fetched into the cache for it.
 *
 * @returns null when no TypeScript is touched
 * @throws the signal's reason
 */
export async function checkTypes(
  repository: Repository,
  changeSet: ChangeSet,
  { signal, progress }: { signal: AbortSignal; progress(text: string): void },
): Promise<TypeCheck | null> {
  const touched = changeSet.files.filter(
    ({ path, oldText, newText }) => oldText !== newText && TYPESCRIPT.test(path),
  );
  if (touched.length === 0) return null;
  const not = (reason: string): TypeCheck => ({ checked: false, reason, errors: [] });
  const configs = new Set(touched.map(({ path }) => configOf(repository, path)));
  const [config] = configs;
  if (config === undefined || config === null) return not('there is no tsconfig.json above what changes');
  if (configs.size > 1) return not('what changes is under several tsconfig.json files');
  const compiler = compilerOf(repository, config);
  if (compiler === null) return not('typescript is not installed here');
  const scratch: string[] = [];
  try {
    progress('fetching the types of the new dependencies');
    const extra = await fetchPackages(newPackages(repository, changeSet), signal);
    const errorsOf = async (side: 'oldText' | 'newText') => {
      const folder = await overlay(repository, changeSet, side, extra);
      scratch.push(folder);
      return run(compiler, folder, config, signal);
    };
    progress('checking types after the change');
    const after = await errorsOf('newText');
    if (typeof after === 'string') return not(after);
    progress('checking types before the change');
    const before = after.length === 0 ? [] : await errorsOf('oldText');
    if (typeof before === 'string') return not(before);
    return { checked: true, config, errors: newErrors(before, after) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof MigrateError) return not(error.message);
    throw error;
  } finally {
    for (const folder of scratch) await rm(folder, { recursive: true, force: true });
  }
}

/** The nearest tsconfig.json at or above a file's folder. */
function configOf({ has }: Repository, path: string): string | null {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const config = posix.join(folder, 'tsconfig.json');
    if (has(config)) return config;
    if (folder === '.' || folder === '/') return null;
  }
}

/** The compiler that node_modules at or above the configuration holds. */
function compilerOf({ root }: Repository, config: string): string | null {
  for (let folder = posix.dirname(config); ; folder = posix.dirname(folder)) {
    const home = join(root, folder, 'node_modules', 'typescript');
    if (existsSync(join(home, 'package.json'))) {
      const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
        bin?: { tsc?: string };
      };
      return join(home, bin?.tsc ?? 'bin/tsc');
    }
    if (folder === '.' || folder === '/') return null;
  }
}

/** Errors of one run, or why there was none. */
async function run(
  compiler: string,
  folder: string,
  config: string,
  signal: AbortSignal,
): Promise<TypeMessage[] | string> {
  const flags = ['--noEmit', '--pretty', 'false', '--incremental', 'false', '--composite', 'false'];
  const { stdout, stderr, exitCode, timedOut } = await execa(
    process.execPath,
    [compiler, '-p', join(folder, config), ...flags],
    {
      cwd: folder,
      env: await guardMark(),
      reject: false,
      stdin: 'ignore',
      timeout: PATIENCE_MS,
      cancelSignal: signal,
    },
  );
  signal.throwIfAborted();
  if (timedOut) return `tsc took longer than ${PATIENCE_MS / 1000} seconds`;
  const errors = stdout.split('\n').flatMap((line): TypeMessage[] => {
    const [, file = '', row, column, code = '', message = ''] =
      /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(line) ?? [];
    return row === undefined ? [] : [{ file, line: Number(row), column: Number(column), code, message }];
  });
  const general = /^error (TS\d+: .*)$/m.exec(stdout)?.[1];
  if (general !== undefined) return `tsc itself failed: ${general}`;
  if (exitCode !== 0 && errors.length === 0)
    return `tsc itself failed: ${(stderr || stdout).trim().split('\n')[0] ?? ''}`;
  return errors;
}

/** Errors after that were not there before; lines may have moved. */
function newErrors(before: readonly TypeMessage[], after: readonly TypeMessage[]): TypeMessage[] {
  const key = ({ file, code, message }: TypeMessage) => [file, code, message].join('\n');
  const known = new Map<string, number>();
  for (const error of before) known.set(key(error), (known.get(key(error)) ?? 0) + 1);
  return after.filter((error) => {
    const left = known.get(key(error)) ?? 0;
    known.set(key(error), left - 1);
    return left <= 0;
  });
}
