import type { RouteNeed } from '../../model/inventory.ts';
import { type Binding, resolveBindings } from '../../workspace/syntax/bindings.ts';
import type { Modules } from '../../workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  literalText,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { walk } from '../../workspace/syntax/walk.ts';
import type { Application } from '../program.ts';
import type { Survey } from '../survey/index.ts';

/** A need with what tells it from others: made once, as many routes reach the same function. */
export interface Keyed {
  key: string;
  need: RouteNeed;
}

export const keyed = (need: RouteNeed): Keyed => ({ key: `${need.kind} ${need.name} ${need.member}`, need });

const imported = new WeakMap<ParsedFile, ReadonlyMap<Binding, string>>();

/**
 * What a function reaches in files that calls are not followed into: everything such a file and its imports use,
 * whichever of its functions is called. An upper bound, where following calls gives a lower one.
 *
 * @returns one list a file that the function uses; the same list wherever that file is reached
 */
export function outsideNeeds(
  { modules, flow, outside }: Application,
  survey: Survey,
): (file: ParsedFile, node: SyntaxNode) => readonly (readonly Keyed[])[] {
  const closures = new Map<string, readonly Keyed[]>();
  const own = new Map<string, readonly Keyed[]>();
  const ownOf = (path: string): readonly Keyed[] => {
    const known = own.get(path) ?? ownNeeds(path, modules, survey).map(keyed);
    own.set(path, known);
    return known;
  };

  function closure(path: string): readonly Keyed[] {
    const known = closures.get(path);
    if (known) return known;
    const reached = new Set([path]);
    for (const at of reached)
      for (const next of modules.importsOf(at)) if (!flow.files.has(next)) reached.add(next);
    const needs = new Map<string, Keyed>();
    for (const at of reached) for (const need of ownOf(at)) needs.set(need.key, need);
    const found = [...needs.values()];
    closures.set(path, found);
    return found;
  }

  return (file, node) => {
    if (!modules.importsOf(file.path).some((path) => outside.has(path))) return [];
    const targets = importsOutside(file, modules, outside);
    const { bindingOf } = resolveBindings(file);
    const found = new Set<string>();
    walk(node, {
      enter(inner) {
        const binding = inner.type === 'Identifier' ? bindingOf(inner) : null;
        const path = binding && targets.get(binding);
        if (path) found.add(path);
      },
    });
    return [...found].map(closure);
  };
}

function ownNeeds(path: string, modules: Modules, survey: Survey): RouteNeed[] {
  const needs: RouteNeed[] = [];
  for (const { module, member, location, snippet } of survey.files.get(path)?.builtins ?? []) {
    needs.push({
      kind: 'builtin',
      name: module,
      member,
      location,
      ...(snippet && { snippet }),
      known: 'heuristic',
    });
  }
  const place = { location: { file: path, line: 1, column: 1 }, known: 'heuristic' as const };
  for (const name of packagesIn(path, modules)) needs.push({ ...place, kind: 'package', name, member: null });
  for (const name of survey.state(path)) needs.push({ ...place, kind: 'state', name, member: null });
  return needs;
}

const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*["']([^"'\n]+)["']/g;

function packagesIn(path: string, modules: Modules): Set<string> {
  const names = new Set<string>();
  for (const match of (modules.text(path) ?? '').matchAll(SPECIFIER)) {
    const found = modules.resolve(path, match[1] ?? '');
    if (found.kind === 'package') names.add(found.name);
  }
  return names;
}

/** Names of a file that hold what another file exports, for the files that are outside. */
function importsOutside(
  file: ParsedFile,
  modules: Modules,
  outside: ReadonlySet<string>,
): ReadonlyMap<Binding, string> {
  const known = imported.get(file);
  if (known) return known;
  const { bindings, bindingOf } = resolveBindings(file);
  const targets = new Map<Binding, string>();
  const note = (binding: Binding | null, specifier: string | null) => {
    const found = binding && specifier !== null ? modules.resolve(file.path, specifier) : null;
    if (binding && found?.kind === 'file' && outside.has(found.path)) targets.set(binding, found.path);
  };
  for (const statement of children(file.program, 'body')) {
    if (statement.type !== 'ImportDeclaration') continue;
    for (const specifier of children(statement, 'specifiers')) {
      const local = child(specifier, 'local');
      if (local) note(bindingOf(local), literalText(child(statement, 'source')));
    }
  }
  for (const binding of bindings) {
    const { declaration } = binding;
    if (declaration.type === 'VariableDeclarator') note(binding, requiredBy(child(declaration, 'init')));
  }
  imported.set(file, targets);
  return targets;
}

/** The specifier of `require('x')`, `require('x').y`, `await import('x')`. */
function requiredBy(init: SyntaxNode | null): string | null {
  let node = init && unwrap(init);
  while (node) {
    if (isMember(node)) node = child(node, 'object');
    else if (node.type === 'AwaitExpression') node = child(node, 'argument');
    else if (node.type === 'ImportExpression') return literalText(child(node, 'source'));
    else if (isCall(node)) {
      const callee = calleeOf(node);
      if (isIdentifier(callee, 'require')) return literalText(argumentsOf(node)[0]);
      node = callee;
    } else return null;
  }
  return null;
}
