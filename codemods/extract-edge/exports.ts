import { type Binding, resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import {
  child,
  children,
  field,
  isExportsObject,
  isIdentifier,
  isMember,
  isModuleExports,
  literalText,
  memberName,
  propertyKeyName,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';

/** What a module gives under a name: something it declares, or an expression. */
export type Given = { file: ParsedFile; binding: Binding } | { file: ParsedFile; node: SyntaxNode };

/**
 * What a module exports under a name (`default`; `module` for all of a CommonJS module); null where that is not written
 * out in one place.
 */
export function exportOf(modules: Modules, file: ParsedFile, name: string): Given | null {
  const found = children(file.program, 'body').flatMap((statement) =>
    exportsIn(modules, file, statement, name),
  );
  const [only, ...others] = found;
  return only === undefined || others.length > 0 ? null : only;
}

function exportsIn(
  modules: Modules,
  file: ParsedFile,
  statement: SyntaxNode,
  name: string,
): (Given | null)[] {
  const declaration = child(statement, 'declaration');
  if (statement.type === 'ExportNamedDeclaration') {
    if (declaration !== null)
      return declared(file, declaration).filter(({ binding }) => binding.name === name);
    const source = literalText(child(statement, 'source'));
    return children(statement, 'specifiers').flatMap((each) => {
      if (nameIn(child(each, 'exported')) !== name) return [];
      const local = child(each, 'local');
      if (source === null) return local === null ? [null] : [given(file, local)];
      const resolved = modules.resolve(file.path, source);
      const from = resolved.kind === 'file' ? modules.file(resolved.path) : null;
      return [from === null ? null : exportOf(modules, from, nameIn(local))];
    });
  }
  // What stands in the other module is not looked for: two of them may give the same name.
  if (statement.type === 'ExportAllDeclaration') return [null];
  if (statement.type === 'ExportDefaultDeclaration' && name === 'default' && declaration !== null) {
    const id = child(declaration, 'id');
    return [id !== null ? given(file, id) : given(file, declaration)];
  }
  const assignment = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
  if (assignment?.type !== 'AssignmentExpression') return [];
  const [left, right] = [child(assignment, 'left'), child(assignment, 'right')];
  if (left === null || right === null) return [];
  if (isModuleExports(left)) {
    if (name === 'module') return [given(file, right)];
    const properties = right.type === 'ObjectExpression' ? children(right, 'properties') : [];
    return properties.flatMap((each) => {
      const value = propertyKeyName(each) === name ? child(each, 'value') : null;
      return value === null ? [] : [given(file, value)];
    });
  }
  const object = isMember(left) ? child(left, 'object') : null;
  const isOfModule = isExportsObject(object);
  return isOfModule && memberName(left) === name ? [given(file, right)] : [];
}

function given(file: ParsedFile, node: SyntaxNode): Given {
  const binding = isIdentifier(node) ? resolveBindings(file).bindingOf(node) : null;
  return binding === null ? { file, node } : { file, binding };
}

function declared(file: ParsedFile, declaration: SyntaxNode): { file: ParsedFile; binding: Binding }[] {
  const ids =
    declaration.type === 'VariableDeclaration'
      ? children(declaration, 'declarations').map((each) => child(each, 'id'))
      : [child(declaration, 'id')];
  return ids.flatMap((id) => {
    const binding = isIdentifier(id) ? resolveBindings(file).bindingOf(id) : null;
    return binding === null ? [] : [{ file, binding }];
  });
}

const nameIn = (node: SyntaxNode | null): string =>
  node === null ? '' : (literalText(node) ?? field(node, 'name'));
