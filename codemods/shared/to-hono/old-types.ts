import { dirname, posix } from 'node:path';
import minVersion from 'semver/ranges/min-version.js';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { LeftForYou } from '../../../src/model/changeset.ts';

/** The first releases that read what is written: Hono's types (`const` type parameters), and the Web's types in Node's. */
const FIRST: readonly { name: string; major: number; why: string }[] = [
  { name: 'typescript', major: 5, why: "Hono's types need TypeScript 5.0 or later" },
  { name: '@types/node', major: 18, why: "the Web's `Request` and `Response` need @types/node 18 or later" },
];

/**
 * What a TypeScript project must raise before it compiles again: an older compiler does not read Hono's types at all, and
 * writes broken JavaScript of `a ?? b`.
 *
 * @param path the project's package.json
 * @param codemod which codemod says so
 */
export async function oldTypes(input: CodemodInput, path: string, codemod: string): Promise<LeftForYou[]> {
  const text = await input.read(path);
  if (text === null) return [];
  const json = JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, Record<string, string> | undefined>;
  const found: LeftForYou[] = [];
  for (const { name, major, why } of FIRST) {
    const range = json.devDependencies?.[name] ?? json.dependencies?.[name];
    const version = range === undefined ? null : ((await installed(input, path, name)) ?? lowest(range));
    const own = version === null ? major : (minVersion(version)?.major ?? major);
    if (own >= major) continue;
    const before = text.slice(0, text.indexOf(`"${name}"`)).split('\n');
    found.push({
      ...{ file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
      ...{ codemod, rule: 'types/old' },
      reason: `${why}; here it is ${version}: raise it, or the project does not compile`,
    });
  }
  return found;
}

async function installed(input: CodemodInput, path: string, name: string): Promise<string | null> {
  const text = await input.read(posix.join(dirname(path), 'node_modules', name, 'package.json'));
  return text === null ? null : ((JSON.parse(text) as { version?: string }).version ?? null);
}

function lowest(range: string): string | null {
  try {
    return minVersion(range)?.version ?? null;
  } catch {
    return null;
  }
}
