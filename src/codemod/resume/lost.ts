import { posix } from 'node:path';
import type { Repository } from '../../workspace/repository.ts';
import { resolveBindings } from '../../workspace/syntax/bindings.ts';
import { literalText } from '../../workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, SOURCE_FILE } from '../../workspace/syntax/parse.ts';
import { findAll } from '../../workspace/syntax/walk.ts';
import { type Change, linesOf } from './lines.ts';
import type { Unwound } from './unwind.ts';

/** A file that was edited since an earlier run, once a second one has written it. */
export interface Rewritten {
  file: Unwound;
  /** What the second run alone makes of it. */
  made: string | null;
  /** That with the edits on it. */
  text: string;
}

/**
 * Edits since an earlier run that name something which that run wrote and the second does not: a twin whose original
 * nobody needs any more, what a module exported.
 */
export function namesLost({ file, text }: Rewritten, all: readonly Rewritten[]): Change[] {
  if (file.since.length === 0 || file.current === null || !SOURCE_FILE.test(file.path)) return [];
  const [before, after] = [parseFile(file.path, file.current), parseFile(file.path, text)];
  const known = globalsOf(before);
  const unresolved = [...globalsOf(after)].filter((name) => !known.has(name));
  const imported = all.filter(({ file: { path } }) =>
    importsFrom(after).some((from) => reaches(file.path, from, path)),
  );
  const gone = new Set([...unresolved, ...imported.flatMap(goneFrom)]);
  const offsets = [0];
  for (const line of linesOf(file.current)) offsets.push((offsets.at(-1) ?? 0) + line.length);
  const used = findAll(before.program, 'Identifier').filter(({ name }) => gone.has(String(name)));
  return file.since.filter(({ at, lines }) => {
    const [start = 0, end = 0] = [offsets[at], offsets[at + lines.length]];
    return used.some((node) => start <= node.start && node.end <= end);
  });
}

/** Places of files that the earlier run did not touch and that name something which it wrote and which is gone. */
export async function othersLost(repository: Repository, all: readonly Rewritten[]): Promise<string[]> {
  const own = new Set(all.map(({ file }) => file.path));
  const gone = all.map((each) => ({ path: each.file.path, names: goneFrom(each) }));
  const places: string[] = [];
  for (const path of repository.files.filter((each) => SOURCE_FILE.test(each) && !own.has(each))) {
    const text = await repository.read(path);
    if (text === null || !gone.some(({ names }) => names.some((name) => text.includes(name)))) continue;
    const file = parseFile(path, text);
    const imports = importsFrom(file);
    const reached = gone.filter((each) => imports.some((from) => reaches(path, from, each.path)));
    const used = findAll(file.program, 'Identifier').find(({ name }) =>
      reached.some(({ names }) => names.includes(String(name))),
    );
    if (used !== undefined) places.push(`${path}:${file.locate(used.start).line}`);
  }
  return places;
}

const globalsOf = (file: ParsedFile): Set<string> =>
  new Set(resolveBindings(file).globals.map(({ node }) => String(node.name)));

/** Names that a module had from the earlier run, and has no longer. */
function goneFrom({ file: { path, written, original }, made }: Rewritten): string[] {
  if (!SOURCE_FILE.test(path)) return [];
  const names = (text: string | null) =>
    text === null ? [] : findAll(parseFile(path, text).program, 'Identifier').map(({ name }) => String(name));
  const others = new Set([...names(made), ...names(original)]);
  return names(written).filter((name) => !others.has(name));
}

/** Modules that a file names as its own: `./routes/notes`. */
const importsFrom = ({ program }: ParsedFile): string[] =>
  findAll(program, 'Literal').flatMap((node) => {
    const text = literalText(node);
    return text !== null && /^\.\.?(\/|$)/.test(text) ? [text] : [];
  });

/** Whether a module's name, in one file, is that of another. */
function reaches(from: string, name: string, path: string): boolean {
  const base = posix.join(posix.dirname(from), name).replace(SOURCE_FILE, '');
  const plain = path.replace(SOURCE_FILE, '');
  return plain === base || plain === posix.join(base, 'index');
}
