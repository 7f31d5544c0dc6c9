import { argumentsOf, calleeOf, child, isCall, isMember, memberName } from '../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../workspace/syntax/parse.ts';
import type { Look } from './look.ts';

const DEVELOPMENT = /^(?:dev|development|local|test|testing)$/;
type Mode = 'development' | 'production';
const OTHER: Readonly<Record<Mode, Mode>> = { development: 'production', production: 'development' };

/** Whether an expression is `process.env.NODE_ENV`. */
export function isNodeEnv(node: SyntaxNode, look: Look): boolean {
  const named = isMember(node) ? look.named(node) : null;
  return (
    named !== null &&
    /^(?:process\.)?env\.NODE_ENV$/.test(named.path) &&
    /^(?:globalThis|process)$/.test(named.from)
  );
}

/** Whether a place is reached in development alone: a branch around it asks for NODE_ENV, or what envalid makes of it. */
export function isForDevelopment(place: SyntaxNode, look: Look): boolean {
  for (let [node, up] = [place, look.parentOf(place)]; up; [node, up] = [up, look.parentOf(up)]) {
    if (up.type === 'IfStatement' || up.type === 'ConditionalExpression') {
      const mode = modeOf(child(up, 'test'), look);
      if (mode !== null && node === child(up, mode === 'development' ? 'consequent' : 'alternate'))
        return true;
    }
    if (up.type === 'LogicalExpression' && up.operator === '&&' && node === child(up, 'right'))
      if (modeOf(child(up, 'left'), look) === 'development') return true;
  }
  return false;
}

/** In which mode alone a test holds; null where it may hold in both. */
function modeOf(test: SyntaxNode | null, look: Look, depth = 0): Mode | null {
  const node = look.heldBy(test);
  if (node === null || depth > 6) return null;
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const mode = exactModeOf(child(node, 'argument'), look, depth + 1);
    return mode && OTHER[mode];
  }
  if (node.type === 'LogicalExpression') {
    const [left, right] = [
      modeOf(child(node, 'left'), look, depth + 1),
      modeOf(child(node, 'right'), look, depth + 1),
    ];
    if (node.operator === '&&') return left ?? right;
    return left === right ? left : null;
  }
  return exactModeOf(node, look, depth);
}

/** In which mode a test holds, and in no other it does not. */
function exactModeOf(test: SyntaxNode | null, look: Look, depth: number): Mode | null {
  const node = look.heldBy(test);
  if (node === null || depth > 6) return null;
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const mode = exactModeOf(child(node, 'argument'), look, depth + 1);
    return mode && OTHER[mode];
  }
  if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(String(node.operator))) {
    const sides = [child(node, 'left'), child(node, 'right')].flatMap((side) => side ?? []);
    if (!sides.some((side) => isModeName(side, look))) return null;
    const text = sides.map((side) => look.textOf(side)).find((value) => value !== null) ?? '';
    const mode = text === 'production' ? 'production' : DEVELOPMENT.test(text) ? 'development' : null;
    return mode && (String(node.operator).startsWith('!') ? OTHER[mode] : mode);
  }
  const named = isMember(node) ? look.named(node) : null;
  const asked =
    named?.from === 'envalid' ? /^cleanEnv\.\(\)\.is(Dev|Prod)(?:elopment|uction)?$/.exec(named.path) : null;
  return asked === null ? null : asked[1] === 'Dev' ? 'development' : 'production';
}

/** NODE_ENV, or the setting that Express keeps of it: `app.get('env')`. */
function isModeName(node: SyntaxNode, look: Look): boolean {
  const value = look.heldBy(node) ?? node;
  const callee = isCall(value) ? calleeOf(value) : null;
  if (isMember(callee) && memberName(callee) === 'get' && isCall(value))
    return look.textOf(argumentsOf(value)[0]) === 'env';
  return isNodeEnv(value, look);
}
