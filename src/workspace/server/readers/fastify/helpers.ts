import { resolveBindings } from '../../../syntax/bindings.ts';
import type { Modules } from '../../../syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  isIdentifier,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../syntax/parse.ts';
import { bodyOf } from './filters.ts';

/**
 * Tells calls in a file that give the folder of the file whose URL they are handed: `const here = (url) =>
 * dirname(fileURLToPath(url))`, in this file or in one that it imports.
 */
export const pathHelper =
  (modules: Modules, file: ParsedFile) =>
  (call: SyntaxNode): boolean => {
    const fn = functionNamed(modules, file, calleeOf(call));
    const [parameter] = fn === null ? [] : parametersOf(fn);
    const whole = fn === null ? null : bodyOf(fn);
    const inner = whole === null ? null : argumentOf(whole, 'dirname');
    const url = inner === null ? null : argumentOf(inner, 'fileURLToPath');
    return isIdentifier(parameter) && isIdentifier(url, String(parameter.name));
  };

/** The function that a name stands for: declared in the file, or exported by the file that it is imported from. */
function functionNamed(modules: Modules, file: ParsedFile, name: SyntaxNode | null): SyntaxNode | null {
  const binding = isIdentifier(name) ? resolveBindings(file).bindingOf(name) : null;
  if (binding === null) return null;
  if (binding.kind !== 'import') return functionAt(binding.declaration);
  const statement = children(file.program, 'body').find((one) =>
    children(one, 'specifiers').includes(binding.declaration),
  );
  const source = statement === undefined ? null : literalText(child(statement, 'source'));
  const target = source === null ? null : modules.resolve(file.path, source);
  const from = target?.kind === 'file' ? modules.file(target.path) : null;
  const imported = child(binding.declaration, 'imported');
  const there = from === null || imported === null ? null : resolveBindings(from).module;
  const found = there?.bindings.get(String(imported?.name));
  return found === undefined ? null : functionAt(found.declaration);
}

/** A function that is declared, or that a constant holds. */
function functionAt(declaration: SyntaxNode): SyntaxNode | null {
  if (isFunction(declaration)) return declaration;
  const init = declaration.type === 'VariableDeclarator' ? child(declaration, 'init') : null;
  return init !== null && isFunction(unwrap(init)) ? unwrap(init) : null;
}

/** What a call of a function of that name is given first, through whatever it is reached. */
function argumentOf(given: SyntaxNode, name: string): SyntaxNode | null {
  const node = unwrap(given);
  if (!isCall(node)) return null;
  const callee = calleeOf(node);
  if (!isIdentifier(callee, name) && memberName(callee) !== name) return null;
  const [first] = argumentsOf(node);
  return first === undefined ? null : unwrap(first);
}
