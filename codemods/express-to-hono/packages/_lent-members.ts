import {
  child,
  children,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../state/conversion.ts';
import { words } from './_words.ts';

/** What `onContext` has of a request. */
export const REQUEST = words(
  'ip method headers originalUrl url path params query body cookies get header rateLimit slowDown id log',
);
/** What it has of a response. */
export const RESPONSE = words(
  'setHeader append set header status send json sendStatus end headersSent statusCode getHeader getHeaders',
);

/** Whether a function that is handed the request and the response asks of them no more than `onContext` has. */
export function asksForLent(
  work: FileWork,
  fn: SyntaxNode,
  lent: readonly (ReadonlySet<string> | null)[] = [REQUEST, RESPONSE],
): boolean {
  return parametersOf(fn).every((parameter, index) => {
    const names = lent[index] ?? null;
    const target = patternTarget(parameter);
    if (names === null) return true;
    if (target.type === 'ObjectPattern')
      return children(target, 'properties').every((each) => names.has(propertyKeyName(each) ?? ''));
    const references = isIdentifier(target) ? work.bindings.bindingOf(target)?.references : undefined;
    return references?.every(({ node }) => isLent(work, node, names)) === true;
  });
}

function isLent(work: FileWork, node: SyntaxNode, names: ReadonlySet<string>): boolean {
  const { parents } = work;
  const up = parents.get(node);
  // `(req as any).id`
  if (up !== undefined && /^(TS(As|NonNull|Satisfies)Expression|ParenthesizedExpression)$/.test(up.type))
    return isLent(work, up, names);
  if (!isMember(up) || child(up, 'object') !== node) return false;
  const call = parents.get(up);
  const next = call === undefined ? undefined : parents.get(call);
  // What `res.status(429)` gives back is the response.
  const goesOn = names === RESPONSE && isMember(next) && child(next, 'object') === call;
  return names.has(memberName(up) ?? '') && (!goesOn || call === undefined || isLent(work, call, names));
}
