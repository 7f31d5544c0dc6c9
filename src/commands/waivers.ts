import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Waiver } from '../model/waiver.ts';
import { readWaivers } from '../workspace/waivers/read.ts';

const FILE = join('.migrate', 'waivers.yaml');

/** The files that accepted findings are read from: one that is named, or those of this folder and of the new side. */
export function waiverFiles(cwd: string, given: string | undefined, newSide: string): string[] {
  if (given !== undefined) return [resolve(cwd, given)];
  const files = [...new Set([join(cwd, FILE), join(newSide, FILE)])];
  return files.filter((file, i) => i === 0 || realPath(file) !== realPath(files[0] ?? ''));
}

/** @throws MigrateError WAIVERS_INVALID naming the file and the field */
export const waiversOf = (files: readonly string[]): Waiver[] => files.flatMap((file) => readWaivers(file));

const realPath = (file: string): string => (existsSync(file) ? realpathSync(file) : file);
