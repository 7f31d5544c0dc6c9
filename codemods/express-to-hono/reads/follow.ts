import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import { createFlow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { FunctionValue, Value } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  child,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { callOf } from './calls.ts';
import type { Followed, PackageEscape, PackageReads, PackageUse } from './contract.ts';
import { readDefined } from './defined.ts';
import { afterNext, handsErrorsOn, skipsRoutes } from './goes-on.ts';
import { HELPERS } from './helpers.ts';
import { madeFunctions, optionsOf } from './made.ts';
import { giveRequest, hangMembers } from './markers.ts';
import { type PackageModules, packageFolder } from './package-modules.ts';
import { siteOf, sitesIn } from './sites.ts';

/** Where middleware of a package comes from: `['csrf', '()']` is what `lusca.csrf()` gives. */
export interface Wanted {
  /** The file that imports the package. */
  from: string;
  specifier: string;
  how: 'import' | 'require';
  path: readonly string[];
}

/** How often what was found may lead to more. */
const ROUNDS = 60;
/** More files than this are no middleware, but a product. */
const MOST_FILES = 100;
/** And so are more expressions. */
const MOST_EXPRESSIONS = 60_000;

/**
 * Follows request and response through the code of an installed package, from the functions that it gives to be registered.
 *
 * @returns what is done with them; a sentence where there is nothing to read
 */
export function readMiddleware(modules: PackageModules, wanted: Wanted): PackageReads | string {
  const entry = modules.entryOf(wanted.from, wanted.specifier, wanted.how);
  if (entry === null)
    return `\`${wanted.specifier}\` is not installed: its code is read once the dependencies are there`;
  const read = new Set([packageFolder(entry)]);
  const flow = createFlow(withHelpers(modules), {
    admit: (path) => read.has(packageFolder(path)),
    tracks: ({ path }) => /^Weak(Map|Set)$/.test(path[0] ?? ''),
  });
  hangMembers(flow);
  const module = flow.moduleOf(entry);
  flow.settle();
  readDefined(flow);
  flow.settle();
  for (const fn of optionsOf(flow, module))
    for (const parameter of fn.parameters) flow.add(parameter, flow.marker('option'));
  flow.settle();
  const made = madeFunctions(flow, module, wanted.path);
  if (typeof made === 'string') return made;
  for (const fn of made.functions) giveRequest(flow, fn);
  for (const fn of made.called)
    for (const parameter of fn.parameters) flow.add(parameter, flow.marker('option'));
  const found = follow(flow, modules, read);
  const late = made.functions.flatMap((fn) => afterNext(flow, fn.file));
  return {
    kind: made.kind,
    uses: found.uses,
    escapes: [...found.escapes, ...late, ...skipsRoutes(flow)],
    asksOptions: found.asksOptions,
    raises: handsErrorsOn(flow),
    keys: keysOf(flow),
    builtins: builtinsOf(modules, entry),
  };
}

/** Looks at all that is done with followed values until nothing new comes of it. */
function follow(flow: Flow, modules: PackageModules, read: Set<string>) {
  for (let round = 0; ; round += 1) {
    flow.settle();
    const tooMuch = beyondReach(flow);
    if (tooMuch !== null) return { uses: [], escapes: [tooMuch], asksOptions: false };
    const uses: PackageUse[] = [];
    const escapes: PackageEscape[] = [];
    const kept = new Map<string, Set<Followed>>();
    let asksOptions = false;
    let grew = false;
    const before = sizeOf(flow);
    for (const file of flow.files.values())
      for (const [node, is] of sitesIn(flow, file)) {
        const site = siteOf(flow, file, node, is);
        uses.push(...site.uses);
        escapes.push(...site.escapes);
        for (const each of site.kept) kept.set(each.name, (kept.get(each.name) ?? new Set()).add(each.is));
      }
    for (const call of [...flow.calls]) {
      const given = callOf(flow, call);
      uses.push(...given.uses);
      escapes.push(...given.escapes);
      asksOptions ||= given.asksOptions;
      if (!given.isLost) continue;
      const more = loadedBy(flow, modules, call.file);
      for (const path of more) {
        read.add(packageFolder(path));
        flow.include(path);
        grew = true;
      }
      if (more.length === 0)
        escapes.push({
          reason: 'hands what it was given to code that could not be followed',
          file: call.file,
          node: call.node,
        });
    }
    for (const file of flow.files.values()) findKept(flow, file, kept);
    readDefined(flow);
    setSelves(flow, uses);
    flow.settle();
    if (!grew && sizeOf(flow) === before) return { uses, escapes, asksOptions };
    if (round > ROUNDS) throw new Error('what a package does with a request was not read to its end');
  }
}

/** Where there is more code than is followed. */
function beyondReach(flow: Flow): PackageEscape | null {
  const [file] = flow.files.values();
  let expressions = 0;
  for (const each of flow.files.values()) expressions += flow.expressionsIn(each).length;
  if (file === undefined || (flow.files.size <= MOST_FILES && expressions <= MOST_EXPRESSIONS)) return null;
  return { reason: 'is more code than is followed', file, node: file.program };
}

/** How much is known: values at all places. */
function sizeOf(flow: Flow): number {
  let size = 0;
  for (const file of flow.files.values())
    for (const [, cell] of flow.expressionsIn(file)) size += cell.values.size;
  return size;
}

/** Modules that a file loads and that were not read yet. */
const loadedBy = (flow: Flow, modules: PackageModules, file: ParsedFile): string[] =>
  requestsOf(file).flatMap((each) => {
    const found = HELPERS.has(each) ? null : modules.resolve(file.path, each);
    return found?.kind === 'file' && flow.leftOut.has(found.path) ? [found.path] : [];
  });

/** What a file asks for by a name that is written out. */
function requestsOf(file: ParsedFile): string[] {
  const calls = findAll(file.program, 'CallExpression', 'ImportExpression');
  const named = calls.flatMap((call) => literalText(argumentsOf(call)[0] ?? child(call, 'source')) ?? []);
  return [...new Set([...file.requests, ...named.filter((each) => !each.includes(' '))])];
}

/** What is kept under a name is found wherever that name is read: objects may be copied in ways that the flow does not see. */
function findKept(flow: Flow, file: ParsedFile, kept: ReadonlyMap<string, ReadonlySet<Followed>>): void {
  if (kept.size === 0) return;
  for (const [node, cell] of flow.expressionsIn(file)) {
    const name = isMember(node) ? memberName(node) : null;
    for (const is of kept.get(name ?? '') ?? []) flow.add(cell, flow.marker(is));
    if (node.type !== 'ObjectPattern') continue;
    for (const property of (node.properties as SyntaxNode[]).filter(({ type }) => type === 'Property')) {
      const target = property.value as SyntaxNode;
      const place = flow.cellOf(target.type === 'AssignmentPattern' ? (target.left as SyntaxNode) : target);
      for (const is of kept.get(propertyKeyName(property) ?? '') ?? [])
        if (place !== null) flow.add(place, flow.marker(is));
    }
  }
}

/** A function that is put on the request is called with it as `this`. */
function setSelves(flow: Flow, uses: readonly PackageUse[]): void {
  for (const { on, how, node } of uses) {
    if (how !== 'set' || !isMember(node)) continue;
    for (const value of flow.cellOf(node)?.values ?? new Set<Value>())
      if (value.kind === 'function') flow.add((value as FunctionValue).self, flow.marker(on));
  }
}

/** Packages that are known by what they ask are not read. */
const withHelpers = (modules: PackageModules): PackageModules => ({
  ...modules,
  resolve: (from, specifier) =>
    HELPERS.has(specifier)
      ? { kind: 'package', name: specifier, subpath: '' }
      : modules.resolve(from, specifier),
});

/** Names of properties that are written in the code. */
const keysOf = (flow: Flow): Set<string> =>
  new Set(
    [...flow.files.values()].flatMap((file) =>
      findAll(file.program, 'Property').flatMap((each) => propertyKeyName(each) ?? []),
    ),
  );

/** All modules of Node that a file and what it loads name; null where more is computed, or too much is loaded. */
function builtinsOf(modules: PackageModules, entry: string): Set<string> | null {
  const found = new Set<string>();
  const seen = new Set([entry]);
  for (const path of seen) {
    const file = modules.file(path);
    if (file === null) continue;
    if (seen.size > MOST_FILES) return null;
    for (const specifier of requestsOf(file)) {
      const target = modules.resolve(path, specifier);
      if (target.kind === 'builtin') found.add(target.name);
      if (target.kind === 'file') seen.add(target.path);
    }
  }
  return found;
}
