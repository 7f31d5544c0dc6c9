import { routersIn } from '../../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isMember,
  literalText,
  memberName,
  parametersOf,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../../src/workspace/syntax/walk.ts';
import { range } from '../../../shared/edit/draft.ts';
import { deleteStatement, outdentLines } from '../../../shared/edit/emit.ts';
import { parityName } from '../../edit/imports.ts';
import { readsStatus } from '../../facts/answers/answer-state.ts';
import { bodyOf, nextCall } from '../../facts/answers/shapes.ts';
import { memberAt } from '../../facts/request-members.ts';
import { type Conversion, claim, type FileWork, remark, spanOf, type Unit } from '../../state/conversion.ts';
import { holds } from '../../state/worlds.ts';
import type { Frame } from '../frame.ts';
import { returnsIn } from '../leaving.ts';

/**
 * `res.on('finish', () => { … }); next();` — what runs once the response is ready stands after `await next()`.
 * The listener's statements move there; nothing happens when the shape is another one.
 */
export function convertFinishListener(
  conversion: Conversion,
  frame: Frame,
  statements: readonly SyntaxNode[],
  index: number,
): 'converted' | null {
  const { unit } = frame;
  const { work } = unit;
  const statement = statements[index];
  const listener = statement === undefined ? null : finishListener(conversion, statement);
  if (statement === undefined || listener === null || frame.fn !== unit.fn.node) return null;
  const next = statements.slice(index + 1).find((after) => nextCall(conversion, after) !== null);
  const call = next === undefined ? null : nextCall(conversion, next);
  if (next === undefined || call === null || argumentsOf(call).length > 0) return null;
  if (next !== statements.at(-1)) return null;
  const between = statements.slice(index + 1, -1);
  if (between.some((other) => unit.answering.has(other) || returnsIn(other).length > 0)) return null;
  const body = bodyOf(listener.fn);
  if (body === null || readsPathOfRouter(conversion, unit, listener.fn)) return null;
  claim(conversion, listener.root);
  deleteStatement(conversion, work, statement, 'middleware/finish');
  const moved = 'statements' in body ? body.statements : [body.expression];
  for (const inner of moved) {
    const amount = work.layout.indentAt(inner.start).length - work.layout.indentAt(next.start).length;
    if ('statements' in body) outdentLines(conversion, work, spanOf(inner), amount, 'middleware/finish');
    conversion.afterResponse.push(inner);
  }
  const tag = tagLines(conversion, unit, listener.fn);
  frame.afterNext.set(next, [
    ...(frame.afterNext.get(next) ?? []),
    ...tag,
    ...moved.map((inner, at) => [
      ...commentsAbove(work, listener.fn, moved, at).map(
        (comment) => `${comment}${work.layout.newline}${work.layout.indentAt(next.start)}`,
      ),
      range(inner, inner.start, inner.end - (work.file.text[inner.end - 1] === ';' ? 1 : 0)),
    ]),
  ]);
  return 'converted';
}

/** With `wire` the tag is made before the status is read, which may be 304 then. */
export function tagLines(conversion: Conversion, unit: Unit, fn: SyntaxNode): string[][] {
  const isTagged = conversion.idiomatic === null && conversion.settings.etag !== 'off';
  return isTagged && readsStatus(conversion, fn)
    ? [[`await ${parityName(conversion, unit.work, 'tagAnswer')}(${unit.context})`]]
    : [];
}

/**
 * Whether a listener reads the path of the request where a router below has taken its mount off it: with `wire` it stays, by
 * default it reads the path as it came, and that is said.
 */
export function readsPathOfRouter(conversion: Conversion, { uses, work }: Unit, fn: SyntaxNode): boolean {
  const isBelow = conversion.program.registrations.some(
    ({ handlers, paths }) =>
      handlers.flatMap(routersIn).length > 0 && paths.some(({ text }) => text === null || /[^/]/.test(text)),
  );
  const read = uses.find(({ node, role }) => {
    const name = role === 'req' && holds(fn, node) ? memberName(memberAt(work, node)) : null;
    return isBelow && /^(url|path|baseUrl)$/.test(name ?? '');
  });
  if (read === undefined || conversion.idiomatic === null) return read !== undefined;
  remark(conversion, work, read.node, 'middleware/finish', READS_WHOLE_PATH);
  return false;
}

const READS_WHOLE_PATH =
  'this is the whole path now: to Express it was the one below the router that answered, whose mount `req.baseUrl` told';

/** Comments of a listener that stand before one of its statements; those after the last one count as before it. */
function commentsAbove(work: FileWork, fn: SyntaxNode, moved: readonly SyntaxNode[], at: number): string[] {
  const from = moved[at - 1]?.end ?? fn.start;
  const inner = moved[at];
  const isIn = (start: number, end: number) =>
    work.file.comments.filter((comment) => start <= comment.start && comment.end <= end);
  const last = inner !== undefined && at === moved.length - 1 ? isIn(inner.end, fn.end) : [];
  const own = [...isIn(from, inner?.start ?? from), ...last];
  return own.map(({ start, end }) => work.file.text.slice(start, end));
}

/** The function that a statement `res.on('finish', () => { … });` has run once the answer is out; null for all others. */
export function finishListener(
  conversion: Conversion,
  statement: SyntaxNode,
): { root: SyntaxNode; fn: SyntaxNode } | null {
  const call = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  if (call === null || !isMember(callee) || !/^(on|once)$/.test(memberName(callee) ?? '')) return null;
  const root = child(callee, 'object');
  const [event, fn] = argumentsOf(call);
  if (root === null || conversion.roles.get(root)?.role !== 'res' || literalText(event) !== 'finish')
    return null;
  if (!isFunction(fn) || parametersOf(fn).length > 0 || fn.async === true || leaves(fn)) return null;
  return { root, fn };
}

/** Whether a function has a `return`, or needs its own `this`. */
function leaves(fn: SyntaxNode): boolean {
  let found = false;
  const root = child(fn, 'body');
  if (root === null) return true;
  walk(root, {
    enter(node) {
      if (isFunction(node)) return 'skip';
      if (
        node.type === 'ReturnStatement' ||
        (node.type === 'ThisExpression' && fn.type !== 'ArrowFunctionExpression')
      )
        found = true;
      return undefined;
    },
  });
  return found;
}
