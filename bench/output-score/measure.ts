import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import expressToHono from '../../codemods/express-to-hono/index.ts';
import { runOnTree } from '../../src/codemod/cases.ts';
import { runCodemod } from '../../src/codemod/runner.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { SOURCE_FILE } from '../../src/workspace/syntax/parse.ts';
import type { CoverageCase } from '../express-coverage/cases.ts';
import { type Score, scoreOf, type Tree } from './score.ts';

export const PARITIES = ['wire', 'idiomatic'] as const;
export type Parity = (typeof PARITIES)[number];

/** Converts a program in a folder and measures the result. Nothing is written. */
export async function measureFolder(folder: string, parity: Parity): Promise<Score> {
  const repository = await openRepository(folder, { packageJson: 'optional' });
  const changes = await runCodemod(expressToHono, {
    ...{ repository, paths: repository.files, options: { parity } },
    signal: new AbortController().signal,
  });
  return scoreOf(repository.root, await readFolder(folder), changes);
}

/** The sources and package.json files of a folder. */
export async function readFolder(folder: string): Promise<Tree> {
  const { files, root } = await openRepository(folder, { packageJson: 'optional' });
  const read = files.filter((path) => SOURCE_FILE.test(path) || /\.json$|(^|\/)bin\//.test(path));
  return new Map(read.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Converts a case of the coverage and measures the result. */
export async function measureCase(one: CoverageCase, parity: Parity): Promise<Score> {
  const { changeSet } = await runOnTree(expressToHono, one.files, { parity });
  return scoreOf(join('/', 'case'), one.files, changeSet);
}
