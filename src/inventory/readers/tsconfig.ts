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
export type CompilerOptions = (file: string, name: string) => Promise<unknown>;

/** Reads compiler options of a repository; each configuration is read once. */
export function compilerOptions(repository: Repository): CompilerOptions {
  const read = new Map<string, Promise<Record<string, unknown> | null>>();
  const configAt = (path: string): Promise<Record<string, unknown> | null> => {
    const config =
      read.get(path) ??
      (async () => {
        const text = repository.has(path) ? await repository.read(path) : null;
        return text === null ? null : parseConfig(text);
      })();
    read.set(path, config);
    return config;
  };
  return async (file, name) => {
    let folder = posix.dirname(file);
    while (!repository.has(posix.join(folder, 'tsconfig.json'))) {
      if (folder === '.') return undefined;
      folder = posix.dirname(folder);
    }
    let path = posix.join(folder, 'tsconfig.json');
    for (let depth = 0; depth < DEEPEST; depth++) {
      const config = await configAt(path);
      if (config === null) return undefined;
      const { compilerOptions: own, extends: base } = config;
      if (isRecord(own) && name in own) return own[name];
      const next = [base]
        .flat()
        .findLast((each): each is string => typeof each === 'string' && each.startsWith('.'));
      if (next === undefined) return undefined;
      const named = posix.join(posix.dirname(path), next);
      path = repository.has(named) ? named : `${named}.json`;
    }
    return undefined;
  };
}
