import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { EnvironmentFile, StartRequest } from '../contract.ts';

/**
 * The environment files that the start script names, as absolute paths in the order they are read. A path that leaves
 * the application's folder is looked up from where the folder really stands. An optional one that is missing is left out.
 */
export function namedEnvFiles({ dir, original, script }: StartRequest): string[] {
  return (script?.envFiles ?? []).flatMap(({ path, optional }) => {
    const inside = resolve(dir, path);
    const leaves = isAbsolute(path) || relative(dir, inside).startsWith('..');
    const file = leaves ? resolve(original ?? dir, path) : inside;
    return optional && !existsSync(file) ? [] : [file];
  });
}

/**
 * What files give an application that its environment does not have already, by name: the last file that sets a name
 * wins, as in Node, Bun and Deno, and none wins over the environment. Values do not leave this function but as digests.
 *
 * @param files absolute, in the order they are read
 * @param env the environment of the process
 */
export function environmentFrom(
  files: readonly string[],
  dir: string,
  env: Readonly<Record<string, string>>,
): EnvironmentFile[] {
  const given = new Map<string, { file: string; digest: string }>();
  const read: string[] = [];
  for (const file of files) {
    if (!existsSync(file)) continue;
    const shown = relative(dir, file).replaceAll('\\', '/');
    read.push(shown);
    for (const [name, value] of assignments(readFileSync(file, 'utf8'))) {
      if (env[name] !== undefined) continue;
      given.set(name, { file: shown, digest: createHash('sha256').update(value).digest('hex') });
    }
  }
  return read.map((file) => ({
    file,
    variables: [...given]
      .filter(([, from]) => from.file === file)
      .map(([name, { digest }]) => ({ name, digest }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}

/**
 * Names and raw values of a dotenv text. Quotes may span lines, and what is inside is a value, whatever it looks like;
 * a quote that is never closed is a character (measured on Node 22.23, Bun 1.4.5 and Deno 2.9.6, 2026-11-28).
 */
function assignments(text: string): [string, string][] {
  const found: [string, string][] = [];
  const line =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*("[^"]*"|'[^']*'|`[^`]*`|[^\n\r]*)[^\n\r]*(?:\r\n|\n|\r|$)|[^\n\r]*(?:\r\n|\n|\r|$)/gmy;
  for (const [whole, name, value] of text.matchAll(line)) {
    if (whole === '') break;
    if (name !== undefined) found.push([name, value ?? '']);
  }
  return found;
}
