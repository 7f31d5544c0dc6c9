import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import { calleeOf, child, isFunction, isIdentifier, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { type Frame, hasOpenPath } from './frame.ts';

/** Functions declared inside a handler that answer for it: `const fail = (text) => res.status(400).json({ text });`. */
export function collectClosures(conversion: Conversion, frame: Frame): Set<Binding> {
  const { unit } = frame;
  const closures = new Set<Binding>();
  for (const { binding, fn } of candidates(unit)) {
    conversion.dry += 1;
    const inner = { ...frame, fn, open: [] };
    const flow = frame.reading.body(conversion, inner);
    conversion.dry -= 1;
    if (hasOpenPath(flow, inner) || !flow.answers) continue;
    closures.add(binding);
    for (const reference of binding.references) markAnswering(unit, reference.node);
    frame.reading.body(conversion, { ...frame, fn, open: [] });
  }
  return closures;
}

function candidates(unit: Unit): { binding: Binding; fn: SyntaxNode }[] {
  const { bindings, parents } = unit.work;
  const found: { binding: Binding; fn: SyntaxNode }[] = [];
  for (const node of findAll(unit.fn.node, 'FunctionDeclaration', 'VariableDeclarator')) {
    if (node === unit.fn.node) continue;
    const id = child(node, 'id');
    const init = node.type === 'VariableDeclarator' ? child(node, 'init') : node;
    const fn = init === null ? null : unwrap(init);
    if (!isIdentifier(id) || !isFunction(fn) || !unit.answering.has(fn)) continue;
    const binding = bindings.bindingOf(id);
    if (binding === null || binding.references.length === 0) continue;
    const called = binding.references.every(({ node: use, write }) => {
      const call = parents.get(use);
      return !write && call?.type === 'CallExpression' && calleeOf(call) === use;
    });
    if (called) found.push({ binding, fn });
  }
  return found;
}

function markAnswering(unit: Unit, node: SyntaxNode): void {
  for (
    let up: SyntaxNode | undefined = node;
    up !== undefined && up !== unit.fn.node;
    up = unit.work.parents.get(up)
  ) {
    unit.answering.add(up);
  }
}
