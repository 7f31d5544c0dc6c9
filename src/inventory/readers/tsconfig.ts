import { posix } from 'node:path';
import type { Repository } from '../../workspace/repository.ts';
import { isRecord } from '../manifests.ts';
import { parseConfig } from './json.ts';

/** Configurations that one takes over from others, one after another, at most. */
const DEEPEST = 8;

/**
 * A compiler option as the nearest `tsconfig.json` above a file has it, with what that extends by a relative path; undefined
 * where none says it. Packages that are extended are not read.
 *
 * @param file relative to the root
 */
export async function compilerOption(repository: Repository, file: string, name: string): Promise<unknown> {
  let folder = posix.dirname(file);
  while (!repository.has(posix.join(folder, 'tsconfig.json'))) {
    if (folder === '.') return undefined;
    folder = posix.dirname(folder);
  }
  let config = posix.join(folder, 'tsconfig.json');
  for (let depth = 0; depth < DEEPEST; depth++) {
    const text = repository.has(config) ? await repository.read(config) : null;
    if (text === null) return undefined;
    const { compilerOptions, extends: base } = parseConfig(text);
    if (isRecord(compilerOptions) && name in compilerOptions) return compilerOptions[name];
    const next = [base]
      .flat()
      .findLast((each): each is string => typeof each === 'string' && each.startsWith('.'));
    if (next === undefined) return undefined;
    const named = posix.join(posix.dirname(config), next);
    config = repository.has(named) ? named : `${named}.json`;
  }
  return undefined;
}
