import { child, children, isFunction, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Role } from '../body/frame.ts';
import { convertFunction, HANDLER } from '../body/function.ts';
import { givenIn, isExternal } from '../facts/registrations.ts';
import { packageRule } from '../packages/index.ts';
import { type Conversion, refuse } from '../state/conversion.ts';

/** Converts what one argument of a registration holds: functions, lists of them, middleware of packages. */
export function useHandlers(cv: Conversion, file: ParsedFile, node: SyntaxNode, role: Role) {
  const given = givenIn(cv.flow, node);
  switch (given.is) {
    case 'functions':
      for (const fn of given.functions) convertFunction(cv, fn.file, fn.node, HANDLER, role);
      return;
    case 'list': {
      const inner = unwrap(node);
      if (inner.type !== 'ArrayExpression')
        return refuse(cv, file, node, 'routing/handlers', 'a list of handlers that is made elsewhere');
      for (const element of children(inner, 'elements')) useHandlers(cv, file, element, role);
      return;
    }
    case 'package':
      return packageRule(cv, file, node, given.value);
    case 'allowed':
    case 'router':
      return refuse(cv, file, node, 'routing/mount', 'a router stands where only middleware can');
    case 'unknown':
      return refuse(cv, file, node, 'routing/handlers', 'what is registered here could not be followed');
  }
}

export const bodyOf = (fn: SyntaxNode): SyntaxNode | null => (isFunction(fn) ? child(fn, 'body') : null);
export { isExternal };
