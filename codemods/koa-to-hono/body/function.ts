import { functionName } from '../../../src/workspace/express/functions.ts';
import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import type { Value } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  child,
  isCall,
  isIdentifier,
  memberName,
  parametersOf,
  patternTarget,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { range } from '../../shared/edit/draft.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { ruleBeside } from '../members/beside.ts';
import { RESPONSE } from '../members/headers.ts';
import { lentRule } from '../members/lent.ts';
import { READS } from '../members/reads.ts';
import { stateRule } from '../members/state.ts';
import { type Conversion, leaveOut, refuse, want } from '../state/conversion.ts';
import { keepsKoa } from '../worlds/stays.ts';
import { aliasesIn, takesOnlyLasting } from './aliases.ts';
import { around, useOf } from './context-use.ts';
import { dropAliases, isShorthand } from './drop-aliases.ts';
import { type Frame, mayAnswer, type Role } from './frame.ts';
import { keepFunction } from './kept.ts';
import { isLogicalEnd } from './leaving.ts';
import { isConsole, memberIn, thrownIn } from './shapes.ts';
import { contextName, contextType, isKoaThis, walkBody } from './whole-body.ts';

/** Positions of a function's parameters. */
export interface Ports {
  context: number;
  next: number | null;
}

export const HANDLER: Ports = { context: 0, next: 1 };

/** Makes a function that takes Koa's context one that takes Hono's, and those that it hands it to. */
export function convertFunction(cv: Conversion, file: ParsedFile, fn: SyntaxNode, ports: Ports, role: Role) {
  if (cv.functions.has(fn)) return;
  const kept = cv.kept.get(fn) ?? null;
  cv.functions.set(fn, { file, node: fn, name: functionName(file, fn), kept });
  const { current } = cv;
  if (kept !== null) {
    cv.current = null;
    keepFunction(cv, file, fn, ports);
  } else {
    cv.current = fn;
    rewriteFunction(cv, file, fn, ports, role);
  }
  cv.current = current;
}

function rewriteFunction(cv: Conversion, file: ParsedFile, fn: SyntaxNode, ports: Ports, role: Role) {
  const work = cv.editing.workOf(file);
  const params = parametersOf(fn).map(patternTarget);
  const [context, next] = [params[ports.context], ports.next === null ? undefined : params[ports.next]];
  if (fn.generator === true)
    return refuse(cv, file, fn, 'body/generator', 'a generator is middleware of Koa 1');
  if (findAll(fn, 'ThisExpression').length > 0 && fn.type === 'FunctionExpression' && isKoaThis(work, fn))
    return refuse(cv, file, fn, 'body/this', '`this` may be the context');
  if (context === undefined) return withoutContext(cv, work, fn, role);
  const pattern = isIdentifier(context) ? null : context;
  if (pattern !== null && !takesOnlyLasting(work, pattern))
    return refuse(cv, file, context, 'body/pattern', 'the context is taken apart in the parameters');
  if (next !== undefined && !isIdentifier(next))
    return refuse(cv, file, next, 'body/pattern', '`next` is taken apart');
  const [ctx, goes] = [
    pattern === null ? work.bindings.bindingOf(context) : null,
    next === undefined ? null : work.bindings.bindingOf(next),
  ];
  if (ctx === null && pattern === null) return;
  if (ctx?.references.some(({ write }) => write))
    return refuse(cv, file, context, 'body/context', 'the context is assigned another value');
  const c = contextName(work, fn, pattern === null ? String(context.name) : 'ctx');
  const isWhole = (node: SyntaxNode) => ctx !== null && work.bindings.bindingOf(node) === ctx;
  const aliases = aliasesIn(work, fn, pattern, isWhole);
  const aliasOf = (node: SyntaxNode) => aliases.members.get(work.bindings.bindingOf(node) as Binding) ?? null;
  const frame: Frame = {
    ...{ cv, work, fn, role, c, done: new Set(), late: new Set(), answers: false },
    ...{ aliasOf, isContext: (node) => isIdentifier(node) && (isWhole(node) || aliasOf(node) !== null) },
    isNext: (node) => goes !== null && isIdentifier(node) && work.bindings.bindingOf(node) === goes,
    lent: (member) => cv.lends.get(member),
  };
  const type = child(context, 'typeAnnotation');
  work.draft.replace(
    range(context, context.start, type?.end ?? context.end),
    [c, ...contextType(cv, work, type)],
    'types/context',
  );
  const nextType = next === undefined ? null : child(next, 'typeAnnotation');
  if (nextType !== null)
    work.draft.replace(nextType, [`: ${want(cv, work, 'hono', 'Next', true)}`], 'types/next');
  dropAliases(frame, aliases.declarators);
  walkBody(frame);
  for (const { references } of [...(ctx === null ? [] : [ctx]), ...aliases.members.keys()])
    for (const { node, type: isType } of references)
      if (!isType && !frame.done.has(node)) convertUse(frame, node);
  for (const { node } of goes?.references ?? [])
    if (!frame.done.has(node))
      refuse(cv, file, node, 'body/next', '`next` is used otherwise than by `await next()`');
  const returns = child(fn, 'returnType');
  if (returns !== null && role === 'handler') work.draft.replace(returns, [''], 'types/returns');
  else if (returns !== null && frame.answers) work.draft.replace(returns, [''], 'types/returns');
}

/** A handler that takes no context can only throw, wait or leave without an answer. */
function withoutContext(cv: Conversion, work: FileWork, fn: SyntaxNode, role: Role) {
  const body = child(fn, 'body');
  if (role === 'helper' || body === null) return;
  if (body.type !== 'BlockStatement')
    return refuse(cv, work.file, fn, 'body/unanswered', 'the function neither answers nor goes on');
  const frame: Frame = {
    ...{ cv, work, fn, role, c: 'c', done: new Set(), late: new Set(), answers: false },
    ...{ isContext: () => false, isNext: () => false, aliasOf: () => null, lent: () => undefined },
  };
  walkBody(frame);
  const open = work.file.text.indexOf('(', fn.start) + 1;
  if (frame.answers) work.draft.insert(range(fn, open, open), 'c', 'body/context');
}

/** Members that a setting of the application changes. */
const SETTING: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ip', 'ips', 'host', 'hostname', 'protocol', 'secure', 'origin', 'href'].map((name) => [
      `request.${name}`,
      'proxy',
    ]),
  ),
  'ctx.cookies': 'keys',
};

/** Rewrites one use of the context. */
function convertUse(frame: Frame, reference: SyntaxNode) {
  const { cv, work, c } = frame;
  const place = useOf(work, reference, frame.aliasOf(reference));
  const use = { ...place, cv, work, c, isAfterNext: isLate(frame, reference) };
  if (use.member === null) return convertName(frame, reference);
  const beside = ruleBeside(cv, use.member);
  if (
    beside === undefined &&
    use.member.startsWith('own.') &&
    cv.settings.has(use.member.slice('own.'.length))
  )
    return refuse(
      cv,
      work.file,
      use.node,
      `members/${use.member}`,
      'the application puts it on every context',
    );
  if (beside === undefined && SETTING[use.member] !== undefined && cv.settings.has(SETTING[use.member] ?? ''))
    return refuse(
      cv,
      work.file,
      use.node,
      `members/${use.member}`,
      `it depends on \`app.${SETTING[use.member]}\``,
    );
  const lent = cv.lends.get(use.member);
  const rule =
    beside ??
    (lent !== undefined
      ? lentRule(lent)
      : use.member.startsWith('own.') || use.member === 'ctx.state'
        ? stateRule
        : (READS[use.member] ?? RESPONSE[use.member]));
  const name = `ctx.${use.member.replace(/^(ctx|own)\./, '')}`;
  if (rule === undefined) {
    const isAnswer = use.member === 'response.body' || use.member === 'response.redirect';
    const thrown = use.member === 'ctx.throw' ? callAround(frame, use.node) : null;
    if (thrown !== null && thrownIn(frame, thrown) !== null && isLogicalEnd(frame, thrown)) return;
    return refuse(
      cv,
      work.file,
      use.node,
      `members/${use.member}`,
      isAnswer ? `\`${name}\` stands where no answer can be returned or is read` : `\`${name}\` has no rule`,
    );
  }
  const result = rule(use);
  if (typeof result === 'string')
    return refuse(cv, work.file, use.node, `members/${use.member}`, `\`${name}\`: ${result}`);
  const named = result.node === reference && isShorthand(work, reference) ? [`${reference.name}: `] : [];
  work.draft.replace(result.node, [...named, ...result.parts], `members/${use.member}`);
}

function callAround({ work }: Frame, node: SyntaxNode): SyntaxNode | null {
  const { parent } = around(work, node);
  return isCall(parent) ? parent : null;
}

const isLate = ({ work, late, fn }: Frame, node: SyntaxNode): boolean => {
  for (let at: SyntaxNode | undefined = node; at !== undefined && at !== fn; at = work.parents.get(at))
    if (late.has(at)) return true;
  return false;
};

/** The context by itself: handed to a function of the program, which takes Hono's then. */
function convertName(frame: Frame, reference: SyntaxNode) {
  const { cv, work, c } = frame;
  const { node, parent } = around(work, reference);
  if (parent?.type === 'VariableDeclarator' && child(parent, 'init') === node)
    return refuse(
      cv,
      work.file,
      reference,
      'body/context',
      'the context is taken apart or gets another name',
    );
  const call = isCall(parent) && argumentsOf(parent).includes(node) ? parent : null;
  const callee = call === null ? null : child(call, 'callee');
  // What is reported goes with the context: the rule of `ctx.app` writes both.
  if (callee !== null && isEmit(frame, callee)) {
    if (cv.beside) work.draft.replace(reference, [`${c}.env`], 'body/context');
    return;
  }
  if (callee !== null && isConsole(frame, callee)) {
    // Who reads the console sees Hono's context.
    leaveOut(cv, work.file, reference, 'log-context');
    if (c !== reference.name) work.draft.replace(reference, [c], 'body/context');
    return;
  }
  const values = callee === null ? [] : cv.flow.valuesOf(unwrap(callee));
  const isKnown = values.length > 0 && values.every(({ kind }) => kind === 'function');
  if (call === null || !isKnown)
    return refuse(
      cv,
      work.file,
      reference,
      'body/context',
      'the context is handed to code that could not be followed',
    );
  if (handsKoa(frame, values)) {
    work.draft.replace(reference, [`${c}.env`], 'body/context');
    return;
  }
  const position = argumentsOf(call).indexOf(node);
  if (
    argumentsOf(call)
      .slice(0, position)
      .some(({ type }) => type === 'SpreadElement')
  )
    return refuse(
      cv,
      work.file,
      reference,
      'body/context',
      'the context is handed on behind a list that is spread',
    );
  for (const value of values) {
    if (value.kind !== 'function') continue;
    if (cv.kept.has(value.node))
      return refuse(
        cv,
        work.file,
        reference,
        'body/context',
        'it hands the context to a function that stays',
      );
    const next = argumentsOf(call).findIndex((arg) => frame.isNext(unwrap(arg)));
    convertFunction(
      cv,
      value.file,
      value.node,
      { context: position, next: next < 0 ? null : next },
      next < 0 ? 'helper' : 'handler',
    );
    if (next >= 0) refuse(cv, work.file, call, 'body/next', '`next` is handed to another function');
  }
  if (c !== reference.name) work.draft.replace(reference, [c], 'body/context');
}

/** Where Koa stays, a function that stays and says nothing of the answer gets Koa's own context, which is at hand there. */
function handsKoa(frame: Frame, values: readonly Value[]): boolean {
  const { cv } = frame;
  const functions = values.filter((value) => value.kind === 'function');
  if (!cv.beside || !functions.some(({ node }) => cv.kept.has(node))) return false;
  if (functions.some((each) => mayAnswer(frame, each, new Set()))) return false;
  for (const { file, node } of functions) {
    if (cv.kept.has(node)) keepsKoa(cv, file, node);
    else cv.stay.set(node, 'it is called where a function that stays may be called, too');
  }
  return true;
}

const isEmit = (frame: Frame, callee: SyntaxNode): boolean => {
  const object =
    callee.type === 'MemberExpression' && memberName(callee) === 'emit' ? child(callee, 'object') : null;
  return object !== null && memberIn(frame, object) === 'ctx.app';
};
