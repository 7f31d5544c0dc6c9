import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../workspace/syntax/parse.ts';
import type { Look } from './look.ts';

/** What a handler calls of what it is handed, to answer. */
const ANSWERS = /^(?:body|end|html|json|jsonp|response|send|text|throw|write)$/;
/** Packages whose errors are answered with the text they are given. */
const ERRORS = /^(?:@hapi\/boom|@nestjs\/common|boom|hono\/http-exception|http-errors|restify-errors)$/;

/** Whether a value is answered: a handler's response is given it, or an error whose text is answered. */
export function answersWith(value: SyntaxNode, look: Look): boolean {
  const { node, up } = outermost(value, look);
  if (up === null) return false;
  if (up.type === 'AssignmentExpression') {
    const left = child(up, 'left');
    return (
      node === child(up, 'right') && isMember(left) && memberName(left) === 'body' && isHanded(left, look)
    );
  }
  const isMade = up.type === 'NewExpression';
  if (!(isCall(up) || isMade) || !argumentsOf(up).includes(node)) return false;
  const callee = calleeOf(up);
  if (callee === null) return false;
  const named = look.named(callee);
  if (named !== null && /^(?:globalThis|next\/server)$/.test(named.from))
    return /^(?:Next)?Response(?:\.json)?$/.test(named.path)
      ? argumentsOf(up)[0] === node
      : named.path === 'JSON.stringify' && answersWith(up, look);
  if (named !== null && ERRORS.test(named.from)) return isMade || /^(?:\w+)?$/.test(named.path);
  return isMember(callee) && ANSWERS.test(memberName(callee) ?? '') && isHanded(callee, look);
}

/** What a value becomes before somebody is given it: `{ error: { text } }` of `text`. */
export function outermost(value: SyntaxNode, look: Look): { node: SyntaxNode; up: SyntaxNode | null } {
  let node = value;
  let up = look.parentOf(node);
  for (; up !== null && holds(up, node); up = look.parentOf(node)) node = up;
  return { node, up };
}

/** Whether an expression's value holds that of its part. */
function holds(up: SyntaxNode, part: SyntaxNode): boolean {
  if (up.type === 'ConditionalExpression') return part !== child(up, 'test');
  if (up.type === 'BinaryExpression') return up.operator === '+';
  if (up.type === 'Property') return part === child(up, 'value');
  if (up.type === 'ObjectExpression') return children(up, 'properties').includes(part);
  return /^(?:ArrayExpression|TemplateLiteral|LogicalExpression|SpreadElement|ChainExpression|ParenthesizedExpression|TS\w*Expression)$/.test(
    up.type,
  );
}

/** Whether a chain of members and calls begins with what a function is handed: `res.status(500).json`. */
function isHanded(chain: SyntaxNode, look: Look): boolean {
  let at: SyntaxNode | null = chain;
  while (at !== null) {
    const inner: SyntaxNode = unwrap(at);
    if (isMember(inner)) at = child(inner, 'object');
    else if (isCall(inner)) at = calleeOf(inner);
    else return isIdentifier(inner) && look.bindingOf(inner)?.kind === 'parameter';
  }
  return false;
}
