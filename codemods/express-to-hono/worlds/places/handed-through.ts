import type { Modules } from '../../../../src/workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  field,
  isCall,
  isFunction,
  isIdentifier,
  literalText,
  parametersOf,
  propertyKeyName,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { importsOf, requiredModule } from '../../../shared/edit/imports-of.ts';
import type { FileWork } from '../../state/conversion.ts';
import type { Named } from '../../state/worlds.ts';
import { readTarget } from '../targets.ts';
import { exportsOf } from './exports-of.ts';

type Place = Pick<Named, 'work' | 'node'>;

/**
 * Where a function names what it is handed at a place, by a parameter or by a property of one: `routes({ guard })` and
 * `({ guard }) => { router.use(guard); }`.
 *
 * @returns null where it is handed to nothing, or to what others call as well
 */
export function handedThrough(
  { work, node }: Place,
  modules: Modules,
  workOf: (file: ParsedFile) => FileWork,
): Place[] | null {
  const up = work.parents.get(node);
  const isValue = up?.type === 'Property' && child(up, 'value') === node;
  const argument = isValue ? work.parents.get(up) : node;
  const call = argument === undefined ? undefined : work.parents.get(argument);
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  const index = call === undefined || argument === undefined ? -1 : argumentsOf(call).indexOf(argument);
  if (call === undefined || argument === undefined || callee === null || index < 0) return null;
  const around = [...argumentsOf(call), ...children(argument, 'properties')];
  if (around.some(({ type }) => type === 'SpreadElement')) return null;
  const called = localCallee(work, callee) ?? importedCallee(work, callee, modules, workOf);
  const key = isValue ? propertyKeyName(up) : null;
  const parameter = called === null ? undefined : parametersOf(called.fn)[index];
  if (called === null || parameter === undefined || isValue === (key === null)) return null;
  const name = key === null ? parameter : propertyOf(parameter, key);
  const binding = isIdentifier(name) ? called.work.bindings.bindingOf(name) : null;
  const references = binding?.references.filter((each) => !each.type) ?? [];
  if (references.length === 0 || references.some(({ write }) => write)) return null;
  return references.map((each) => ({ work: called.work, node: each.node }));
}

interface Callee {
  work: FileWork;
  fn: SyntaxNode;
}

/** The name that a pattern gives to a property. */
const propertyOf = (pattern: SyntaxNode, key: string): SyntaxNode | null => {
  const properties = pattern.type === 'ObjectPattern' ? children(pattern, 'properties') : [];
  const property = properties.find((each) => each.type === 'Property' && propertyKeyName(each) === key);
  return property === undefined ? null : child(property, 'value');
};

/** A function of the same file that nothing else calls. */
function localCallee(work: FileWork, callee: SyntaxNode): Callee | null {
  const binding = isIdentifier(callee) ? work.bindings.bindingOf(callee) : null;
  if (binding === null || binding.references.length !== 1) return null;
  const { declaration } = binding;
  const value = declaration.type === 'VariableDeclarator' ? child(declaration, 'init') : declaration;
  const fn = value === null ? null : unwrap(value);
  return fn !== null && isFunction(fn) ? { work, fn } : null;
}

/** A function that a module exports, which only this place of this file loads and calls. */
function importedCallee(
  work: FileWork,
  callee: SyntaxNode,
  modules: Modules,
  workOf: (file: ParsedFile) => FileWork,
): Callee | null {
  const from = importOf(work, callee);
  const resolved = from === null ? null : modules.resolve(work.file.path, from.module);
  const file = resolved?.kind === 'file' ? modules.file(resolved.path) : null;
  if (from === null || file === null) return null;
  if (modules.importersOf(file.path).some((path) => path !== work.file.path)) return null;
  const fn = exportedFunction(workOf(file), from.name);
  return fn === null ? null : { work: workOf(file), fn };
}

/** What a callee is imported as: `module` for all that a CommonJS module exports. */
function importOf(work: FileWork, callee: SyntaxNode): { module: string; name: string } | null {
  const required = isCall(callee) ? requiredModule(callee) : null;
  if (required !== null) return { module: required, name: 'module' };
  const binding = isIdentifier(callee) ? work.bindings.bindingOf(callee) : null;
  if (binding === null || binding.references.length !== 1) return null;
  for (const { module, statement, declarator, bindings } of importsOf(work)) {
    if (!bindings.includes(binding)) continue;
    if (statement.type !== 'ImportDeclaration')
      return isIdentifier(child(declarator, 'id')) && isCall(child(declarator, 'init'))
        ? { module, name: 'module' }
        : null;
    const item = children(statement, 'specifiers').find((each) => child(each, 'local') === binding.node);
    const imported = item?.type === 'ImportSpecifier' ? child(item, 'imported') : null;
    if (item?.type === 'ImportDefaultSpecifier') return { module, name: 'default' };
    return imported === null ? null : { module, name: literalText(imported) ?? field(imported, 'name') };
  }
  return null;
}

/** The function that a file exports under a name. */
function exportedFunction(work: FileWork, name: string): SyntaxNode | null {
  for (const statement of children(work.file.program, 'body')) {
    const target = readTarget(work, statement);
    const isIt = target !== null && exportsOf(target).some((each) => each.name === name);
    const whole =
      name === 'default' && statement.type === 'ExportDefaultDeclaration'
        ? child(statement, 'declaration')
        : null;
    const value = isIt ? target.value : whole;
    const fn = value === null ? null : unwrap(value);
    if (fn !== null && isFunction(fn)) return fn;
  }
  return null;
}
