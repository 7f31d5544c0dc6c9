import lt from 'semver/functions/lt.js';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { LeftForYou } from '../../../src/model/changeset.ts';
import { placeIn } from '../edit/place-in.ts';
import { packageRelease } from './package-release.ts';

/** Before it Jest knows no module by a name with `node:`; `moduleNameMapper` is of no help, as it takes `events` for a file. */
const KNOWS_PREFIX = '27.0.0';
/** Before it Jest reads no `exports` of a package. */
const READS_EXPORTS = '28.0.0';

/** Whether a project's tests run on a Jest that finds Node's modules by their names without `node:` alone. */
export async function isWithoutPrefix(input: CodemodInput, path: string): Promise<boolean> {
  const release = await packageRelease(input, path, 'jest');
  return release !== null && lt(release, KNOWS_PREFIX);
}

/**
 * What tests cannot load of what is written, where they run on an old Jest.
 *
 * @param path the project's package.json
 * @param loaded modules of packages that the output loads: `hono`, `hono/cors`
 */
export async function oldJest(
  input: CodemodInput,
  path: string,
  codemod: string,
  loaded: Iterable<string>,
): Promise<LeftForYou[]> {
  const release = await packageRelease(input, path, 'jest');
  const lost = [...new Set(loaded)].filter((name) => /^(?:@hono\/node-server$|hono\/)/.test(name)).sort();
  if (release === null || !lt(release, READS_EXPORTS) || lost.length === 0) return [];
  const names = lost.map((name) => `\`${name}\``).join(', ');
  const reason = `Jest ${release} reads no \`exports\` of packages: tests that load ${names} fail until it is 28 or later`;
  const text = (await input.read(path)) ?? '';
  return [{ ...placeIn(text, '"jest"', path), codemod, rule: 'tests/old', reason }];
}
