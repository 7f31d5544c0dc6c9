import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  isMember,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import type { FileWork } from '../state/conversion.ts';
import { PACKAGES } from './_known.ts';

/** The package that has a function which is made to be handed the request, as `validationResult(req)`; null for any other call. */
export function takesRequest(work: FileWork, root: SyntaxNode): string | null {
  const call = work.parents.get(root);
  if (call?.type !== 'CallExpression' || unwrap(argumentsOf(call)[0] ?? call) !== root) return null;
  const callee = calleeOf(call);
  const object = isMember(callee) ? child(callee, 'object') : callee;
  const binding = isIdentifier(object) ? work.bindings.bindingOf(object) : null;
  const found =
    binding === null ? undefined : importsOf(work).find(({ bindings }) => bindings.includes(binding));
  const names = found === undefined ? undefined : PACKAGES.get(found.module)?.takesRequest;
  if (names === undefined || found === undefined || object === null) return null;
  const name = isMember(callee) ? memberName(callee) : importedName(found.declarator, object);
  return name !== null && names.includes(name) ? found.module : null;
}

/** `validationResult` of `const { validationResult: resultOf } = require(…)` or of the same import. */
function importedName(declarator: SyntaxNode, local: SyntaxNode): string | null {
  const id = child(declarator, 'id');
  const items =
    id?.type === 'ObjectPattern' ? children(id, 'properties') : children(declarator, 'specifiers');
  for (const item of items) {
    const own = child(item, id === null ? 'local' : 'value');
    if (!isIdentifier(own, String(local.name))) continue;
    const imported = child(item, 'imported');
    return id === null ? String(imported?.name ?? '') : propertyKeyName(item);
  }
  return null;
}
