import { constants } from 'node:fs';
import { copyFile, mkdir, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import type { StateProof } from '../../model/effects.ts';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import { guardMark } from '../../runtimes/index.ts';
import { digestOf, type Snapshot, snapshot } from '../effects/files.ts';

/** The state each side begins with: a folder laid over the application's own, or a program run in it. */
export type GivenState = { folder: string } | { command: readonly [string, ...string[]] };

/** A seeding program may take this long, ms. */
const COMMAND_MS = 300_000;

/**
 * Puts the state into a side's copy, before the side starts.
 *
 * @param copy the side's own folder
 * @returns the state's files as they stand there now
 * @throws MigrateError NO_SUCH_FOLDER, STATE_COMMAND_FAILED (exit code 3)
 */
export async function putState(
  given: GivenState,
  copy: string,
  cwd: string,
  signal?: AbortSignal,
): Promise<Snapshot> {
  if ('command' in given) {
    const before = await snapshot(copy);
    await runCommand('--state-command', given.command, copy, signal);
    const after = await snapshot(copy, before);
    return only(after, (path) => before.get(path)?.sha256 !== after.get(path)?.sha256);
  }
  const from = resolve(cwd, given.folder);
  if (!(await stat(from).catch(() => null))?.isDirectory())
    throw new MigrateError('NO_SUCH_FOLDER', `--state: there is no folder ${given.folder}.`);
  const files = await snapshot(from);
  for (const [path, { mtimeMs }] of files) {
    signal?.throwIfAborted();
    const target = join(copy, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, path), target, constants.COPYFILE_FICLONE);
    await utimes(target, mtimeMs / 1000, mtimeMs / 1000);
  }
  const there = await snapshot(copy);
  return only(there, (path) => files.has(path));
}

const only = (files: Snapshot, keep: (path: string) => boolean): Snapshot =>
  new Map([...files].filter(([path]) => keep(path)));

/**
 * Runs a program that a flag names, without a shell; packages' own programs are found.
 *
 * @throws MigrateError STATE_COMMAND_FAILED (exit code 3) with its first error and its last lines
 */
export async function runCommand(
  flag: string,
  command: readonly [string, ...string[]],
  cwd: string,
  signal?: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const [program, ...args] = command;
  const result = await execa(program, args, {
    ...{
      cwd,
      env: { ...env, ...(await guardMark()) },
      reject: false,
      all: true,
      stdin: 'ignore',
      timeout: COMMAND_MS,
      maxBuffer: 1024 * 1024,
      preferLocal: true,
    },
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (!result.failed) return;
  const how = result.timedOut
    ? `no end within ${COMMAND_MS} ms`
    : result.exitCode === undefined
      ? (result.code ?? 'not started')
      : `exit code ${result.exitCode}`;
  const lines = String(result.all ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  // A program that fails may say why, and then where, and which release it is.
  const named = lines.findIndex((line) => /^\s*[\w.]*error\b[^(]*:/i.test(line));
  const why = named < 0 ? lines.findIndex((line) => /\berror\b/i.test(line)) : named;
  const last = lines.filter((_, i) => i === why || i >= lines.length - 3).join(' | ');
  throw new MigrateError('STATE_COMMAND_FAILED', `${flag}: ${shownCommand(command)}: ${how}.`, {
    exitCode: ExitCode.precondition,
    ...(last !== '' && { hint: last }),
  });
}

/** Whether all sides began with the same. */
export function proveState(
  given: GivenState,
  states: ReadonlyMap<'old' | 'again' | 'new', Snapshot>,
): StateProof {
  const of = (name: 'old' | 'again' | 'new') => states.get(name) ?? new Map();
  const [old, again, next] = [of('old'), of('again'), of('new')];
  const paths = [...new Set([...old.keys(), ...again.keys(), ...next.keys()])].sort();
  const differs = paths.find((path) =>
    [again, next].some((other) => other.get(path)?.sha256 !== old.get(path)?.sha256),
  );
  return {
    source: 'command' in given ? shownCommand(given.command) : given.folder,
    files: old.size,
    ...{ old: digestOf(old), again: digestOf(again), new: digestOf(next), differs: differs ?? null },
  };
}

/** A command as it may stand in a report: without passwords in addresses, and without values of options named like secrets. */
const shownCommand = (command: readonly string[]): string =>
  command
    .join(' ')
    .replace(/\/\/[^/\s:@]+:[^/\s@]+@/g, '//…@')
    .replace(/((?:pass|secret|token|key|auth)[\w-]*[= ])\S+/gi, '$1…');

/**
 * Splits a command into program and arguments, as a shell does with quotes and nothing else: no variables, no pipes.
 *
 * @throws MigrateError USAGE (exit code 2)
 */
export function splitCommand(text: string, flag = '--state-command'): [string, ...string[]] {
  const words: string[] = [];
  const pattern = /\s*((?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)/gy;
  let end = 0;
  for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
    words.push(unquoted(hit[1] ?? ''));
    end = pattern.lastIndex;
  }
  const [program, ...args] = words;
  if (program !== undefined && text.slice(end).trim() === '') return [program, ...args];
  throw new MigrateError('USAGE', `${flag} is a program and its arguments, not "${text}".`, {
    exitCode: ExitCode.usage,
  });
}

const unquoted = (word: string): string =>
  word.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
    (_, double?: string, single?: string, escaped?: string) =>
      double !== undefined ? double.replace(/\\(.)/g, '$1') : (single ?? escaped ?? ''),
  );
