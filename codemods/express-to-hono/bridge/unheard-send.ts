import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { holds } from '../state/worlds.ts';

/**
 * Whether a middleware puts its own in the place of `res.send` only to keep what is sent, in `res.locals` under a name that
 * nothing else of the application has: nobody notices that Hono's answers do not come to it.
 *
 * @param member `res.send`, as it is set or kept
 */
export function isUnheardSend(
  { program }: Conversion,
  { work, fn: { node } }: Unit,
  member: SyntaxNode,
): boolean {
  const sets = findAll(node, 'AssignmentExpression').filter(
    (each) => isMember(child(each, 'left')) && memberName(child(each, 'left')) === 'send',
  );
  const [set, ...more] = sets;
  const own = set === undefined ? null : child(set, 'right');
  if (set === undefined || more.length > 0 || !isFunction(own) || own.async || own.generator) return false;
  const kept = findAll(node, 'VariableDeclarator').find((each) => child(each, 'init') === member);
  if (child(set, 'left') !== member && kept === undefined) return false;
  const [parameter, ...others] = parametersOf(own);
  const body = child(own, 'body');
  const statements = body?.type === 'BlockStatement' ? [...children(body, 'body')] : [];
  const last = statements.pop();
  if (!isIdentifier(parameter) || others.length > 0 || last === undefined) return false;
  const isBody = (value: SyntaxNode | null | undefined) => isIdentifier(value, String(parameter.name));
  const isUnnamed = (name: string) =>
    program.files.every(({ program: root }) =>
      findAll(root, 'Identifier', 'Literal').every(
        (each) => (each.name ?? each.value) !== name || (root === work.file.program && holds(own, each)),
      ),
    );
  const keeps = (statement: SyntaxNode) => {
    const assignment = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
    const target = assignment?.type === 'AssignmentExpression' ? child(assignment, 'left') : null;
    const name = memberName(target);
    const isLocal = isMember(target) && memberName(child(target, 'object')) === 'locals';
    return isLocal && name !== null && isUnnamed(name) && isBody(assignment && child(assignment, 'right'));
  };
  return statements.every(keeps) && passesOn(work, last, isBody, member, kept ?? null);
}

/** `return original.call(this, body)`, of a constant that is used for nothing else. */
function passesOn(
  work: Unit['work'],
  statement: SyntaxNode,
  isBody: (value: SyntaxNode | undefined) => boolean,
  member: SyntaxNode,
  kept: SyntaxNode | null,
): boolean {
  const call = statement.type === 'ReturnStatement' ? child(statement, 'argument') : null;
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  const original = isMember(callee) && memberName(callee) === 'call' ? child(callee, 'object') : null;
  const binding = isIdentifier(original) ? work.bindings.bindingOf(original) : null;
  if (call === null || binding === null || binding.kind !== 'const') return false;
  const init = child(binding.declaration, 'init');
  const isSend = memberName(init) === 'send' && (kept === null || init === member);
  const [self, body, ...more] = argumentsOf(call);
  return (
    isSend &&
    binding.references.every(({ node }) => node === original || node === binding.node) &&
    self?.type === 'ThisExpression' &&
    isBody(body) &&
    more.length === 0
  );
}
