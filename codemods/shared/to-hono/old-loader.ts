import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { LeftForYou } from '../../../src/model/changeset.ts';
import { placeIn } from '../edit/place-in.ts';
import { packageRelease } from './package-release.ts';

/**
 * Whether a project loads its modules by the package `esm`: measured with 3.2, whose parser stops at `??` and `?.`, which Hono and
 * what is written out have.
 *
 * @param path the project's package.json
 * @param codemod which codemod says so
 */
export async function oldLoader(input: CodemodInput, path: string, codemod: string): Promise<LeftForYou[]> {
  if ((await packageRelease(input, path, 'esm')) === null) return [];
  const reason =
    'the package `esm` reads no `??` and no `?.`, which Hono has: what it loads does not start. Node reads modules itself, by `"type": "module"`';
  const text = (await input.read(path)) ?? '';
  return [{ ...placeIn(text, '"esm"', path), codemod, rule: 'loader/old', reason }];
}
