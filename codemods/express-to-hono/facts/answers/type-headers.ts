import {
  argumentsOf,
  child,
  children,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../state/conversion.ts';

/** Whether a call in the chain that starts at an identifier sets the header `Content-Type`, or one that is not known. */
export function setsTypeHeader({ parents }: FileWork, root: SyntaxNode): boolean {
  let node = root;
  for (let up = parents.get(node); up !== undefined; node = up, up = parents.get(up)) {
    if (isMember(up) && child(up, 'object') === node) continue;
    if (up.type === 'ChainExpression' || up.type === 'TSNonNullExpression') continue;
    if (up.type !== 'CallExpression' || child(up, 'callee') !== node) return false;
    const [name] = argumentsOf(up);
    if (
      /^(set|header|setHeader|append|appendHeader)$/.test(memberName(node) ?? '') &&
      name !== undefined &&
      mayNameType(name)
    )
      return true;
  }
  return false;
}

/** Whether the first argument of `res.set` is `Content-Type`, an object with that key, or not known. */
function mayNameType(name: SyntaxNode): boolean {
  const given = unwrap(name);
  const isType = (text: string | null) => text === null || text.toLowerCase() === 'content-type';
  if (given.type !== 'ObjectExpression') return isType(literalText(given));
  return children(given, 'properties').some((each) => isType(propertyKeyName(each)));
}
