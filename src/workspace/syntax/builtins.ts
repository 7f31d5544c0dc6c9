import { builtinModules, isBuiltin } from 'node:module';
import type { Location } from '../../model/location.ts';
import { type Bindings, resolvedBindings, resolvePart } from './bindings.ts';
import {
  argumentsOf,
  child,
  children,
  field,
  isCall,
  isIdentifier,
  isMember,
  isTransparent,
  literalText,
  memberName,
  propertyKeyName,
} from './nodes.ts';
import type { ParsedFile, SyntaxNode } from './parse.ts';
import { type Part, partWith } from './part.ts';
import { walk } from './walk.ts';

/** One use of a Node builtin: module without `node:`, member as a path (`promises.readFile`), null for the module as a whole. */
export interface BuiltinUse {
  module: string;
  member: string | null;
  location: Location;
  /** It is imported under a name that nothing uses. */
  unused?: true;
}

/** A quoted name of a builtin: only a file that has one can import one. */
const QUOTED = new RegExp(
  `["'\`](?:node:|(?:${builtinModules.filter((name) => !name.startsWith('_')).join('|')})["'\`])`,
  'g',
);

/** Whether a text names a builtin as an import would: without, {@link builtinUses} finds none. */
export const namesBuiltin = (text: string): boolean => text.search(QUOTED) >= 0;

/** Whether a specifier is one of Node's modules, those of another release among them, which have the prefix. */
const isNodes = (specifier: string): boolean => specifier.startsWith('node:') || isBuiltin(specifier);

/** Members that hold members of their own. */
const NAMESPACES = new Set([
  'promises',
  'posix',
  'win32',
  'webcrypto',
  'subtle',
  'constants',
  'strict',
  'performance',
  'default',
]);

/**
 * Every use of a Node builtin in a file, by binding: named, default, namespace and `import =` imports, `require` (also
 * made by `createRequire`), `import()`, `process.getBuiltinModule`, re-exports, destructuring and aliases. Type-only
 * imports do not count. An import that is never used is listed once, at its own place.
 */
export function builtinUses(file: ParsedFile): BuiltinUse[] {
  // Most of a file has nothing to do with builtins: only where the names that lead to them stand is looked. Those
  // that are met on the way are looked for, too, until none is new.
  const names = new Set(['require', 'process']);
  for (;;) {
    const met = new Set<string>();
    const uses = usesIn(file, partWith(file, names, QUOTED), met);
    if (met.size === 0) return uses;
    for (const name of met) names.add(name);
  }
}

/** What {@link builtinUses} tells, as far as a part of the file shows it. Names the part does not know are put into `met`. */
function usesIn(file: ParsedFile, part: Part, met: Set<string>): BuiltinUse[] {
  // What resolved the whole file before has done more than is needed here.
  const bindings = resolvedBindings(file) ?? resolvePart(file, part);
  const { parents, calls } = callsIn(file, part);
  const uses: BuiltinUse[] = [];
  const followed = new Set<SyntaxNode>();

  const record = (module: string, path: readonly string[], node: SyntaxNode, unused = false): void => {
    const member = path.filter((name) => name !== 'default').join('.');
    const use = { module, member: member === '' ? null : member, location: file.locate(node.start) };
    uses.push(unused ? { ...use, unused } : use);
  };

  /** Follows an identifier's uses, or records the declaration when there are none. */
  function followName(id: SyntaxNode, module: string, path: readonly string[]): void {
    if (followed.has(id)) return;
    followed.add(id);
    const name = field(id, 'name');
    if (!part.knows(name)) {
      met.add(name);
      return;
    }
    const reads = (bindings.bindingOf(id)?.references ?? []).filter(({ read, type }) => read && !type);
    if (reads.length === 0) record(module, path, id, true);
    for (const { node } of reads) {
      const last = path.at(-1);
      if (last === undefined || NAMESPACES.has(last)) follow(node, module, path);
      else record(module, path, node);
    }
  }

  function followPattern(pattern: SyntaxNode, module: string, path: readonly string[]): void {
    if (pattern.type === 'Identifier') followName(pattern, module, path);
    else if (pattern.type === 'AssignmentPattern') {
      const left = child(pattern, 'left');
      if (left !== null) followPattern(left, module, path);
    } else if (pattern.type === 'ObjectPattern') {
      for (const property of children(pattern, 'properties')) {
        const name = propertyKeyName(property);
        const target = child(property, 'value');
        if (name === null || target === null) record(module, path, property);
        else followPattern(target, module, [...path, name]);
      }
    } else record(module, path, pattern);
  }

  /** Follows an expression that holds a builtin module or one of its namespaces. */
  function follow(node: SyntaxNode, module: string, path: readonly string[]): void {
    const parent = parents.get(node);
    if (parent === undefined) return;
    if (isTransparent(parent) || parent.type === 'AwaitExpression') follow(parent, module, path);
    else if (isMember(parent) && parent.object === node) {
      const name = memberName(parent);
      if (name !== null && NAMESPACES.has(name)) follow(parent, module, [...path, name]);
      else record(module, name === null ? path : [...path, name], parent);
    } else if (parent.type === 'VariableDeclarator' && parent.init === node) {
      const id = child(parent, 'id');
      if (id !== null) followPattern(id, module, path);
    } else record(module, path, node);
  }

  for (const statement of children(file.program, 'body')) {
    const source = literalText(child(statement, 'source'));
    if (statement.importKind === 'type' || statement.exportKind === 'type') continue;
    if (statement.type === 'TSImportEqualsDeclaration') {
      const target = literalText(child(child(statement, 'moduleReference') ?? statement, 'expression'));
      const id = child(statement, 'id');
      if (id !== null && target !== null && isNodes(target)) followName(id, bare(target), []);
    }
    if (source === null || !isNodes(source)) continue;
    const specifiers = children(statement, 'specifiers');
    if (specifiers.length === 0) record(bare(source), [], statement);
    for (const specifier of specifiers) {
      const local = child(specifier, 'local');
      if (local === null || specifier.importKind === 'type' || specifier.exportKind === 'type') continue;
      const imported = child(specifier, 'imported');
      if (specifier.type === 'ExportSpecifier') record(bare(source), [field(local, 'name')], specifier);
      else if (imported === null) followName(local, bare(source), []);
      else followName(local, bare(source), [field(imported, imported.type === 'Literal' ? 'value' : 'name')]);
    }
  }
  for (const call of calls) {
    const specifier = literalText(isCall(call) ? argumentsOf(call)[0] : child(call, 'source'));
    if (specifier === null || !isNodes(specifier)) continue;
    const callee = isCall(call) ? child(call, 'callee') : null;
    const name = isIdentifier(callee) ? field(callee, 'name') : null;
    if (name !== null && !part.knows(name)) met.add(name);
    else if (!isCall(call) || isRequire(callee, bindings)) follow(call, bare(specifier), []);
  }
  return uses.sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
}

/** Calls and `import()` that the part holds, in source order, and the parent of every node of it. */
function callsIn(file: ParsedFile, part: Part) {
  const parents = new Map<SyntaxNode, SyntaxNode>();
  const calls: SyntaxNode[] = [];
  walk(
    file.program,
    {
      enter(node, parent) {
        if (!part.holds(node)) return 'skip';
        if (parent !== null) parents.set(node, parent);
        if (node.type === 'CallExpression' || node.type === 'ImportExpression') calls.push(node);
        return undefined;
      },
    },
    { types: true },
  );
  return { parents, calls };
}

const bare = (specifier: string): string => specifier.replace(/^node:/, '');

/** `require`, a name made by `createRequire(…)`, or `process.getBuiltinModule`. */
function isRequire(callee: SyntaxNode | null, bindings: Bindings): boolean {
  if (isMember(callee)) {
    const object = child(callee, 'object');
    return (
      memberName(callee) === 'getBuiltinModule' &&
      isIdentifier(object, 'process') &&
      bindings.bindingOf(object) === null
    );
  }
  if (!isIdentifier(callee)) return false;
  const binding = bindings.bindingOf(callee);
  if (binding === null) return callee.name === 'require';
  const made = binding.declaration.type === 'VariableDeclarator' ? child(binding.declaration, 'init') : null;
  const maker = isCall(made) ? child(made, 'callee') : null;
  return (isMember(maker) ? memberName(maker) : isIdentifier(maker) ? maker.name : null) === 'createRequire';
}
