import { posix } from 'node:path';
import { isPattern, matcher } from '../shared/files/glob.ts';
import type { Told } from './options.ts';

/** More files than these are not named one by one. */
const MOST_NAMED = 20;

/** The files that Mocha runs, relative to the package's folder; a sentence where that is not known. */
export function filesOf(
  specs: readonly string[],
  { extensions, recursive }: Told,
  folder: string,
  paths: readonly string[],
): string[] | string {
  const inside = paths
    .filter((path) => folder === '.' || path.startsWith(`${folder}/`))
    .map((path) => posix.relative(folder, path))
    .filter((path) => !path.includes('node_modules/'));
  const ends = extensions.length > 0 ? extensions : ['js', 'cjs', 'mjs'];
  const found = new Set<string>();
  for (const spec of specs.map((each) => posix.normalize(each).replace(/\/$/, ''))) {
    const matching = isPattern(spec) ? matcher(spec) : null;
    if (isPattern(spec) && matching === null)
      return `the pattern \`${spec}\` is written in a way that was not compared`;
    const own = inside.filter((path) => {
      if (matching) return matching.test(path);
      if (path === spec) return true;
      const dir = posix.dirname(path);
      const isInside = dir === spec || (recursive && dir.startsWith(`${spec}/`));
      return isInside && ends.some((end) => path.endsWith(`.${end}`));
    });
    if (own.length === 0) return `\`${spec}\` names no file of tests`;
    for (const each of own) found.add(each);
  }
  return [...found].sort();
}

/**
 * The same files for `node --test`: patterns that Node.js reads itself, where it does, else patterns that a shell expands, one
 * for each depth; else the files.
 */
export function specWords(
  specs: readonly string[],
  files: readonly string[],
  { extensions, recursive }: Told,
  globs: boolean,
): string[] {
  const words = specs
    .map((each) => posix.normalize(each).replace(/\/$/, ''))
    .flatMap((spec): string[] => {
      // What a shell expands, Node.js 20 gets as files, too.
      if (files.includes(spec) || (isPattern(spec) && !/\*\*|[{?]/.test(spec))) return [spec];
      const own = files.filter((each) =>
        isPattern(spec) ? matcher(spec)?.test(each) : each.startsWith(`${spec}/`),
      );
      const ends = [...new Set(own.map((each) => posix.extname(each).slice(1)))].sort();
      const wanted = extensions.length > 0 ? extensions : ends;
      const end = wanted.length === 1 ? wanted[0] : `{${wanted.join(',')}}`;
      if (globs) return [`"${isPattern(spec) ? spec : `${spec}/${recursive ? '**/' : ''}*.${end}`}"`];
      return ends.flatMap((each) => byDepth(own.filter((path) => path.endsWith(`.${each}`))));
    });
  const all = words.map((each) => matcher(each.replace(/^"|"$/g, '')));
  const fits = globs || files.every((file) => all.some((each) => each?.test(file)));
  return fits && (words.length <= MOST_NAMED || globs) ? words : [...files];
}

/** `test/*.js` for each folder depth, with what all names end in. */
function byDepth(files: readonly string[]): string[] {
  const [first] = files;
  if (first === undefined) return [];
  if (files.length === 1) return [first];
  const base = commonFolder(files);
  const depths = new Set(files.map((each) => posix.relative(base, each).split('/').length));
  const names = files.map((each) => posix.basename(each));
  const end = commonEnd(names);
  return [...depths].sort().map((depth) => posix.join(base, ...Array(depth - 1).fill('*'), `*${end}`));
}

function commonFolder(files: readonly string[]): string {
  let folder = posix.dirname(files[0] ?? '.');
  while (folder !== '.' && !files.every((each) => each.startsWith(`${folder}/`)))
    folder = posix.dirname(folder);
  return folder;
}

/** `.spec.js`, or the extension. */
function commonEnd(names: readonly string[]): string {
  const parts = (names[0] ?? '').split('.');
  for (let from = 1; from < parts.length; from += 1) {
    const end = `.${parts.slice(from).join('.')}`;
    if (names.every((each) => each.endsWith(end))) return end;
  }
  return '';
}
