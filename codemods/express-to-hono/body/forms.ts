import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  literalText,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { importName, parityName } from '../edit/imports.ts';
import { mayStreamNoBody, STATUS_STREAMED } from '../facts/answers/bodiless.ts';
import { nextCall } from '../facts/answers/shapes.ts';
import { passesOn } from '../facts/errors/error-rules.ts';
import { isKnownError } from '../facts/errors/known-errors.ts';
import { unrecovered } from '../facts/errors/recovery.ts';
import { isForwardCall } from '../facts/forward-calls.ts';
import { isRenderCallback } from '../members/render-callback.ts';
import { readResponse, responseLinks } from '../members/response.ts';
import { type Conversion, claim, refuse, spanOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { readCallback, readPromiseChain } from './callbacks.ts';
import { readCustomAnswer } from './custom-answers.ts';
import type { Form } from './form.ts';
import { readFormat } from './formats.ts';
import type { Frame } from './frame.ts';
import { readInPlace, readTold } from './in-place.ts';
import { readSkip } from './skips.ts';
import { streamed } from './streamed.ts';

/** Reads an expression that answers; null when it is none of the known forms (a problem may have been recorded). */
export function readForm(conversion: Conversion, frame: Frame, node: SyntaxNode): Form | null {
  const { unit } = frame;
  const expression = unwrap(node);
  if (expression.type === 'UnaryExpression' && expression.operator === 'void') {
    return readForm(conversion, frame, child(expression, 'argument') ?? expression);
  }
  if (expression.type === 'AwaitExpression') {
    const inner = readForm(conversion, frame, child(expression, 'argument') ?? expression);
    if (inner === null || inner.kind === 'branch' || /^(response|streaming)\//.test(inner.rule)) return inner;
    return inner.kind === 'respond' ? { ...inner, value: ['await ', ...inner.value] } : inner;
  }
  if (expression.type === 'ConditionalExpression') {
    const [test, yes, no] = ['test', 'consequent', 'alternate'].map((name) => child(expression, name));
    if (!test || !yes || !no || unit.answering.has(test)) return null;
    const forms = [readForm(conversion, frame, yes), readForm(conversion, frame, no)] as const;
    if (forms[0] === null || forms[1] === null) return null;
    return { kind: 'branch', test, yes: forms[0], no: forms[1], rule: forms[0].rule };
  }
  if (expression.type !== 'CallExpression') return null;
  const special =
    readFormat(conversion, frame, expression) ?? readCustomAnswer(conversion, frame, expression);
  if (special !== null) return special;
  if (responseLinks(conversion, expression) !== null && !isRenderCallback(conversion, expression)) {
    const chain = readResponse(conversion, expression);
    return chain === null || chain.value === null
      ? null
      : { kind: 'respond', before: chain.before, value: chain.value, rule: chain.rule };
  }
  const inPlace = conversion.program.inPlace.find(({ node: call }) => call === expression);
  if (inPlace?.isTold === false) return readInPlace(conversion, frame, inPlace);
  if (inPlace !== undefined) return readTold(conversion, frame, inPlace);
  const next = nextCall(conversion, expression);
  if (next !== null) return readNext(conversion, frame, next);
  const reached = conversion.calls.get(expression);
  if (reached !== undefined) return readHelper(conversion, frame, expression, reached);
  if (isForwardCall(conversion, unit, expression) || isClosureCall(frame, expression)) {
    return { kind: 'respond', before: [], value: [spanOf(expression)], rule: 'helpers/call' };
  }
  return (
    readPipe(conversion, unit, expression) ??
    readPipeline(conversion, unit, expression) ??
    readPromiseChain(conversion, frame, expression) ??
    readCallback(conversion, frame, expression)
  );
}

function readNext(conversion: Conversion, frame: Frame, call: SyntaxNode): Form | null {
  const { unit } = frame;
  const callee = calleeOf(call);
  const [error, ...rest] = argumentsOf(call);
  if (callee === null || rest.length > 0) return null;
  if (error === undefined) {
    const isError = unit.fn.kind === 'error-handler';
    const reason = isError ? unrecovered(unit) : null;
    if (reason !== null) {
      refuse(conversion, unit.work, call, 'middleware/next', reason, unit);
      return null;
    }
    claim(conversion, callee);
    if (isError) return { kind: 'respond', before: [], value: [spanOf(call)], rule: 'errors/recovers' };
    return { kind: 'next', before: [], value: [spanOf(call)], rule: 'middleware/next' };
  }
  const skip = readSkip(conversion, unit, call);
  if (skip !== null) {
    claim(conversion, callee);
    return skip;
  }
  const reason = isKnownError(conversion, unit, error);
  if (reason !== null) {
    refuse(conversion, unit.work, call, 'errors/next', reason, unit);
    return null;
  }
  claim(conversion, callee);
  if (unit.fn.kind === 'error-handler' && !passesOn(conversion, unit)) {
    leaveOut(conversion, unit.work, call, 'error-text');
    const value = [`${parityName(conversion, unit.work, 'errorPage')}(`, spanOf(error), `, ${unit.context})`];
    return { kind: 'respond', before: [], value, rule: 'errors/default' };
  }
  return { kind: 'throw', before: [], value: [spanOf(error)], rule: 'errors/throw' };
}

function readHelper(
  conversion: Conversion,
  frame: Frame,
  call: SyntaxNode,
  helpers: readonly Unit[],
): Form | null {
  const { unit } = frame;
  const answers = helpers.map((helper) => frame.reading.answers(conversion, helper));
  if (answers.every((answer) => answer === 'always')) {
    return { kind: 'respond', before: [], value: [spanOf(call)], rule: 'helpers/call' };
  }
  if (answers.some((answer) => answer !== 'never')) {
    const name = helpers.map((helper) => helper.fn.name).join(' or ');
    refuse(
      conversion,
      unit.work,
      call,
      'helpers/call',
      `\`${name}\` answers on some of its paths only`,
      unit,
    );
  }
  return null;
}

/** A call of a function declared inside the handler that itself always answers. */
function isClosureCall(frame: Frame, call: SyntaxNode): boolean {
  const callee = calleeOf(call);
  if (!isIdentifier(callee)) return false;
  const binding = frame.unit.work.bindings.bindingOf(callee);
  return binding !== null && frame.closures.has(binding);
}

/** `readable.pipe(res)`: the readable is the body. */
function readPipe(conversion: Conversion, unit: Unit, call: SyntaxNode): Form | null {
  const callee = calleeOf(call);
  const [target, ...rest] = argumentsOf(call);
  if (memberName(callee) !== 'pipe' || target === undefined || rest.length > 0 || callee === null)
    return null;
  const source = child(callee, 'object');
  if (conversion.roles.get(target)?.role !== 'res' || source === null || unit.answering.has(source))
    return null;
  return bodyOfReadable(conversion, unit, source, target);
}

function bodyOfReadable(
  conversion: Conversion,
  unit: Unit,
  source: SyntaxNode,
  target: SyntaxNode,
): Form | null {
  if (conversion.roles.get(target)?.role !== 'res') return null;
  if (mayStreamNoBody(conversion, unit))
    refuse(conversion, unit.work, target, 'streaming/pipe', STATUS_STREAMED, unit);
  claim(conversion, target);
  const readable = importName(conversion, unit.work, 'node:stream', 'Readable');
  const { context: c, work } = unit;
  const cast = work.file.typescript ? ' as ReadableStream' : '';
  const { string: text } = work.layout;
  const isHono = conversion.idiomatic !== null;
  if (isHono && !unit.setsOwnType) leaveOut(conversion, work, source, 'untyped');
  return {
    kind: 'respond',
    before: unit.setsOwnType || isHono ? [] : [[`${parityName(conversion, work, 'withoutType')}(${c})`]],
    // Not before: what the readable throws is answered by a page that is not sent in chunks.
    value: [
      `${c}.body(${readable}.toWeb(`,
      ...streamed(conversion, work, source),
      isHono ? `)${cast})` : `)${cast}, { headers: { ${text('Transfer-Encoding')}: ${text('chunked')} } })`,
    ],
    rule: 'streaming/pipe',
  };
}

/** `await pipeline(readable, res)` of `node:stream/promises`: the same as piping. */
function readPipeline(conversion: Conversion, unit: Unit, call: SyntaxNode): Form | null {
  const callee = calleeOf(call);
  const [source, target, ...rest] = argumentsOf(call);
  const binding = isIdentifier(callee) ? unit.work.bindings.bindingOf(callee) : null;
  const declared = binding === null ? undefined : unit.work.parents.get(binding.declaration);
  const from = literalText(declared === undefined ? null : child(declared, 'source'));
  if (binding?.name !== 'pipeline' || from === null || !/^(node:)?stream\/promises$/.test(from)) return null;
  if (source === undefined || target === undefined || rest.length > 0 || unit.answering.has(source))
    return null;
  return bodyOfReadable(conversion, unit, source, target);
}
