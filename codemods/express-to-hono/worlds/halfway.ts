import type { RouterValue } from '../../../src/workspace/express/program.ts';
import { resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import { calleeOf, child, isCall, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import { parentsOf } from '../../../src/workspace/syntax/walk.ts';

/**
 * Whether an application stands beside Hono already, as an earlier run left it: `besideExpress(hono, express())`, by the
 * name that the parity module exports it under.
 */
export function isHalfway({ file, creation }: RouterValue): boolean {
  const call = parentsOf(file).get(creation);
  const callee = isCall(call) ? calleeOf(call) : null;
  const binding = isIdentifier(callee) ? resolveBindings(file).bindingOf(callee) : null;
  if (binding === null) return false;
  const { declaration, node } = binding;
  const imported = child(declaration, 'imported');
  if (imported !== null) return isIdentifier(imported, 'besideExpress');
  const pattern = child(declaration, 'id');
  const property = pattern === null ? undefined : parentsOf(file).get(node);
  return property?.type === 'Property' && isIdentifier(child(property, 'key'), 'besideExpress');
}
