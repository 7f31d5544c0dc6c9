import { dirname, posix } from 'node:path';
import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou } from '../../src/model/changeset.ts';
import type { Location } from '../../src/model/location.ts';
import { removeDependency } from '../../src/workspace/manifest-edit.ts';
import { loadModules, type Modules } from '../../src/workspace/syntax/modules.ts';
import { child, children } from '../../src/workspace/syntax/nodes.ts';
import { NATIVE_MARK, PARITY_MARK } from '../express-to-hono/parity/own-module.ts';
import type { BehaviourName } from '../express-to-hono/state/behaviours.ts';
import { leftOut } from '../express-to-hono/state/left-out.ts';
import { importsOf } from '../shared/edit/imports-of.ts';
import { smallest } from '../shared/edit/manifest.ts';
import { removeUnused } from '../shared/edit/unused-imports.ts';
import { createEditing, type Editing, type FileWork } from '../shared/edit/work.ts';
import { DROPPABLE } from './behaviours.ts';
import { declares, prune } from './prune.ts';
import { dropUses, importedAs, isDroppable, type Use } from './uses.ts';

const ID = 'drop-parity';

/** Takes behaviours of Express out of an application that was converted with them. */
const codemod: Codemod = {
  id: ID,
  title: 'Drop Express behaviours',
  from: 'hono with parity',
  to: 'hono',
  description: 'Takes named behaviours of Express out of the parity module and of the code that calls them.',
  options: [
    {
      name: 'only',
      description: 'the behaviours to drop, separated by commas',
      values: [...DROPPABLE.keys()],
      list: true,
      required: true,
      default: '',
    },
  ],
  prefilter: new RegExp(PARITY_MARK),
  unit: 'behaviour',
  run,
};

export default codemod;

const NOT_OF_WIRE: Omit<LeftForYou, keyof Location> = {
  ...{ codemod: ID, rule: 'parity/idiomatic', blocks: true },
  reason:
    'the application was converted with `--parity idiomatic`, which left out what this takes out of one with `--parity wire`',
  advice:
    'What stands in this module is what the application itself asks for: take a call out by hand to give it up.',
};

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const asked = String(input.options.only)
    .split(',')
    .map((name) => name.trim());
  const names = [...DROPPABLE.keys()].filter((name) => asked.includes(name));
  const modules = await loadModules(input);
  const editing = createEditing();
  const output = { leftForYou: [] as LeftForYou[], deleted: [] as string[], packages: new Set<string>() };
  const places = new Map<BehaviourName, Use[]>();
  for (const path of modules.paths) {
    const file = modules.text(path)?.includes(PARITY_MARK) ? modules.file(path) : null;
    if (file === null || !/express-parity\.[cm]?[jt]s$/.test(path)) continue;
    if (file.text.includes(NATIVE_MARK)) {
      output.leftForYou.push({ ...file.locate(0), ...NOT_OF_WIRE });
      continue;
    }
    dropFrom(editing, modules, editing.workOf(file), names, places, output);
  }
  const edits = new Map<string, SpanEdit[]>();
  for (const work of editing.files.values()) {
    const own = work.draft.edits();
    if (own.length > 0 && !output.deleted.includes(work.file.path)) edits.set(work.file.path, own);
  }
  await dropPackages(input, editing, output, edits);
  return {
    ...{ edits, created: new Map(), deleted: output.deleted, skipped: new Map(), limits: [] },
    failed: new Map(modules.failed.map(({ path, reason }) => [path, reason])),
    outcomes: [],
    leftForYou: output.leftForYou,
    leftOut: [...places].map(([name, uses]) =>
      leftOut(
        name,
        ID,
        uses.map(({ work, node }) => work.file.locate(node.start)),
      ),
    ),
    next:
      edits.size > 0
        ? ['Run the shadow run again: what it shows now should be these differences and no other.']
        : [],
  };
}

function dropFrom(
  editing: Editing,
  modules: Modules,
  parity: FileWork,
  names: readonly BehaviourName[],
  places: Map<BehaviourName, Use[]>,
  output: { leftForYou: LeftForYou[]; deleted: string[]; packages: Set<string> },
): void {
  const importers = modules.importersOf(parity.file.path).flatMap((path) => {
    const file = modules.file(path);
    return file === null ? [] : [editing.workOf(file)];
  });
  const own = (work: FileWork) =>
    importsOf(work).filter(({ module }) => isModule(modules, work, module, parity.file.path));
  const dropped = new Set<string>();
  for (const name of names) {
    const fn = DROPPABLE.get(name)?.fn ?? '';
    const uses = importers.flatMap((work) => usesOf(work, own(work), fn, name));
    if (uses.length === 0 && !declares(parity, fn)) continue;
    const odd = uses.filter((use) => !isDroppable(use));
    for (const { work, node } of odd) {
      output.leftForYou.push({
        ...work.file.locate(node.start),
        ...{ codemod: ID, rule: `parity/${name}` },
        reason: `this use of \`${fn}\` is not the one the conversion wrote, so ${name} stays`,
        advice: 'Take it out by hand, then run this again.',
      });
    }
    if (odd.length > 0) continue;
    dropped.add(fn);
    if (uses.length > 0) places.set(name, [...(places.get(name) ?? []), ...uses]);
  }
  if (dropped.size === 0) return;
  dropUses(
    editing,
    [...places.values()].flat().filter(({ work }) => importers.includes(work)),
  );
  for (const work of importers) {
    for (const found of own(work))
      removeUnused(editing, work, found, (node) => !work.draft.keeps(node), true);
  }
  const { empty, packages } = prune(editing, parity, dropped);
  for (const name of packages) output.packages.add(name);
  if (empty) output.deleted.push(parity.file.path);
}

function isModule(modules: Modules, work: FileWork, specifier: string, path: string): boolean {
  const found = modules.resolve(work.file.path, specifier);
  return found.kind === 'file' && found.path === path;
}

function usesOf(
  work: FileWork,
  imports: ReturnType<typeof importsOf>,
  fn: string,
  behaviour: BehaviourName,
): Use[] {
  return imports.flatMap(({ statement, declarator, bindings }) => {
    const pattern = statement.type === 'ImportDeclaration' ? null : child(declarator, 'id');
    const items = pattern === null ? children(statement, 'specifiers') : children(pattern, 'properties');
    return bindings.flatMap(({ node: local, references }) => {
      const item = items.find((each) => (child(each, 'local') ?? child(each, 'value')) === local);
      if (item === undefined || importedAs(item) !== fn) return [];
      return references.map(({ node }) => ({ work, node, behaviour }));
    });
  });
}

/** Packages that only the dropped functions imported leave package.json. */
async function dropPackages(
  input: CodemodInput,
  editing: Editing,
  { deleted, packages }: { deleted: readonly string[]; packages: ReadonlySet<string> },
  edits: Map<string, SpanEdit[]>,
): Promise<void> {
  const parity = [...editing.files.values()].find(({ file }) => file.text.includes(PARITY_MARK));
  if (parity === undefined || packages.size === 0) return;
  let folder = dirname(parity.file.path);
  while (folder !== '.' && (await input.read(posix.join(folder, 'package.json'))) === null)
    folder = dirname(folder);
  const path = posix.join(folder === '.' ? '' : folder, 'package.json');
  const before = await input.read(path);
  if (before === null) return;
  let text = before;
  for (const name of packages) {
    const quoted = new RegExp(`['"\`]${name}(?:/[^'"\`]*)?['"\`]`);
    const users = await Promise.all(
      input.paths
        .filter(
          (each) => /\.[cm]?[jt]sx?$/.test(each) && !deleted.includes(each) && each !== parity.file.path,
        )
        .map(async (each) => quoted.test((await input.read(each)) ?? '')),
    );
    if (!users.includes(true)) text = removeDependency(removeDependency(text, name), `@types/${name}`);
  }
  if (text !== before) edits.set(path, [smallest(before, text)]);
}
