import type { ASTNode, ASTPath, CallExpression } from 'jscodeshift';
import { spanOf } from '../shared/transform/source.ts';
import type { Work } from '../shared/transform/work.ts';
import { functionAround, isFunction, ownThis, type TestFunction } from './functions.ts';
import type { Odd } from './names.ts';

interface Skip {
  node: CallExpression;
  returned: boolean;
}

/** What a function asks of Mocha's context. */
export interface Asked {
  /** The limit as it is written, in milliseconds; null where there is none, undefined where nothing is said. */
  timeout: string | null | undefined;
  /** Statements that say something to Mocha only. */
  statements: object[];
  /** `this.skip()`, and `return this.skip()`. */
  skips: Skip[];
  odd: Odd[];
}

/** Reads every `this` of a test's, a hook's or a suite's function. */
export function askedOf(work: Work, fn: TestFunction): Asked {
  const asked: Asked = { timeout: undefined, statements: [], skips: [], odd: [] };
  for (const path of ownThis(work, fn)) {
    const member = path.parent as ASTPath;
    const call = member.parent as ASTPath;
    const name =
      member.node.type === 'MemberExpression' &&
      !member.node.computed &&
      member.node.property.type === 'Identifier'
        ? member.node.property.name
        : '';
    const statement = (call.parent as ASTPath | null)?.node;
    const isCall = call.node.type === 'CallExpression' && call.node.callee === member.node;
    const isSkip = name === 'skip' && isCall && (call.node as CallExpression).arguments.length === 0;
    const isReturned = isSkip && statement?.type === 'ReturnStatement';
    const isStatement = isCall && (statement?.type === 'ExpressionStatement' || isReturned);
    const own = functionAround(path) === fn;
    if (!isStatement || !statement || !own) {
      asked.odd.push({ node: path.node, why: contextWords(name) });
      continue;
    }
    const { arguments: given } = call.node as CallExpression;
    if (name === 'timeout' && given.length === 1 && given[0] && isTop(call, fn)) {
      const limit = limitOf(work, given[0], fn);
      if (limit === undefined)
        asked.odd.push({ node: given[0], why: 'its time limit is not known before it runs' });
      else Object.assign(asked, { timeout: limit });
      asked.statements.push(statement);
    } else if (name === 'slow') asked.statements.push(statement);
    else if (isSkip) asked.skips.push({ node: call.node as CallExpression, returned: isReturned });
    else asked.odd.push({ node: path.node, why: contextWords(name) });
  }
  return asked;
}

const contextWords = (name: string): string =>
  name === ''
    ? "Mocha's context is used, which `node:test` has not"
    : `\`this.${name}\` is Mocha's context, which \`node:test\` has not`;

/** Whether a call is a statement of the function itself: on a condition a limit is another one. */
const isTop = (call: ASTPath, fn: TestFunction): boolean => {
  const block = ((call.parent as ASTPath).parent as ASTPath | null)?.node;
  return block === fn.body;
};

/** A limit as it can stand outside of the function; null for none, undefined where it cannot be told. */
export function limitOf(work: Work, node: ASTNode, fn: object): string | null | undefined {
  if (node.type === 'NumericLiteral') return node.value === 0 ? null : work.textOf(node);
  if (node.type === 'StringLiteral') {
    const [, amount = '', unit = ''] = /^(\d+)\s?(ms|s|m)$/.exec(node.value) ?? [];
    const factor = { ms: 1, s: 1000, m: 60_000 }[unit];
    return factor === undefined ? undefined : String(Number(amount) * factor);
  }
  if (node.type === 'BinaryExpression') {
    const parts = [node.left, node.right].map((each) => limitOf(work, each as ASTNode, fn));
    return node.operator === '*' && parts.every((each) => typeof each === 'string')
      ? work.textOf(node)
      : undefined;
  }
  if (node.type !== 'Identifier') return undefined;
  const binding = work.bindingOf(node);
  if (binding?.kind !== 'const') return undefined;
  const { start, end } = spanOf(fn);
  const isOutside = binding.declarations.every((each) => each.start < start || each.start > end);
  return isOutside ? node.name : undefined;
}

/** The limit that the nearest suite around a place sets; null where none does. */
export function limitAround(path: ASTPath, limits: ReadonlyMap<object, string | null>): string | null {
  for (let above = path.parent as ASTPath | null; above; above = above.parent as ASTPath | null) {
    const limit = isFunction(above.node) ? limits.get(above.node) : undefined;
    if (limit !== undefined) return limit;
  }
  return null;
}
