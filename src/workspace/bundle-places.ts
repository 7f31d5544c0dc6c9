import { posix } from 'node:path';
import { isTestFile } from './express/analyze.ts';
import { resolveBindings } from './syntax/bindings.ts';
import { child, field } from './syntax/nodes.ts';
import { type ParsedFile, parseFile } from './syntax/parse.ts';
import { findAll } from './syntax/walk.ts';
import { isSource } from './text.ts';

/**
 * What stands in a Worker for the place of a module, by the expression that asks for it: a Worker is one bundle, and
 * knows no place of its own (`import.meta` is empty before compatibility date 2026-11-17; measured 2026-11-23 with
 * workerd 2026-11-17). For the `define` of a Wrangler file.
 *
 * @param home path of the file that makes the application: everything asks from there
 * @returns only what a file asks for that is no test
 */
export async function placesInBundle(
  { paths, read }: { paths: readonly string[]; read(path: string): Promise<string | null> },
  home: string,
): Promise<Record<string, string>> {
  const asked = new Set<string>();
  for (const file of paths.filter((each) => isSource(each) && !isTestFile(each))) {
    const text = (await read(file)) ?? '';
    if (/__(?:dir|file)name|import\.meta/.test(text))
      for (const name of placesAsked(file, text)) asked.add(name);
  }
  const path = posix.join('/bundle', home);
  const places = {
    __dirname: posix.dirname(path),
    __filename: path,
    'import.meta.url': `file://${encodeURI(path)}`,
    'import.meta.dirname': posix.dirname(path),
    'import.meta.filename': path,
  };
  return Object.fromEntries(
    Object.entries(places).flatMap(([name, place]) =>
      asked.has(name) ? [[name, `'${place.replaceAll("'", "\\'")}'`]] : [],
    ),
  );
}

function placesAsked(path: string, text: string): string[] {
  let file: ParsedFile;
  try {
    file = parseFile(path, text);
  } catch {
    // A file that no parser takes is in no bundle.
    return [];
  }
  const members = findAll(file.program, 'MemberExpression').filter(
    (member) => child(member, 'object')?.type === 'MetaProperty',
  );
  return [
    ...resolveBindings(file).globals.map(({ node }) => field(node, 'name')),
    ...members.map(({ start, end }) => text.slice(start, end).replace(/\s+/g, '')),
  ];
}
