import { child, children, memberName, propertyKeyName, unwrap } from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';
import type { FlowContext } from './context.ts';
import type { FileFlow } from './file.ts';
import { isGlobalObject } from './globals.ts';
import { type Cell, isHolder, newCell, type Value } from './values.ts';

/** Generates the constraints of assignments and of patterns, declaring or not. */
export function createPatterns(context: FlowContext, flow: FileFlow) {
  const { file, bindings } = flow;

  function assign(target: SyntaxNode, from: Cell): void {
    const inner = unwrap(target);
    if (inner.type === 'MemberExpression') {
      const object = child(inner, 'object');
      const name = memberName(inner);
      if (object === null) return;
      if (
        object.type === 'Identifier' &&
        object.name === 'module' &&
        name === 'exports' &&
        bindings.bindingOf(object) === null
      ) {
        context.place(file, inner, from);
        context.flow(from, context.moduleOf(file.path).assigned);
        return;
      }
      if (name !== null && isGlobalObject(object, bindings)) {
        context.writeMember(context.globals, name, from);
        return;
      }
      const key = child(inner, 'property');
      if (name === null && key !== null) flow.expression(key);
      context.read(flow.expression(object), (held) => context.writeMember(held, name ?? '?', from));
      return;
    }
    if (inner.type === 'Identifier') {
      const binding = bindings.bindingOf(inner);
      if (binding !== null) context.flow(from, context.bindingCell(binding));
      else if (file.module === 'cjs') context.writeMember(context.globals, String(inner.name), from);
      return;
    }
    pattern(inner, from);
  }

  function pattern(node: SyntaxNode, from: Cell): void {
    switch (node.type) {
      case 'Identifier': {
        const binding = bindings.bindingOf(node);
        if (binding === null) return;
        context.place(file, node, context.bindingCell(binding));
        context.flow(from, context.bindingCell(binding));
        return;
      }
      case 'AssignmentPattern': {
        const left = child(node, 'left');
        const right = child(node, 'right');
        const both = flow.flowInto(from);
        if (right !== null) context.flow(flow.expression(right), both);
        if (left !== null) pattern(left, both);
        return;
      }
      case 'ObjectPattern':
        context.place(file, node, from);
        for (const property of children(node, 'properties')) {
          if (property.type === 'RestElement') {
            const argument = child(property, 'argument');
            if (argument !== null) pattern(argument, from);
            continue;
          }
          const target = child(property, 'value');
          const name = propertyKeyName(property);
          const key = child(property, 'key');
          if (property.computed === true && key !== null) flow.expression(key);
          if (target === null) continue;
          const cell = newCell();
          context.read(from, (held) => context.readMember(held, name ?? '*', cell));
          pattern(target, cell);
        }
        return;
      case 'ArrayPattern': {
        context.place(file, node, from);
        const elements = Array.isArray(node.elements) ? (node.elements as (SyntaxNode | null)[]) : [];
        for (const [index, element] of elements.entries()) {
          if (element === null) continue;
          if (element.type === 'RestElement') {
            const argument = child(element, 'argument');
            if (argument !== null) pattern(argument, from);
            continue;
          }
          const cell = newCell();
          context.read(from, (held) => readElement(held, index, cell));
          pattern(element, cell);
        }
        return;
      }
      default:
        assign(node, from);
    }
  }

  function readElement(held: Value, index: number, into: Cell): void {
    const positional = isHolder(held) && held.kind === 'array' && held.members.has(String(index));
    context.readMember(held, positional ? String(index) : '*', into);
  }

  return { assign, pattern };
}
