import type { CodemodInput, SpanEdit } from '../../../src/codemod/contract.ts';
import { removeDependency, setDependency, setField } from '../../../src/workspace/manifest-edit.ts';
import { SOURCE_FILE } from '../../../src/workspace/syntax/parse.ts';
import { splitSpecifier } from '../../../src/workspace/syntax/resolve.ts';
import { nearestManifest, smallest } from '../../shared/edit/manifest.ts';
import type { SupportFile } from '../../shared/to-hono/support-files.ts';
import { KNOWN_PACKAGES } from '../packages/index.ts';
import type { Conversion } from '../state/conversion.ts';

/** A conversion and the support files it needs. */
export interface Written {
  cv: Conversion;
  support: readonly SupportFile[];
}

/** Versions that the output was tested with. */
const TESTED: Readonly<Record<string, string>> = {
  hono: '^4.13.19',
  '@hono/node-server': '^2.1.8',
  'http-errors': '^2.0.1',
  'mime-types': '^3.0.1',
  qs: '^6.14.0',
};

/** Types of packages that ship none. */
const TYPES: Readonly<Record<string, string>> = {
  'http-errors': '^2.0.5',
  'mime-types': '^3.0.1',
  qs: '^6.14.0',
};

/** The files of package.json of what was converted: Koa's packages that nothing names any more go, what the output loads comes. */
export async function editManifests(
  input: CodemodInput,
  all: readonly Written[],
  edits: ReadonlyMap<string, readonly SpanEdit[]>,
): Promise<Map<string, SpanEdit>> {
  const found = new Map<string, SpanEdit>();
  const groups = new Map<string, Written[]>();
  for (const each of all) {
    const [work] = each.cv.editing.files.values();
    const path = await nearestManifest(input, work?.file.path ?? '');
    groups.set(path, [...(groups.get(path) ?? []), each]);
  }
  if (groups.size === 0) return found;
  const named = await namedPackages(input, edits);
  for (const { support } of all)
    for (const { packages } of support) for (const name of packages) named.add(splitSpecifier(name).name);
  for (const [path, group] of groups) {
    const edit = await editManifest(input, path, group, named);
    if (edit !== null) found.set(path, edit);
  }
  return found;
}

async function editManifest(
  input: CodemodInput,
  path: string,
  group: readonly Written[],
  named: Set<string>,
): Promise<SpanEdit | null> {
  const before = await input.read(path);
  if (before === null) return null;
  const works = group.flatMap(({ cv }) => [...cv.editing.files.values()]);
  const wanted = new Set(['hono']);
  for (const work of works)
    for (const module of work.wanted.keys())
      if (module !== 'support') wanted.add(splitSpecifier(module).name);
  for (const { packages } of group.flatMap(({ support }) => support))
    for (const name of packages) if (!name.startsWith('node:')) wanted.add(splitSpecifier(name).name);
  const own = group.flatMap(({ cv }) => [...cv.dependencies]);
  const typescript = works.some(({ file }) => file.typescript);
  let text = before;
  const json = JSON.parse(before.replace(/^\uFEFF/, '')) as Record<
    string,
    Record<string, string> | undefined
  >;
  const stays = group.some(({ cv }) => cv.beside);
  // It is what this one sets headers with, and asks the project for.
  if (named.has('koa-helmet')) named.add('helmet');
  for (const name of stays ? [] : Object.keys({ ...json.dependencies, ...json.devDependencies }))
    if (isKoas(name) && !named.has(untyped(name))) text = removeDependency(text, name);
  for (const name of [...wanted].sort())
    if (TESTED[name] !== undefined) text = setDependency(text, name, TESTED[name]);
  for (const [name, range] of own)
    if (TESTED[name] === undefined && json.dependencies?.[name] === undefined)
      text = setDependency(text, name, range);
  if (typescript)
    for (const name of wanted)
      if (TYPES[name] !== undefined)
        text = setDependency(text, `@types/${name}`, TYPES[name], 'devDependencies');
  const isCommon = works.every(({ file }) => file.module === 'cjs' && !file.typescript);
  if (isCommon && !('type' in json)) text = setField(text, ['type'], 'commonjs');
  return text === before ? null : smallest(before, text);
}

/** Whether a package is Koa's, or middleware for it that became Hono's. */
const isKoas = (name: string): boolean =>
  /^(?:@types\/)?(?:koa$|koa[-_]|koa__)|^@koa\//.test(name) || KNOWN_PACKAGES.includes(untyped(name));

const untyped = (name: string): string => name.replace(/^@types\//, '').replace(/^(\w+)__/, '@$1/');

/** Packages that some source file still names after the edits. */
async function namedPackages(
  input: CodemodInput,
  edits: ReadonlyMap<string, readonly SpanEdit[]>,
): Promise<Set<string>> {
  const named = new Set<string>();
  for (const path of input.paths) {
    if (!SOURCE_FILE.test(path)) continue;
    let text = (await input.read(path)) ?? '';
    for (const { span, text: made } of [...(edits.get(path) ?? [])].reverse())
      text = text.slice(0, span.start) + made + text.slice(span.end);
    for (const [, name = ''] of text.matchAll(/['"`](@?[\w./-]+)['"`]/g))
      named.add(splitSpecifier(name).name);
  }
  return named;
}
