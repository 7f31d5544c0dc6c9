import lt from 'semver/functions/lt.js';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { LeftForYou } from '../../../src/model/changeset.ts';
import { placeIn } from '../edit/place-in.ts';
import { packageRelease } from './package-release.ts';

/** The first Jest whose tests have the Web's `Request` and `Response`, and that reads `exports` of packages. */
const FIRST = '28.0.0';

/**
 * Whether a project's own tests can load Hono at all: measured with Jest 26, which has neither `Response` nor modules by names
 * with `node:`, and finds no `hono/cors` and no `@hono/node-server`.
 *
 * @param path the project's package.json
 * @param codemod which codemod says so
 */
export async function oldJest(input: CodemodInput, path: string, codemod: string): Promise<LeftForYou[]> {
  const release = await packageRelease(input, path, 'jest');
  if (release === null || !lt(release, FIRST)) return [];
  const reason = `Hono needs the Web's \`Request\` and \`Response\`, which tests have from Jest 28 on; here it is ${release}: raise it, or tests that load what is converted fail`;
  const text = (await input.read(path)) ?? '';
  return [{ ...placeIn(text, '"jest"', path), codemod, rule: 'tests/old', reason }];
}
