import { dirname, posix } from 'node:path';
import { parse } from 'jsonc-parser';
import lt from 'semver/functions/lt.js';
import minVersion from 'semver/ranges/min-version.js';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { LeftForYou } from '../../../src/model/changeset.ts';
import { placeIn } from '../edit/place-in.ts';

/** The first releases that read what is written: Hono's types (`const` type parameters), and the Web's types in Node's. */
const FIRST: readonly { name: string; least: string; why: string }[] = [
  { name: 'typescript', least: '5.0.0', why: "Hono's types need TypeScript 5.0 or later" },
  {
    name: '@types/node',
    least: '18.0.0',
    why: "the Web's `Request` and `Response` need @types/node 18 or later",
  },
];
/** The first release that reads all of Hono's types, which is asked for where the types of packages are checked, too. */
const CHECKED = '5.7.0';

/**
 * What a TypeScript project must raise before it compiles again: an older compiler does not read Hono's types at all, and
 * writes broken JavaScript of `a ?? b`. Measured with Hono 4.13 and @hono/node-server 2.1: TypeScript 4.2 to 4.9 find errors in
 * their syntax, 5.0 to 5.6 where `skipLibCheck` is off, every release where it is off and `lib` has no `dom`.
 *
 * @param path the project's package.json
 * @param codemod which codemod says so
 */
export async function oldTypes(input: CodemodInput, path: string, codemod: string): Promise<LeftForYou[]> {
  const text = await input.read(path);
  if (text === null) return [];
  const json = JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, Record<string, string> | undefined>;
  const found: LeftForYou[] = [];
  for (const { name, least, why } of FIRST) {
    const range = json.devDependencies?.[name] ?? json.dependencies?.[name];
    const version = range === undefined ? null : ((await installed(input, path, name)) ?? lowest(range));
    const own = version === null ? null : minVersion(version);
    if (own === null) continue;
    const said = lt(own, least)
      ? `${why}; here it is ${version}: raise it, or the project does not compile`
      : name === 'typescript'
        ? await unchecked(input, path, lt(own, CHECKED))
        : null;
    if (said !== null)
      found.push({ ...placeIn(text, `"${name}"`, path), ...{ codemod, rule: 'types/old', reason: said } });
  }
  return found;
}

/** What is against Hono's types where the types of packages are checked, too; null where it is not, or not all in one file. */
async function unchecked(input: CodemodInput, path: string, isOlder: boolean): Promise<string | null> {
  const text = await input.read(posix.join(dirname(path), 'tsconfig.json'));
  const { extends: above, compilerOptions: own = {} } =
    (text === null ? null : parse(text, [], { allowTrailingComma: true })) ?? {};
  if (text === null || above !== undefined || own.skipLibCheck === true) return null;
  const names: string[] = Array.isArray(own.lib) ? own.lib : ['dom'];
  const lacks = isOlder
    ? 'TypeScript 5.7 or later'
    : names.some((each) => each.toLowerCase() === 'dom')
      ? null
      : '`dom` in `lib`';
  return (
    lacks && `Hono's types need ${lacks}, or \`skipLibCheck\` in tsconfig.json: tsc finds errors in them`
  );
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
