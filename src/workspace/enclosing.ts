import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { parse } from 'yaml';

const known = new Map<string, string | null>();

/**
 * The folder whose workspaces include a package: where its lockfile and most of its dependencies are. Looked for in the
 * folders above, up to the repository's top; null when no folder there names it.
 *
 * @param root absolute path of the package
 */
export function workspaceRoot(root: string): string | null {
  const found = known.get(root);
  if (found !== undefined) return found;
  const answer = search(root);
  known.set(root, answer);
  return answer;
}

function search(root: string): string | null {
  // A package with a repository of its own belongs to nobody above.
  for (let at = root; !existsSync(join(at, '.git')); ) {
    const up = dirname(at);
    if (up === at) return null;
    at = up;
    const folder = relative(at, root).split(sep).join('/');
    if (names(workspacePatterns(at), folder)) return at;
  }
  return null;
}

/** The globs of `workspaces` and `pnpm-workspace.yaml`. What does not parse names nothing. */
function workspacePatterns(folder: string): string[] {
  const patterns: unknown[] = [];
  const manifest = read(join(folder, 'package.json'), JSON.parse);
  const declared = Reflect.get(manifest, 'workspaces');
  const list = Array.isArray(declared) ? declared : Reflect.get(Object(declared), 'packages');
  if (Array.isArray(list)) patterns.push(...list);
  const pnpm = Reflect.get(read(join(folder, 'pnpm-workspace.yaml'), parse), 'packages');
  if (Array.isArray(pnpm)) patterns.push(...pnpm);
  return patterns.filter((item) => typeof item === 'string');
}

function read(file: string, parser: (text: string) => unknown): object {
  try {
    const value = existsSync(file) ? parser(readFileSync(file, 'utf8').replace(/^\ufeff/, '')) : null;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Whether workspace globs name a folder: a `!` takes out again, `*` is one folder, `**` any number. */
export function names(patterns: readonly string[], folder: string): boolean {
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((each) => each.slice(1));
  const included = patterns.filter((pattern) => !pattern.startsWith('!'));
  const matches = (pattern: string) => toExpression(pattern).test(folder);
  return included.some(matches) && !excluded.some(matches);
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/^\.\//, '')
    .replace(/\/$/, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, (glob) =>
      glob.startsWith('**') ? '(?:.+/)?' : glob === '*' ? '[^/]*' : '[^/]',
    );
  return new RegExp(`^${source.replace(/\(\?:\.\+\/\)\?$/, '.+')}$`);
}
