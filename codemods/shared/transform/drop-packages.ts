import { dirname, posix } from 'node:path';
import jscodeshift from 'jscodeshift';
import { removeDependency } from '../../../src/workspace/manifest-edit.ts';
import { isSource, position, smallestReplacement } from '../../../src/workspace/text.ts';
import type { Changed } from './changed.ts';
import { openSource } from './source.ts';
import { type Manifest, readManifest } from './surroundings.ts';

/** Texts beside the sources that may name a package: configuration, scripts, images and workflows. */
const SETTINGS =
  /(?:\.(?:json[c5]?|ya?ml|toml|sh|d\.[cm]?ts)|(?:^|\/)(?:Dockerfile[^/]*|Procfile|Makefile|\.[^/]*rc))$/;
const NOT_READ = /(?:^|\/)(?:package-lock|npm-shrinkwrap|pnpm-lock|bun)\.(?:json|ya?ml|lock)$/;

/**
 * Takes packages out of each package.json under which the change touched a file, where nothing names them any more; their
 * types go with them. Where something does, it is told why the package stays.
 */
export async function dropPackages(changed: Changed, packages: readonly string[]): Promise<void> {
  const { input, id, output } = changed;
  const touched = new Map<string, Manifest>();
  for (const path of changed.after.keys()) {
    const manifest = await changed.manifestOf(path);
    if (manifest !== null) touched.set(manifest.path, manifest);
  }
  for (const manifest of touched.values()) {
    const { path } = manifest;
    let text =
      changed.prepared?.rewrite(manifest, manifest.text, new Set(changed.after.keys())) ?? manifest.text;
    for (const gone of changed.prepared?.deleted?.(manifest) ?? []) {
      changed.after.set(gone, '');
      output.deleted.push(gone);
    }
    const { scripts } = readManifest(path, text) ?? manifest;
    for (const name of packages.filter((each) => manifest.ranges[each] !== undefined)) {
      const use = await useOf(name, { path, scripts }, changed);
      if (use === null) {
        text = removeDependency(removeDependency(text, name), `@types/${name}`);
        continue;
      }
      const at = manifest.text.search(new RegExp(`"${name}"\\s*:`));
      output.leftForYou.push({
        ...{ file: manifest.path, ...position(manifest.text, Math.max(0, at)) },
        ...{ codemod: id, rule: 'package', reason: `the package \`${name}\` stays: ${use} names it` },
      });
    }
    output.next.push(...(changed.prepared?.next(manifest) ?? []));
    const edit = smallestReplacement(manifest.text, text);
    if (edit === null) continue;
    output.edits.set(manifest.path, [{ ...edit, rule: 'package-json' }]);
    if (packages.some((name) => readManifest(manifest.path, text)?.ranges[name] !== manifest.ranges[name]))
      output.next.push(`Install once more in ${dirname(manifest.path)}, so that the lockfile follows.`);
    input.signal.throwIfAborted();
  }
}

/** Where a package is still named under a package.json; null where nothing does. */
async function useOf(
  name: string,
  manifest: Pick<Manifest, 'path' | 'scripts'>,
  changed: Changed,
): Promise<string | null> {
  const script = Object.entries(manifest.scripts).find(([, text]) => isWord(text, name));
  if (script) return `the script \`${script[0]}\` of ${manifest.path}`;
  const folder = dirname(manifest.path);
  for (const path of changed.input.paths) {
    const inside = folder === '.' || path.startsWith(`${folder}/`);
    if (!inside || path === manifest.path || NOT_READ.test(path)) continue;
    const text = changed.after.get(path) ?? (await changed.input.read(path));
    if (text === null || !text.includes(name)) continue;
    if (SETTINGS.test(path) || posix.basename(path) === 'package.json') {
      if (isWord(text, name)) return path;
    } else if (isSource(path)) {
      const offset = quoted(path, text, name);
      if (offset !== null) {
        const { line, column } = position(text, offset);
        return `${path}:${line}:${column}`;
      }
    }
  }
  return null;
}

/** A string of a source that is the package's name, or begins with it as a path; a source that does not parse counts as one. */
function quoted(path: string, text: string, name: string): number | null {
  try {
    const { j, root } = openSource(path, text, jscodeshift);
    let found: number | null = null;
    root.find(j.StringLiteral).forEach(({ node }) => {
      if (node.value === name || node.value.startsWith(`${name}/`))
        found ??= (node as { start?: number }).start ?? 0;
    });
    return found;
  } catch {
    return 0;
  }
}

const isWord = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w@/.-])${name.replace(/[.*+?^${'$'}{}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(text);
