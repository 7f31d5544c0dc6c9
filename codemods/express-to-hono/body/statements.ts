import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { child, children, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, atStart } from '../../shared/edit/draft.ts';
import { deleteStatement, indentAt, replaceStatement } from '../../shared/edit/emit.ts';
import { localFunction } from '../facts/answers/send-callbacks.ts';
import { type Conversion, refuse, type Unit } from '../state/conversion.ts';
import { convertCustomAnswer } from './custom-answers.ts';
import { formLines } from './form.ts';
import { readForm } from './forms.ts';
import { CONTINUES, convertBranch, type Flow, type Frame, keptIn } from './frame.ts';
import { convertUnsentGuard } from './headers-sent.ts';
import { leavesWithin, waitsWithin, withoutEmpty } from './leaving.ts';
import { convertTry } from './try.ts';
import { unreadable } from './unreadable.ts';
import { convertVerdict } from './verdicts.ts';

interface Place {
  tail: boolean;
  /** Statements after it on the way to the function's end, when there are any. */
  rest: readonly SyntaxNode[] | null;
}

export function convertStatement(conversion: Conversion, frame: Frame, node: SyntaxNode, place: Place): Flow {
  switch (node.type) {
    case 'ExpressionStatement':
      if (convertCustomAnswer(conversion, frame, node)) return fallsBehind(frame, node, place, false);
      return convertAnswer(conversion, frame, node, child(node, 'expression'), place);
    case 'ReturnStatement':
      return convertAnswer(conversion, frame, node, child(node, 'argument'), { tail: true, rest: null });
    case 'BlockStatement':
      return frame.reading.list(conversion, frame, children(node, 'body'), place.tail);
    case 'IfStatement': {
      const unsent = convertUnsentGuard(conversion, frame, node, place.tail);
      if (unsent !== null) return unsent;
      if (convertVerdict(conversion, frame, node)) return fallsBehind(frame, node, place, true);
      const [test, yes, no] = ['test', 'consequent', 'alternate'].map((name) => child(node, name));
      if (!test || !yes || frame.unit.answering.has(test)) return unreadable(conversion, frame, test ?? node);
      if (no !== null && no !== undefined && mayGoOn(frame, place))
        return convertKept(conversion, frame, node, [yes, no], place);
      const first = convertBranch(conversion, frame, yes, place.tail);
      if (!no) return fallsBehind(frame, node, place, first.answers);
      const second = convertBranch(conversion, frame, no, place.tail);
      return { falls: first.falls || second.falls, answers: first.answers || second.answers };
    }
    case 'TryStatement':
      return convertTry(conversion, frame, node, place.tail);
    case 'SwitchStatement':
      return convertSwitch(conversion, frame, node, place.tail);
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement': {
      const body = child(node, 'body');
      const flow = body === null ? { answers: false } : convertBranch(conversion, frame, body, false);
      return fallsBehind(frame, node, place, flow.answers);
    }
    case 'FunctionDeclaration':
    case 'VariableDeclaration':
      if (declaresClosure(frame, node) || declaresSendCallback(frame, node))
        return fallsBehind(frame, node, place, false);
      return unreadable(conversion, frame, node);
    default:
      return unreadable(conversion, frame, node);
  }
}

/** Whether code goes on behind a statement that changes nothing of the answers in it. */
const mayGoOn = (frame: Frame, { tail, rest }: Place): boolean =>
  !tail && rest !== null && keptIn(frame) === null && !rest.some((after) => answersOtherwise(frame, after));

/** `if (…) res.send(a); else res.send(b);` with code behind it: the answer is kept, and given back at the end. */
function convertKept(
  conversion: Conversion,
  frame: Frame,
  node: SyntaxNode,
  branches: readonly SyntaxNode[],
  { rest }: Place,
): Flow {
  const { unit, settle } = frame;
  const { work } = unit;
  const name = freshName(work.bindings.scopeOf(frame.fn), 'response');
  const inner: Frame = { ...frame, kept: { fn: frame.fn, name } };
  const open = frame.open.length;
  const flows = branches.map((each) => convertBranch(conversion, inner, each, true));
  frame.awaits ||= inner.awaits;
  const last = rest?.at(-1);
  // On a path without an answer the code behind it may be what the request waits for.
  if (last === undefined || flows.some(({ falls }) => falls) || frame.open.length > open)
    return later(conversion, frame, node);
  unit.goesOn = true;
  if (settle === null && conversion.dry === 0) {
    const { newline, semicolon } = work.layout;
    const type = work.file.typescript ? ': Response | Promise<Response>' : '';
    const line = `let ${name}${type}${semicolon}${newline}${indentAt(work, node.start)}`;
    work.draft.insert(atStart(node), line, 'flow/after');
    const back = `${newline}${indentAt(work, last.start)}return ${name}${semicolon}`;
    work.draft.insert(atEnd(last), back, 'flow/after');
  }
  return { falls: false, answers: true };
}

function convertSwitch(conversion: Conversion, frame: Frame, node: SyntaxNode, tail: boolean): Flow {
  const cases = children(node, 'cases');
  let falls = !cases.some((each) => child(each, 'test') === null);
  let answers = false;
  for (const [index, each] of cases.entries()) {
    const test = child(each, 'test');
    if (test !== null && frame.unit.answering.has(test)) return unreadable(conversion, frame, test);
    const consequent = statementsOf(each);
    if (consequent.length === 0) continue;
    const last = consequent.at(-1);
    const breaks = last?.type === 'BreakStatement';
    const flow = frame.reading.list(
      conversion,
      frame,
      breaks ? consequent.slice(0, -1) : consequent,
      tail && (breaks || index === cases.length - 1),
    );
    answers = answers || flow.answers;
    if (!flow.falls && breaks && last !== undefined && flow.answers && frame.settle === null) {
      deleteStatement(conversion, frame.unit.work, last, 'flow/return');
    }
    falls = falls || flow.falls;
  }
  return falls ? fallsBehind(frame, node, { tail, rest: null }, answers) : { falls, answers };
}

/** Statements of a case, of the block that holds them all as well: `case 1: { …; break; }`. */
function statementsOf(each: SyntaxNode): SyntaxNode[] {
  const list = withoutEmpty(children(each, 'consequent'));
  const [only, ...others] = list;
  return only?.type === 'BlockStatement' && others.length === 0 ? withoutEmpty(children(only, 'body')) : list;
}

/** A statement that lets the code behind it run; where there is none the path ends. */
function fallsBehind(frame: Frame, node: SyntaxNode, { tail }: Place, answers: boolean): Flow {
  if (tail) frame.open.push(node);
  return { falls: true, answers };
}

/** A statement whose expression answers. */
function convertAnswer(
  conversion: Conversion,
  frame: Frame,
  node: SyntaxNode,
  expression: SyntaxNode | null,
  place: Place,
): Flow {
  const { unit } = frame;
  const { work } = unit;
  const form = expression === null ? null : readForm(conversion, frame, expression);
  if (form === null) return unreadable(conversion, frame, expression ?? node);
  const rule = form.rule;
  const top = frame.fn === unit.fn.node;
  if (form.kind === 'next' && frame.settle === null) {
    const looks = conversion.replacedAnswers.some((each) => each.next === node);
    const block = node.type === 'ExpressionStatement' || frame.afterNext.has(node);
    if (top && block && frame.guarded && place.tail && !frame.afterNext.has(node)) {
      // Not awaited inside the `try`: its `catch` is for this function's errors, not for those of later handlers.
      frame.awaits = true;
      replaceStatement(conversion, work, node, [['return ', ...form.value]], rule);
      return { falls: false, answers: true };
    }
    if (top && block && frame.guarded && !looks) return later(conversion, frame, node);
    if (top && block) {
      frame.awaits = true;
      replaceStatement(
        conversion,
        work,
        node,
        [
          ['await ', ...form.value],
          ...(frame.afterNext.get(node) ?? []),
          ...(leaves(frame, node) ? [['return']] : []),
        ],
        rule,
      );
      return place.tail
        ? { falls: false, answers: true }
        : place.rest !== null
          ? CONTINUES
          : later(conversion, frame, node);
    }
    if (!place.tail) return later(conversion, frame, node);
    if (block) replaceStatement(conversion, work, node, formLines(frame, form), rule);
    return { falls: false, answers: true };
  }
  const kept = node.type === 'ReturnStatement' ? null : keptIn(frame);
  if (kept !== null && (!place.tail || form.kind !== 'respond')) return later(conversion, frame, node);
  if (frame.settle !== null) {
    const returned = node.type === 'ReturnStatement';
    const answersAgain = (after: SyntaxNode) => unit.answering.has(after) || touchesResponse(unit, after);
    if (!returned && !place.tail && (place.rest === null || place.rest.some(answersAgain)))
      return later(conversion, frame, node);
    const lines = formLines(frame, form);
    const tailLine = lines.at(-1);
    // `if … else …` for a conditional whose sides are statements: nothing can be returned of it.
    if (returned && form.kind === 'branch' && String(tailLine?.[0]).startsWith('if ('))
      lines.push(['return']);
    else if (returned && tailLine !== undefined) tailLine.unshift('return ');
    replaceStatement(conversion, work, node, lines, rule);
    return { falls: false, answers: true };
  }
  if (kept !== null && form.kind === 'respond') {
    replaceStatement(conversion, work, node, [...form.before, [`${kept.name} = `, ...form.value]], rule);
    return { falls: false, answers: true };
  }
  if (place.tail) {
    replaceStatement(conversion, work, node, formLines(frame, form), rule);
    return { falls: false, answers: true };
  }
  const { rest } = place;
  const last = rest?.at(-1);
  if (rest === null || last === undefined || form.kind !== 'respond') return later(conversion, frame, node);
  if (rest.some((after) => answersOtherwise(frame, after))) return later(conversion, frame, node);
  unit.goesOn = true;
  const name = freshName(work.bindings.scopeOf(frame.fn), 'response');
  replaceStatement(
    conversion,
    work,
    node,
    [...form.before, [`const ${name} = `, ...form.value]],
    'flow/after',
  );
  const end = work.layout.semicolon;
  if (conversion.dry === 0) {
    work.draft.insert(
      atEnd(last),
      `${work.layout.newline}${indentAt(work, last.start)}return ${name}${end}`,
      'flow/after',
    );
  }
  return { falls: false, answers: true };
}

/** Whether a `return` leaves the function before its end. */
const leaves = ({ unit: { work }, fn }: Frame, node: SyntaxNode): boolean => {
  const body = child(fn, 'body');
  const isLast = body !== null && work.parents.get(node) === body && children(body, 'body').at(-1) === node;
  return node.type === 'ReturnStatement' && !isLast;
};

/**
 * Whether code behind an answer may answer, leave the function, change the response or hold it back, as what is awaited does; a
 * promise is settled once, and at once.
 */
const answersOtherwise = ({ unit, settle }: Frame, after: SyntaxNode): boolean =>
  unit.answering.has(after) ||
  (settle === null && (leavesWithin(after) || waitsWithin(after))) ||
  touchesResponse(unit, after);

/** Once the answer is sent, Express throws for a header that is set; Hono sends it. */
const touchesResponse = (unit: Unit, node: SyntaxNode): boolean =>
  unit.uses.some(
    (use) =>
      use.role === 'res' &&
      node.start <= use.node.start &&
      use.node.end <= node.end &&
      !/^(statusCode|locals)$/.test(memberName(unit.work.parents.get(use.node) ?? null) ?? ''),
  );

function later(conversion: Conversion, frame: Frame, node: SyntaxNode): Flow {
  const reason = 'code on the same path goes on after the request is answered';
  refuse(conversion, frame.unit.work, node, 'flow/after', reason, frame.unit);
  return { falls: false, answers: true };
}

function declaresClosure(frame: Frame, node: SyntaxNode): boolean {
  return [...frame.closures].some(({ node: name }) => node.start <= name.start && name.end <= node.end);
}

/** `const done = (err) => { if (err) next(err); }`, handed to `sendFile`: read where it is handed over. */
function declaresSendCallback(frame: Frame, node: SyntaxNode): boolean {
  const { unit } = frame;
  const names =
    node.type === 'FunctionDeclaration'
      ? [child(node, 'id')]
      : children(node, 'declarations').map((each) => child(each, 'id'));
  const [name] = names;
  const reference =
    name === null || name === undefined ? undefined : unit.work.bindings.bindingOf(name)?.references[0];
  if (names.length !== 1 || reference === undefined || localFunction(unit, reference.node) === null)
    return false;
  const call = unit.work.parents.get(reference.node);
  return /^(sendFile|download)$/.test(memberName(call === undefined ? null : child(call, 'callee')) ?? '');
}
