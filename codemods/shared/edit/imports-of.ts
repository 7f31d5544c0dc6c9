import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  literalText,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from './work.ts';

/** One import of a package: the statement and the names it makes. */
export interface PackageImport {
  module: string;
  statement: SyntaxNode;
  /** The declarator of a `require`, or the statement again. */
  declarator: SyntaxNode;
  bindings: Binding[];
}

/** Imports and requires at the top level of a file, in order. */
export function importsOf(work: FileWork): PackageImport[] {
  const found: PackageImport[] = [];
  for (const statement of children(work.file.program, 'body')) {
    if (statement.type === 'ImportDeclaration') {
      const module = literalText(child(statement, 'source'));
      if (module === null) continue;
      const bindings = children(statement, 'specifiers').map((specifier) =>
        bindingOf(work, child(specifier, 'local')),
      );
      found.push({
        module,
        statement,
        declarator: statement,
        bindings: bindings.filter((each) => each !== null),
      });
    }
    if (statement.type === 'ExpressionStatement') {
      const module = requiredModule(child(statement, 'expression'));
      if (module !== null) found.push({ module, statement, declarator: statement, bindings: [] });
    }
    if (statement.type !== 'VariableDeclaration') continue;
    for (const declarator of children(statement, 'declarations')) {
      const module = requiredModule(child(declarator, 'init'));
      if (module === null) continue;
      const id = child(declarator, 'id');
      const names =
        id?.type === 'ObjectPattern'
          ? children(id, 'properties').map((property) => child(property, 'value'))
          : [id];
      const bindings = names.map((name) => bindingOf(work, name)).filter((each) => each !== null);
      found.push({ module, statement, declarator, bindings });
    }
  }
  return found;
}

const bindingOf = (work: FileWork, node: SyntaxNode | null): Binding | null =>
  isIdentifier(node) ? work.bindings.bindingOf(node) : null;

/** `x` for `require('x')`, `require('x').Router` and `require('x')()`. */
export function requiredModule(node: SyntaxNode | null): string | null {
  const inner = node === null ? null : unwrap(node);
  if (inner?.type === 'MemberExpression') return requiredModule(child(inner, 'object'));
  if (inner?.type !== 'CallExpression') return null;
  return isIdentifier(calleeOf(inner), 'require') ? literalText(argumentsOf(inner)[0]) : null;
}
