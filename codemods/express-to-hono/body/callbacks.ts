import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  type ChainLink,
  calleeChain,
  calleeOf,
  child,
  isFunction,
  isIdentifier,
  memberName,
  parametersOf,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { range } from '../../shared/edit/draft.ts';
import { forwardsOnly } from '../facts/answers/shapes.ts';
import { isForwardCall } from '../facts/forward-calls.ts';
import { convertRenderCall } from '../members/render-callback.ts';
import { type Conversion, claim, refuse, replace, spanOf } from '../state/conversion.ts';
import { type Form, SETTLED } from './form.ts';
import { type Frame, hasOpenPath } from './frame.ts';
import { dropStep, namesNextOnly } from './idle-steps.ts';
import { readIteration } from './iteration.ts';
import { convertOutcomePromise } from './outcome-promise.ts';
import { leaveUnanswered } from './unanswered.ts';

const STEPS = new Set(['then', 'catch', 'finally']);
/** Methods that call their callback any number of times, at once. */
const ITERATES = new Set(
  'forEach map filter reduce reduceRight some every find findIndex findLast flatMap sort'.split(' '),
);
/** Methods that call their callback whenever something happens. */
const LISTENS = new Set(['on', 'once', 'addListener', 'addEventListener', 'subscribe', 'setInterval']);

/** `repo.all().then((rows) => res.json(rows)).catch(next)`: the promise itself becomes the answer. */
export function readPromiseChain(conversion: Conversion, frame: Frame, node: SyntaxNode): Form | null {
  const { unit } = frame;
  const links = calleeChain(node);
  let first = links.length;
  while (first > 1 && STEPS.has(links[first - 1]?.name ?? '') && links[first - 1]?.call) first -= 1;
  const all = links.slice(first);
  const idle = all.filter((step, index) => namesNextOnly(conversion, step, all.slice(index + 1)));
  const steps = all.filter((step) => !idle.includes(step));
  const source = links[first - 1];
  if (steps.length === 0 || source === undefined) return null;
  const sourceAnswers = isForwarded(conversion, frame, source);
  const made = source.call ?? source.node;
  if (unit.answering.has(made) && !sourceAnswers && !convertOutcomePromise(conversion, frame, made))
    return null;
  const answering = steps.map((step) =>
    argumentsOf(step.call ?? step.node).some((arg) => unit.answering.has(arg)),
  );
  const answersAt = steps.reduce(
    (found, step, index) => (step.name === 'then' && answering[index] ? index : found),
    -1,
  );
  if (answersAt < 0 && !sourceAnswers) return null;
  for (const step of idle) dropStep(conversion, frame, step);
  for (const [index, step] of steps.entries()) {
    if (!answering[index]) continue;
    if (index < answersAt) return twice(conversion, frame, step);
    for (const argument of argumentsOf(step.call ?? step.node)) {
      if (!unit.answering.has(argument)) continue;
      const after = steps.slice(index + 1);
      if (!convertStep(conversion, frame, step, argument, after)) return null;
    }
  }
  const forwarded = steps.find((step, index) => index > answersAt && step.name === 'then');
  if (forwarded !== undefined) return twice(conversion, frame, forwarded);
  const rule = frame.settle === null ? 'promises/chain' : SETTLED;
  return { kind: 'respond', before: [], value: [spanOf(node)], rule };
}

/** The chain starts with a call of ours that answers: `fn(req, res, next).catch(next)`, `Promise.resolve(fn(…))`. */
function isForwarded(conversion: Conversion, frame: Frame, source: ChainLink): boolean {
  const { call } = source;
  if (call === null) return false;
  return [call, ...argumentsOf(call)].some(
    (node) =>
      node.type === 'CallExpression' &&
      (isForwardCall(conversion, frame.unit, node) ||
        (conversion.calls.get(node) ?? []).some(
          (unit) => frame.reading.answers(conversion, unit) === 'always',
        )),
  );
}

function twice(conversion: Conversion, frame: Frame, step: ChainLink): null {
  refuse(
    conversion,
    frame.unit.work,
    step.node,
    'promises/chain',
    'more than one step of this promise chain may answer',
    frame.unit,
  );
  return null;
}

/** One callback of a chain. `.then(…, next)`, `.catch(next)` and `.catch((err) => next(err))` disappear. */
function convertStep(
  conversion: Conversion,
  frame: Frame,
  step: ChainLink,
  argument: SyntaxNode,
  after: readonly ChainLink[],
): boolean {
  const { work } = frame.unit;
  const only = argumentsOf(step.call ?? step.node).length === 1;
  const isNext = conversion.roles.get(argument)?.role === 'next';
  const handsOver =
    isNext ||
    (isFunction(argument) &&
      forwardsOnly(conversion, work, parametersOf(argument)[0] ?? null, child(argument, 'body')));
  const previous = argumentsOf(step.call ?? step.node)[0];
  if (step.name === 'then' && isNext && previous !== undefined && previous !== argument) {
    claim(conversion, argument);
    if (frame.settle === null)
      replace(conversion, work, range(argument, previous.end, argument.end), [''], 'promises/catch');
    else {
      frame.settle.rejects = true;
      replace(conversion, work, argument, [frame.settle.reject], 'promises/catch');
    }
    return true;
  }
  if (step.name === 'catch' && only && handsOver) {
    if (isNext) claim(conversion, argument);
    const object = child(step.node, 'object');
    if (frame.settle !== null) {
      const { settle } = frame;
      settle.rejects = true;
      if (isNext) replace(conversion, work, argument, [settle.reject], 'promises/catch');
      else frame.reading.body(conversion, { ...frame, fn: argument, open: [] });
    } else if (object !== null) {
      replace(
        conversion,
        work,
        range(object, object.end, step.call?.end ?? step.node.end),
        [''],
        'promises/catch',
      );
    }
    return true;
  }
  if (!isFunction(argument)) return false;
  const inner: Frame = {
    ...frame,
    fn: argument,
    guarded: false,
    open: [],
    awaits: false,
  };
  const flow = frame.reading.body(conversion, inner);
  const open = hasOpenPath(flow, inner) ? leaveUnanswered(conversion, inner) : null;
  if (open !== null)
    refuse(conversion, work, open, 'promises/chain', 'no answer on the path that ends here', frame.unit);
  const catches = after.some((later) => later.name === 'catch' && !handsOn(conversion, later));
  const passing = catches && frame.settle === null ? passesOn(conversion, frame, argument) : null;
  if (passing !== null) {
    const reason = `${passing} here would be caught by the \`.catch()\` that answers below`;
    refuse(conversion, work, argument, 'promises/chain', reason, frame.unit);
  }
  return true;
}

const handsOn = (conversion: Conversion, step: ChainLink): boolean =>
  argumentsOf(step.call ?? step.node).every((argument) => {
    if (conversion.roles.get(argument)?.role === 'next') return true;
    if (!isFunction(argument)) return false;
    const names = findAll(argument, 'Identifier').filter(
      (node) => conversion.roles.get(node)?.role === 'next',
    );
    return names.length > 0;
  });

/** Answers whose failure Express hands to `next`, past every `catch`; a callback may take it. */
const PASS_FAILURES = new Set(['sendFile', 'sendfile', 'download', 'format']);

/** What in a function goes to `next` with an error, so that it is thrown in Hono. Null: nothing does. */
function passesOn(conversion: Conversion, { unit }: Frame, fn: SyntaxNode): string | null {
  for (const call of findAll(fn, 'CallExpression')) {
    const callee = calleeOf(call);
    if (callee === null || !unit.work.parents.has(call)) continue;
    if (conversion.roles.get(callee)?.role === 'next' && argumentsOf(call).length > 0) return '`next(err)`';
    const [root] = calleeChain(call);
    const name = memberName(callee) ?? '';
    const isResponse = root !== undefined && conversion.roles.get(root.node)?.role === 'res';
    if (isResponse && PASS_FAILURES.has(name) && !argumentsOf(call).some(isFunction))
      return `\`res.${name}\``;
  }
  return null;
}

/** `db.list((err, rows) => { … res.json(rows); })`: a promise that the callback settles. */
export function readCallback(conversion: Conversion, frame: Frame, node: SyntaxNode): Form | null {
  const { unit } = frame;
  const { work } = unit;
  const callbacks = argumentsOf(node).filter(
    (argument) => unit.answering.has(argument) && !conversion.claimed.has(argument),
  );
  const [callback] = callbacks;
  const callee = calleeOf(node);
  if (callback === undefined || callbacks.length > 1 || callee === null) return null;
  const handsNext = conversion.roles.get(callback)?.role === 'next' && unit.fn.kind !== 'error-handler';
  if (!isFunction(callback) && (!handsNext || STEPS.has(memberName(callee) ?? ''))) return null;
  const name = memberName(callee) ?? (isIdentifier(callee) ? String(callee.name) : '');
  if (unit.answering.has(callee) && !convertRenderCall(conversion, unit, node)) return null;
  const iteration = name === 'forEach' ? readIteration(conversion, frame, node, callback) : null;
  if (iteration !== null) return iteration;
  if (ITERATES.has(name) || LISTENS.has(name)) {
    refuse(
      conversion,
      work,
      node,
      'callbacks/promise',
      `an answer inside \`${name}()\` may be given any number of times`,
      unit,
    );
    return null;
  }
  const scope = work.bindings.scopeOf(unit.fn.node);
  const settle = frame.settle ?? {
    resolve: freshName(scope, 'resolve'),
    reject: freshName(scope, 'reject'),
    rejects: false,
  };
  if (frame.settle === null && hasAwait(node, callback)) {
    refuse(
      conversion,
      work,
      node,
      'callbacks/promise',
      '`await` stands beside a callback that answers',
      unit,
    );
    return null;
  }
  const inner: Frame = { ...frame, fn: callback, settle, guarded: false, open: [] };
  if (handsNext) {
    claim(conversion, callback);
    settle.rejects = true;
    const error = freshName(scope, 'error');
    const typed = work.file.typescript ? `${error}?: unknown` : error;
    const pass = `(${typed}) => (${error} ? ${settle.reject}(${error}) : ${settle.resolve}(${unit.next}()))`;
    replace(conversion, work, callback, [pass], 'callbacks/next');
  } else if (hasOpenPath(frame.reading.body(conversion, inner), inner)) {
    const open = leaveUnanswered(conversion, inner);
    const reason = 'no answer on the path that ends here: the request would hang as it does today';
    if (open !== null) refuse(conversion, work, open, 'callbacks/promise', reason, unit);
  }
  if (frame.settle !== null) return { kind: 'respond', before: [], value: [spanOf(node)], rule: SETTLED };
  const generic = work.file.typescript
    ? `<Response${settleNext(conversion, frame, callback) ? ' | void' : ''}>`
    : '';
  const names = settle.rejects ? `${settle.resolve}, ${settle.reject}` : settle.resolve;
  return {
    kind: 'respond',
    before: [],
    value: [`new Promise${generic}((${names}) => `, spanOf(node), ')'],
    rule: 'callbacks/promise',
  };
}

const settleNext = (conversion: Conversion, frame: Frame, callback: SyntaxNode): boolean =>
  conversion.roles.get(callback)?.role === 'next' ||
  findAll(callback, 'CallExpression').some((call) => {
    const callee = calleeOf(call);
    return (
      callee !== null &&
      conversion.roles.get(callee)?.role === 'next' &&
      argumentsOf(call).length === 0 &&
      frame.settle === null
    );
  });

function hasAwait(node: SyntaxNode, callback: SyntaxNode): boolean {
  return findAll(node, 'AwaitExpression').some(
    (each) => each.start < callback.start || each.start > callback.end,
  );
}
