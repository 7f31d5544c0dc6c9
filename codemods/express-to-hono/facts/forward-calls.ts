import { argumentsOf, calleeOf, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, Unit } from '../state/conversion.ts';

/** `fn(req, res, next)` where `fn` is a parameter of a function around: an async wrapper handing the request on. */
export function isForwardCall(conversion: Conversion, unit: Unit, call: SyntaxNode): boolean {
  const callee = calleeOf(call);
  if (!isIdentifier(callee) || conversion.roles.has(callee)) return false;
  const binding = unit.work.bindings.bindingOf(callee);
  const roles = argumentsOf(call).map((argument) => conversion.roles.get(argument)?.role ?? null);
  const expected = ['req', 'res', 'next'];
  return (
    binding?.kind === 'parameter' &&
    !isWithin(unit, binding.node) &&
    (roles.length === 2 || roles.length === 3) &&
    roles.every((role, index) => role === expected[index])
  );
}

const isWithin = (unit: Unit, node: SyntaxNode) =>
  unit.fn.node.start <= node.start && node.end <= unit.fn.node.end;
