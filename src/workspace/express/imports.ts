import type { Modules } from '../syntax/modules.ts';
import { argumentsOf, child, children, field, literalText } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import type { ExpressProgram } from './program.ts';

/** Statements of a file that import or require Express itself, and the names they make. */
export function expressImports(modules: Modules, file: ParsedFile): ExpressProgram['imports'] {
  const isExpress = (node: SyntaxNode | null) => {
    const specifier = literalText(node);
    const target = specifier === null ? null : modules.resolve(file.path, specifier);
    return target?.kind === 'package' && target.name === 'express';
  };
  const found: {
    file: ParsedFile;
    span: { start: number; end: number };
    names: string[];
    typeOnly: boolean;
    whole: boolean;
  }[] = [];
  for (const statement of children(file.program, 'body')) {
    const span = { start: statement.start, end: statement.end };
    if (statement.type === 'ImportDeclaration' && isExpress(child(statement, 'source'))) {
      const specifiers = children(statement, 'specifiers');
      const typeOnly =
        statement.importKind === 'type' ||
        (specifiers.length > 0 && specifiers.every((part) => part.importKind === 'type'));
      const names = specifiers.map((part) => field(child(part, 'local') ?? part, 'name'));
      const whole = specifiers.some((part) => part.type === 'ImportNamespaceSpecifier');
      found.push({ file, span, names, typeOnly, whole });
    }
    if (statement.type === 'TSImportEqualsDeclaration') {
      const source = child(child(statement, 'moduleReference') ?? statement, 'expression');
      if (isExpress(source)) {
        found.push({
          file,
          span,
          names: [field(child(statement, 'id') ?? statement, 'name')],
          ...{ typeOnly: false, whole: true },
        });
      }
    }
    if (statement.type === 'VariableDeclaration') {
      const names = children(statement, 'declarations').flatMap((declarator) => {
        const init = child(declarator, 'init');
        const id = child(declarator, 'id');
        return init !== null && id !== null && requiresExpress(init, isExpress) ? namesIn(id) : [];
      });
      if (names.length > 0) found.push({ file, span, names, typeOnly: false, whole: true });
    }
  }
  return found;
}

/** `require('express')`, also with members and calls behind it. */
function requiresExpress(init: SyntaxNode, isExpress: (node: SyntaxNode | null) => boolean): boolean {
  let at: SyntaxNode | null = init;
  while (at !== null) {
    if (at.type === 'CallExpression') {
      const callee = child(at, 'callee');
      if (callee?.type === 'Identifier')
        return callee.name === 'require' && isExpress(argumentsOf(at)[0] ?? null);
      at = callee;
    } else
      at =
        at.type === 'MemberExpression' || at.type === 'NewExpression'
          ? (child(at, 'object') ?? child(at, 'callee'))
          : null;
  }
  return false;
}

function namesIn(pattern: SyntaxNode): string[] {
  if (pattern.type === 'Identifier') return [field(pattern, 'name')];
  if (pattern.type === 'Property') return namesIn(child(pattern, 'value') ?? pattern);
  if (pattern.type === 'AssignmentPattern') return namesIn(child(pattern, 'left') ?? pattern);
  return [...children(pattern, 'properties'), ...children(pattern, 'elements')].flatMap(namesIn);
}
