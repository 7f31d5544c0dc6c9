import type { Location } from '../../model/location.ts';
import { type Binding, resolveBindings } from '../../workspace/syntax/bindings.ts';
import type { Modules } from '../../workspace/syntax/modules.ts';
import {
  child,
  children,
  isFunction,
  isIdentifier,
  literalText,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { findAll, parentsOf } from '../../workspace/syntax/walk.ts';

/** Kinds that matter where they run, and nowhere else: what a compiler refuses is refused unrun. */
const RUNS =
  /^(?:child-|dynamic-code$|figures-zero$|file-|job-|locale-default$|stack-read$|template-compiler$|upload-)/;

/**
 * Answers whether a place stands in a function of a module that nothing of the application calls: no line of the module
 * names it but its export, and every file that loads the module imports other names of it. Where that cannot be told (a
 * default export, a namespace, `require`, a module that nothing imports by a written name), it is called.
 *
 * @param isOwn whether a file is the application's
 */
export function uncalledIn(
  modules: Modules,
  isOwn: (path: string) => boolean,
): (kind: string, place: Location | null) => boolean {
  const known = new Map<SyntaxNode, boolean>();
  let last: { path: string; file: ParsedFile | null } | null = null;
  return (kind, place) => {
    if (place === null || !RUNS.test(kind)) return false;
    // Places come file by file.
    if (last?.path !== place.file) last = { path: place.file, file: modules.glance(place.file) };
    const { file } = last;
    const made = file && functionAt(file, place);
    if (!file || !made) return false;
    const answer = known.get(made.value) ?? isUncalled(file, made);
    known.set(made.value, answer);
    return answer;
  };

  function isUncalled(file: ParsedFile, { name, value, statement }: Made): boolean {
    const binding = resolveBindings(file).bindingOf(name);
    if (binding === null) return false;
    const exported = new Set<string>();
    if (statement.type === 'ExportNamedDeclaration') exported.add(binding.name);
    const parents = parentsOf(file);
    for (const { node, type } of binding.references) {
      const up = parents.get(node);
      const isInside = node.start >= value.start && node.end <= value.end;
      if (node === name || type || isInside) continue;
      const outer = up?.type === 'ExportSpecifier' ? child(up, 'exported') : null;
      if (outer === null) return false;
      exported.add(String(outer.name ?? outer.value));
    }
    if (exported.has('default')) return false;
    if (exported.size === 0) return true;
    const importers = modules.importersOf(file.path).filter(isOwn);
    return importers.length > 0 && importers.every((path) => takesOthers(path, file.path, exported));
  }

  /** Whether a file imports a module by names alone, and uses none of these. */
  function takesOthers(path: string, from: string, names: ReadonlySet<string>): boolean {
    const file = modules.glance(path);
    if (file === null) return false;
    const { bindingOf } = resolveBindings(file);
    let statements = 0;
    for (const statement of children(file.program, 'body')) {
      if (statement.type !== 'ImportDeclaration') continue;
      const source = literalText(child(statement, 'source'));
      const found = source === null ? null : modules.resolve(path, source);
      if (found?.kind !== 'file' || found.path !== from) continue;
      statements++;
      for (const each of children(statement, 'specifiers')) {
        const imported = child(each, 'imported');
        if (each.type !== 'ImportSpecifier' || imported === null) return false;
        const local = child(each, 'local');
        const binding: Binding | null = local && bindingOf(local);
        const isUsed = binding?.references.some(({ node, type }) => !type && node !== local) ?? true;
        if (names.has(String(imported.name ?? imported.value)) && isUsed) return false;
      }
    }
    // By `require`, `import()` or `export … from` it may be anything.
    const others = findAll(file.program, 'ImportExpression', 'ExportAllDeclaration', 'CallExpression').some(
      (node) => {
        const callee = child(node, 'callee');
        if (node.type === 'CallExpression' && !isIdentifier(callee, 'require')) return false;
        const written = child(node, 'source') ?? children(node, 'arguments')[0] ?? null;
        const source = literalText(written);
        const found = source === null ? null : modules.resolve(path, source);
        return source === null || (found?.kind === 'file' && found.path === from);
      },
    );
    const again = children(file.program, 'body').some((statement) => {
      const source =
        statement.type === 'ExportNamedDeclaration' ? literalText(child(statement, 'source')) : null;
      const found = source === null ? null : modules.resolve(path, source);
      return found?.kind === 'file' && found.path === from;
    });
    return statements > 0 && !others && !again;
  }
}

interface Made {
  name: SyntaxNode;
  value: SyntaxNode;
  statement: SyntaxNode;
}

/** The function of the module's top level that holds a place; null where none does. */
function functionAt(file: ParsedFile, place: Location): Made | null {
  for (const statement of children(file.program, 'body')) {
    const inner =
      statement.type === 'ExportNamedDeclaration'
        ? (child(statement, 'declaration') ?? statement)
        : statement;
    const made =
      inner.type === 'VariableDeclaration'
        ? children(inner, 'declarations').map((each) => ({
            name: child(each, 'id'),
            value: child(each, 'init'),
          }))
        : [{ name: child(inner, 'id'), value: inner }];
    for (const { name, value } of made) {
      const held = value && unwrap(value);
      if (!isIdentifier(name) || !isFunction(held)) continue;
      if (isBefore(file.locate(held.start), place) && isBefore(place, file.locate(held.end)))
        return { name, value: held, statement };
    }
  }
  return null;
}

const isBefore = (one: Location, other: Location): boolean =>
  one.line < other.line || (one.line === other.line && one.column <= other.column);
