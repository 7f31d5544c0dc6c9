import type { Bindings } from '../bindings.ts';
import { child, children, field, isIdentifier } from '../nodes.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';
import { childrenOf, isTypeNode } from '../walk.ts';
import type { FlowContext } from './context.ts';
import { createExpressions } from './expressions.ts';
import type { FileFlow } from './file.ts';
import { type Cell, newCell } from './values.ts';

/** Adds the constraints of one file: its declarations, imports, exports and every expression in it. */
export function generateFile(context: FlowContext, file: ParsedFile, bindings: Bindings): void {
  const flow: FileFlow = createExpressions(context, file, bindings, statement);
  const own = context.moduleOf(file.path);

  /** What an import of a whole module gives: its `module.exports`, or the module's namespace. */
  function moduleCell(specifier: string, interop: boolean): Cell {
    return flow.required(specifier, interop);
  }

  function imports(node: SyntaxNode): void {
    const specifier = String(child(node, 'source')?.value ?? '');
    if (node.importKind === 'type') return;
    const whole = moduleCell(specifier, false);
    for (const part of children(node, 'specifiers')) {
      const local = child(part, 'local');
      const binding = local && bindings.bindingOf(local);
      if (!binding || part.importKind === 'type') continue;
      const cell = context.bindingCell(binding);
      if (part.type === 'ImportNamespaceSpecifier') context.flow(whole, cell);
      else if (part.type === 'ImportDefaultSpecifier') context.flow(moduleCell(specifier, true), cell);
      else {
        const imported = child(part, 'imported');
        const name = imported === null ? '' : field(imported, imported.type === 'Literal' ? 'value' : 'name');
        if (name === 'default') context.flow(moduleCell(specifier, true), cell);
        else context.read(whole, (value) => context.readMember(value, name, cell));
      }
    }
  }

  function exportNamed(node: SyntaxNode): void {
    const declaration = child(node, 'declaration');
    if (declaration !== null) {
      statement(declaration);
      for (const id of declaredNames(declaration)) {
        const binding = bindings.bindingOf(id);
        if (binding !== null) context.writeMember(own, binding.name, context.bindingCell(binding));
      }
      return;
    }
    const source = child(node, 'source');
    const whole = source === null ? null : moduleCell(String(source.value), false);
    const nameOf = (part: SyntaxNode | null) =>
      part === null ? '' : field(part, part.type === 'Literal' ? 'value' : 'name');
    for (const part of children(node, 'specifiers')) {
      const local = child(part, 'local');
      const exported = nameOf(child(part, 'exported'));
      if (whole === null) {
        const binding = local && bindings.bindingOf(local);
        if (binding) context.writeMember(own, exported, context.bindingCell(binding));
        continue;
      }
      const cell = newCell();
      if (nameOf(local) === 'default') context.flow(moduleCell(String(source?.value), true), cell);
      else context.read(whole, (value) => context.readMember(value, nameOf(local), cell));
      context.writeMember(own, exported, cell);
    }
  }

  function statement(node: SyntaxNode): void {
    switch (node.type) {
      case 'ImportDeclaration':
        imports(node);
        return;
      case 'TSImportEqualsDeclaration': {
        const id = child(node, 'id');
        const target = child(node, 'moduleReference');
        const specifier = target && child(target, 'expression');
        const binding = id && bindings.bindingOf(id);
        if (binding && typeof specifier?.value === 'string') {
          context.flow(moduleCell(specifier.value, false), context.bindingCell(binding));
        }
        return;
      }
      case 'ExportNamedDeclaration':
        if (node.exportKind !== 'type') exportNamed(node);
        return;
      case 'ExportAllDeclaration': {
        if (node.exportKind === 'type') return;
        const whole = moduleCell(String(child(node, 'source')?.value ?? ''), false);
        const exported = child(node, 'exported');
        if (exported === null) context.flow(whole, own.parents);
        else context.writeMember(own, field(exported, 'name'), whole);
        return;
      }
      case 'ExportDefaultDeclaration': {
        const declaration = child(node, 'declaration');
        if (declaration === null || isTypeNode(declaration)) return;
        context.writeMember(own, 'default', flow.expression(declaration));
        return;
      }
      case 'TSExportAssignment': {
        const expression = child(node, 'expression');
        if (expression !== null) context.flow(flow.expression(expression), own.assigned);
        return;
      }
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        flow.expression(node);
        return;
      case 'TSEnumDeclaration': {
        const id = child(node, 'id');
        if (isIdentifier(id)) flow.pattern(id, flow.expression(node));
        return;
      }
      case 'VariableDeclaration':
        for (const declarator of children(node, 'declarations')) {
          const id = child(declarator, 'id');
          const init = child(declarator, 'init');
          if (id !== null) flow.pattern(id, init === null ? newCell() : flow.expression(init));
        }
        return;
      case 'ForOfStatement':
      case 'ForInStatement': {
        const left = child(node, 'left');
        const right = child(node, 'right');
        const body = child(node, 'body');
        const items = newCell();
        if (right !== null) {
          const over = flow.expression(right);
          if (node.type === 'ForOfStatement')
            context.read(over, (value) => context.readMember(value, '*', items));
          else flow.keysOf(over, items);
        }
        if (left?.type === 'VariableDeclaration') {
          for (const declarator of children(left, 'declarations')) {
            const id = child(declarator, 'id');
            if (id !== null) flow.pattern(id, items);
          }
        } else if (left !== null) flow.pattern(left, items);
        if (body !== null) statement(body);
        return;
      }
      case 'ReturnStatement': {
        const argument = child(node, 'argument');
        if (argument !== null) flow.returned(flow.expression(argument));
        return;
      }
      default:
        if (isTypeNode(node)) return;
        for (const part of childrenOf(node)) {
          if (isStatement(part)) statement(part);
          else if (!isTypeNode(part)) flow.expression(part);
        }
    }
  }

  for (const node of children(file.program, 'body')) statement(node);
}

const isStatement = (node: SyntaxNode): boolean =>
  /(?:Statement|Declaration|Declarator|Clause|SwitchCase|StaticBlock)$/.test(node.type);

/** Identifiers that a declaration statement declares. */
function declaredNames(declaration: SyntaxNode): SyntaxNode[] {
  if (declaration.type !== 'VariableDeclaration') {
    const id = child(declaration, 'id');
    return isIdentifier(id) ? [id] : [];
  }
  const found: SyntaxNode[] = [];
  const gather = (pattern: SyntaxNode): void => {
    if (pattern.type === 'Identifier') found.push(pattern);
    else if (pattern.type === 'AssignmentPattern') gatherField(pattern, 'left');
    else if (pattern.type === 'RestElement') gatherField(pattern, 'argument');
    else if (pattern.type === 'Property') gatherField(pattern, 'value');
    else
      for (const part of [...children(pattern, 'properties'), ...children(pattern, 'elements')]) gather(part);
  };
  const gatherField = (pattern: SyntaxNode, name: string): void => {
    const inner = child(pattern, name);
    if (inner !== null) gather(inner);
  };
  for (const declarator of children(declaration, 'declarations')) gatherField(declarator, 'id');
  return found;
}
