import type { InPlace } from '../../../src/workspace/express/program.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { argumentsOf, calleeOf, isFunction, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { type Part, range } from '../../shared/edit/draft.ts';
import { runnerOf } from '../bridge/bridged-packages.ts';
import { convertPackage } from '../bridge/replaced-packages.ts';
import { parityName } from '../edit/imports.ts';
import { bridgingOf, outcomeCallback } from '../packages/_known.ts';
import { type Conversion, claim, refuse, remark, replace, spanOf } from '../state/conversion.ts';
import { readCallback } from './callbacks.ts';
import type { Form } from './form.ts';
import { type Frame, hasOpenPath } from './frame.ts';
import { leaveUnanswered } from './unanswered.ts';

/** `express.json()(req, res, next)`: what the package's middleware becomes is called with the context. */
export function readInPlace(
  conversion: Conversion,
  frame: Frame,
  { node, middleware }: InPlace,
): Form | null {
  const { unit } = frame;
  const bridging = bridgingOf(middleware);
  // What changes what routing and reading go by is known of where it is registered.
  if (typeof bridging === 'object' && (bridging.by !== undefined || bridging.changesParams)) return null;
  const args = argumentsOf(node);
  const callee = calleeOf(node);
  const [, , next] = args;
  const roles = args.map((each) => conversion.roles.get(unwrap(each)));
  if (callee === null || next === undefined || roles.some((role) => role?.unit !== unit)) return null;
  const callback = outcomeCallback(conversion.program, middleware);
  if (callback !== null && unit.answering.has(callback))
    return readOutcome(conversion, frame, { node, middleware }, callback);
  for (const each of args) claim(conversion, unwrap(each));
  convertPackage(conversion, middleware);
  const value: Part[] = [spanOf(callee), `(${unit.context}, `, spanOf(next), ')'];
  return { kind: 'respond', before: [], value, rule: 'packages/in-place' };
}

const THROWN =
  'an error thrown here is one of the request now; where the package answers later, as after a query, nobody caught it, and it ended the process';

/** `passport.authenticate('local', (err, user) => { … })(req, res, next)`: what the callback answers is the answer. */
function readOutcome(
  conversion: Conversion,
  frame: Frame,
  { node, middleware }: Pick<InPlace, 'node' | 'middleware'>,
  callback: SyntaxNode,
): Form | null {
  const { unit } = frame;
  const { work } = unit;
  const callee = calleeOf(node);
  const run = runnerOf(conversion, middleware);
  if (callee === null || run === null || !isFunction(callback)) return null;
  const inner: Frame = { ...frame, fn: callback, settle: null, guarded: false, open: [], awaits: false };
  const flow = frame.reading.body(conversion, inner);
  const open = hasOpenPath(flow, inner) ? leaveUnanswered(conversion, inner) : null;
  if (open !== null) {
    const reason = 'no answer on the path that ends here: the request would hang as it does today';
    refuse(conversion, work, open, 'packages/outcome', reason, unit);
  }
  const [thrown] = findAll(callback, 'ThrowStatement');
  if (thrown !== undefined) remark(conversion, work, thrown, 'packages/outcome', THROWN);
  const args = argumentsOf(node);
  for (const each of args) claim(conversion, unwrap(each));
  const done = freshName(work.bindings.scopeOf(unit.fn.node), 'done');
  const value: Part[] = [
    `${parityName(conversion, work, 'withOutcome')}(${unit.context}, `,
    ...args.slice(2).map(spanOf),
    `, ${run}, (${done}) => `,
    range(callee, callee.start, callback.start),
    done,
    range(callee, callback.end, callee.end),
    ', ',
    spanOf(callback),
    ')',
  ];
  return { kind: 'respond', before: [], value, rule: 'packages/outcome' };
}

/**
 * `upload.single('file')(req, res, (error) => { … })`: the function is told how it went, and answers or goes on. For multer, which
 * never answers by itself; null for any other package, and where the function does neither.
 */
export function readTold(conversion: Conversion, frame: Frame, { node, middleware }: InPlace): Form | null {
  const { unit } = frame;
  const { work, context: c } = unit;
  const callee = calleeOf(node);
  const [req, res, told] = argumentsOf(node);
  if (middleware.package !== 'multer' || callee === null || told === undefined || !isFunction(told))
    return null;
  const isOwn = [req, res].every((each) => each !== undefined && conversion.roles.get(each)?.unit === unit);
  if (req === undefined || res === undefined || !isOwn || !unit.answering.has(told)) return null;
  claim(conversion, req);
  claim(conversion, res);
  convertPackage(conversion, middleware);
  const tell = parityName(conversion, work, 'tell');
  const parts = [`${tell}(${c}, `, spanOf(callee), ', ', spanOf(told), ')'];
  replace(conversion, work, node, parts, 'packages/told');
  return readCallback(conversion, frame, node);
}
