import { child } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { assignsParams } from '../facts/assigned-parts.ts';
import { isVariable, RESERVED_VARIABLES } from '../facts/request-members.ts';
import { type Conversion, claim, refuse, replace, spanOf, type Unit } from '../state/conversion.ts';
import { convertRewrite, REWRITES } from './url-rewrites.ts';

/** Rewrites `req.user = user` and what else sets a member of the request; what has no rule is refused. */
export function convertWrite(
  conversion: Conversion,
  unit: Unit,
  root: SyntaxNode,
  member: SyntaxNode,
  name: string,
  assignment: SyntaxNode,
): void {
  const { work } = unit;
  const value = child(assignment, 'right');
  const unused = work.parents.get(assignment)?.type === 'ExpressionStatement';
  const own = isVariable(conversion, name);
  if (name in REWRITES && assignment.operator === '=' && value !== null && unused) {
    const reason = convertRewrite(conversion, unit, root, name, assignment, value);
    if (reason !== null) refuse(conversion, work, member, 'request', reason, unit);
    return;
  }
  if (value !== null && assignsParams(work, root) === assignment) {
    claim(conversion, root);
    const keep = parityName(conversion, work, 'keepParams');
    replace(
      conversion,
      work,
      assignment,
      [`${keep}(${unit.context}, `, spanOf(value), ')'],
      'request/params',
    );
    return;
  }
  if (assignment.operator !== '=' || value === null || !unused || !(own || RESERVED_VARIABLES.has(name))) {
    refuse(conversion, work, member, 'request', `this assignment to \`req.${name}\` has no rule`, unit);
    return;
  }
  claim(conversion, root);
  conversion.variables.add(name);
  const key = work.layout.string(name);
  replace(
    conversion,
    work,
    assignment,
    [`${unit.context}.set(${key}, `, spanOf(value), ')'],
    'variables/set',
  );
}
