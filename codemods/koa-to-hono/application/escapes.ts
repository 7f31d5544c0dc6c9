import { calleeOf, child, isCall, isMember, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parentsOf } from '../../../src/workspace/syntax/walk.ts';
import { kindOf, type Registration } from '../facts/registrations.ts';
import { type Conversion, refuse } from '../state/conversion.ts';
import { isHandedOn } from './settings.ts';

const CARRIES = new Set([
  ...[
    'VariableDeclarator',
    'ExportDefaultDeclaration',
    'ExpressionStatement',
    'ReturnStatement',
    'Property',
    'ArrowFunctionExpression',
  ],
  ...[
    'TSExportAssignment',
    'PropertyDefinition',
    'ImportExpression',
    'ConditionalExpression',
    'LogicalExpression',
    'AwaitExpression',
  ],
]);

/** Names every place where an application or router is used in a way that no rule covers. */
export function checkEscapes(
  cv: Conversion,
  files: readonly ParsedFile[],
  registrations: readonly Registration[],
) {
  const known = new Set(registrations.map(({ node }) => node));
  for (const file of files) {
    const parents = parentsOf(file);
    for (const [node] of cv.flow.expressionsIn(file)) {
      const values = cv.flow.valuesOf(node);
      const isOurs = values.some((value) => kindOf(value) !== null);
      if (!isOurs) continue;
      const isApplication = values.every((value) => kindOf(value) === 'application');
      const reason = escapeOf(cv, node, parents, known, isApplication);
      if (reason !== null) refuse(cv, file, node, 'application/escape', reason);
      else if (values.length > 1 && isMember(parents.get(node)))
        refuse(cv, file, node, 'application/escape', 'it may be one of several applications or routers');
    }
  }
}

function escapeOf(
  cv: Conversion,
  node: SyntaxNode,
  parents: ReadonlyMap<SyntaxNode, SyntaxNode>,
  known: ReadonlySet<SyntaxNode>,
  isApplication: boolean,
): string | null {
  let at = node;
  let parent = parents.get(at);
  while (parent !== undefined && unwrap(parent) !== parent) {
    at = parent;
    parent = parents.get(at);
  }
  if (parent === undefined || CARRIES.has(parent.type) || /^(Import|Export)\w*Specifier$/.test(parent.type))
    return null;
  if (/Function/.test(parent.type) && child(parent, 'body') !== at) return null;
  if (parent.type === 'AssignmentExpression') {
    const left = child(parent, 'left');
    return left === at || left?.type === 'Identifier' || isMember(left) ? null : 'it is taken apart';
  }
  if (isMember(parent) && child(parent, 'object') === at) {
    const call = parents.get(parent);
    if (isCall(call) && calleeOf(call) === parent)
      return known.has(call)
        ? null
        : 'a member of an application or router is called in a way that has no rule';
    const property = child(parent, 'property');
    return property?.name === 'exports' || isApplication
      ? null
      : `\`${String(property?.name ?? 'a computed member')}\` of an application or router has no rule`;
  }
  if (isMember(parent)) return null;
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    const callee = calleeOf(parent);
    if (callee === at || (isApplication && isHandedOn(cv, at, parent))) return null;
    const values = callee === null ? [] : cv.flow.valuesOf(callee);
    return values.length > 0 && values.every((value) => value.kind === 'function' || value.kind === 'class')
      ? null
      : 'an application or router is handed to code that could not be followed';
  }
  return 'an application or router leaves the code that could be followed';
}
