import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { type Conversion, claim, spanOf, textOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';

const SCALAR_CALLS = /^(Number|parseInt|parseFloat|String|BigInt|encodeURIComponent|isNaN)$/;
/** Methods of text that no list and no object has: code that calls them means text. */
const TEXT_METHODS =
  /^(trim|split|toLowerCase|toUpperCase|startsWith|endsWith|replace|replaceAll|match|padStart|charAt)$/;

/** How far a value is followed through constants. */
const FARTHEST = 4;

/**
 * Whether all that becomes of `req.query.x` treats it as one text: compared, made a number, put into a template, or kept
 * in a constant of which the same is true. A list or an object would have no place there.
 */
function isOneText(unit: Unit, node: SyntaxNode, depth = 0): boolean {
  const { parents, bindings } = unit.work;
  const up = parents.get(node);
  if (up === undefined || depth > FARTHEST) return false;
  const onward = () => isOneText(unit, up, depth + 1);
  switch (up.type) {
    case 'TemplateLiteral':
      return parents.get(up)?.type !== 'TaggedTemplateExpression';
    case 'BinaryExpression':
      return up.operator !== 'in' && up.operator !== 'instanceof';
    case 'UnaryExpression':
      return up.operator !== 'delete';
    case 'IfStatement':
      return true;
    case 'ConditionalExpression':
      return child(up, 'test') === node || onward();
    case 'LogicalExpression':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
      return onward();
    case 'CallExpression':
      return calleeOf(up) !== node && SCALAR_CALLS.test(String(calleeOf(up)?.name));
    case 'MemberExpression': {
      const call = parents.get(up);
      return (
        isMember(up) &&
        child(up, 'object') === node &&
        TEXT_METHODS.test(memberName(up) ?? '') &&
        call?.type === 'CallExpression' &&
        calleeOf(call) === up &&
        argumentsOf(call).every((each) => each.type !== 'SpreadElement')
      );
    }
    case 'VariableDeclarator': {
      const id = child(up, 'id');
      const binding = isIdentifier(id) && child(up, 'init') === node ? bindings.bindingOf(id) : null;
      return (
        binding !== null &&
        binding.kind === 'const' &&
        binding.references.every((each) => isOneText(unit, each.node, depth + 1))
      );
    }
    default:
      return false;
  }
}

/** `typeof req.query.x === 'string' ? req.query.x : other`, from its first read: Hono gives text or nothing. */
function textOrElse(
  unit: Unit,
  read: SyntaxNode,
): { whole: SyntaxNode; again: SyntaxNode; otherwise: SyntaxNode } | null {
  const { parents } = unit.work;
  const test = parents.get(parents.get(read) ?? read);
  const whole = test === undefined ? undefined : parents.get(test);
  if (test?.type !== 'BinaryExpression' || whole?.type !== 'ConditionalExpression') return null;
  const text = textOf(unit.work, read);
  const again = child(whole, 'consequent');
  const otherwise = child(whole, 'alternate');
  const asked = new RegExp(`^typeof\\s+${text.replace(/[.$[\]()?]/g, '\\$&')}\\s*===\\s*['"]string['"]$`);
  const fits = child(whole, 'test') === test && asked.test(textOf(unit.work, test));
  if (!fits || again === null || otherwise === null || textOf(unit.work, again) !== text) return null;
  return { whole, again, otherwise };
}

const holds = (outer: SyntaxNode, inner: SyntaxNode): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** `c.req.query('x')` for `req.query.x`, where Hono's query is enough; null where Express's stays. */
export function honoQuery(
  conversion: Conversion,
  unit: Unit,
  read: SyntaxNode,
): { node: SyntaxNode; parts: Part[] } | null {
  const key = memberName(read);
  const isLeftOut = conversion.idiomatic !== null && !conversion.rewrites.has('query');
  if (!isLeftOut || key === null || !isOneText(unit, read)) return null;
  leaveOut(conversion, unit.work, read, 'query');
  const text = `${unit.context}.req.query(${unit.work.layout.string(key)})`;
  const other = textOrElse(unit, read);
  if (other === null) return { node: read, parts: [text] };
  for (const { node } of unit.uses) if (holds(other.again, node)) claim(conversion, node);
  return { node: other.whole, parts: [text, ' ?? ', spanOf(other.otherwise)] };
}
