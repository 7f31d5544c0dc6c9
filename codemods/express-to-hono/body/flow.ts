import { child, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { deleteStatement, replaceArrowBody } from '../../shared/edit/emit.ts';
import { returnsNothing } from '../facts/answers/branches.ts';
import { bodyOf, isHeadersSentGuard } from '../facts/answers/shapes.ts';
import { isStream } from '../facts/answers/stream-operations.ts';
import { verdictOf } from '../facts/answers/verdicts.ts';
import { type Conversion, refuse, replace, type Unit } from '../state/conversion.ts';
import { convertFinishListener } from './after-next/finish-listener.ts';
import { convertReplacedAnswer } from './after-next/replaced-answers.ts';
import { collectClosures } from './closures.ts';
import { formLines } from './form.ts';
import { readForm } from './forms.ts';
import {
  type Answers,
  CONTINUES,
  type Flow,
  type Frame,
  hasOpenPath,
  keptIn,
  type Reading,
} from './frame.ts';
import { endsWithNext, returnsIn, withoutEmpty } from './leaving.ts';
import { convertStatement } from './statements.ts';
import { convertStream } from './streaming.ts';
import { unreadable } from './unreadable.ts';
import { convertFound } from './verdicts.ts';

const READING: Reading = { list: convertList, body: convertBody, answers: answersOf };

const judged = new WeakMap<Conversion, Map<Unit, Answers | 'busy'>>();

/** Whether a function always, never or sometimes answers the request. Records nothing. */
export function answersOf(conversion: Conversion, unit: Unit): Answers {
  const known = judged.get(conversion) ?? new Map<Unit, Answers | 'busy'>();
  judged.set(conversion, known);
  const found = known.get(unit);
  if (found !== undefined) return found === 'busy' ? 'never' : found;
  known.set(unit, 'busy');
  conversion.dry += 1;
  const frame = unitFrame(conversion, unit);
  const flow = convertBody(conversion, frame);
  conversion.dry -= 1;
  const answers = !flow.answers ? 'never' : hasOpenPath(flow, frame) ? 'sometimes' : 'always';
  known.set(unit, answers);
  return answers;
}

export function unitFrame(conversion: Conversion, unit: Unit): Frame {
  const frame: Frame = {
    reading: READING,
    unit,
    fn: unit.fn.node,
    settle: null,
    guarded: false,
    closures: new Set(),
    open: [],
    kept: null,
    awaits: false,
    afterNext: new Map(),
  };
  frame.closures = collectClosures(conversion, frame);
  return frame;
}

/** Rewrites the answers in a function's body and reports which paths have one. */
export function convertBody(conversion: Conversion, frame: Frame): Flow {
  const body = bodyOf(frame.fn);
  if (body === null) return { falls: true, answers: false };
  if ('statements' in body) {
    if (frame.fn === frame.unit.fn.node && isStream(frame.unit))
      return convertStream(conversion, frame, body.statements);
    return convertList(conversion, frame, body.statements, true);
  }
  const { expression } = body;
  if (!frame.unit.answering.has(expression)) {
    frame.open.push(expression);
    return { falls: true, answers: false };
  }
  const form = readForm(conversion, frame, expression);
  if (form === null) return unreadable(conversion, frame, expression);
  const lines = formLines(frame, form);
  const only = lines.length === 1 ? lines[0] : undefined;
  const first = only?.[0];
  const { work } = frame.unit;
  if (only !== undefined && typeof first === 'string' && first.startsWith('return ')) {
    replace(conversion, work, expression, [first.slice('return '.length), ...only.slice(1)], form.rule);
  } else if (only !== undefined && frame.settle !== null && form.kind !== 'branch') {
    replace(conversion, work, expression, only, form.rule);
  } else {
    replaceArrowBody(conversion, work, frame.fn, lines, form.rule);
  }
  return { falls: false, answers: true };
}

/** Whether a `return` only leaves the function: nobody looks at what a handler gives back. */
const isLeft = ({ fn, unit }: Frame, statement: SyntaxNode): boolean =>
  child(statement, 'argument') === null ||
  unit.idle.includes(statement) ||
  (fn === unit.fn.node && verdictOf(unit) !== null) ||
  (fn === unit.fn.node &&
    unit.fn.kind !== 'helper' &&
    (returnsNothing(statement) || givesLiteral(statement)));

/** `return false;` behind an answer says no more than `return;`. */
const givesLiteral = (statement: SyntaxNode): boolean =>
  unwrap(child(statement, 'argument') ?? statement).type === 'Literal';

/** Reads statements in order. `tail`: after the last one the function ends. */
export function convertList(
  conversion: Conversion,
  frame: Frame,
  all: readonly SyntaxNode[],
  tail: boolean,
): Flow {
  const { unit } = frame;
  const statements = withoutEmpty(all).filter(
    (each) => each.type === 'ReturnStatement' || !unit.idle.includes(each),
  );
  let answered = false;
  let answers = false;
  /** What the end of the list comes after; null where the statement has said itself which of its paths end. */
  let end: SyntaxNode | null = frame.fn;
  let read = 0;
  for (const [index, statement] of statements.entries()) {
    if (index < read) continue;
    if (isHeadersSentGuard(conversion, statement)) {
      deleteStatement(conversion, unit.work, statement, 'errors/headers-sent');
      end = frame.fn;
      continue;
    }
    if (convertReplacedAnswer(conversion, frame, statements, index)) {
      end = frame.fn;
      continue;
    }
    const finish = convertFinishListener(conversion, frame, statements, index);
    end = finish === 'converted' ? frame.fn : statement;
    if (finish === 'converted') continue;
    if (!unit.answering.has(statement)) {
      if (statement.type === 'ThrowStatement') return { falls: false, answers };
      const returns = returnsIn(statement);
      if (returns.length > 0) {
        if (!answered) frame.open.push(...returns);
        if (statement.type === 'ReturnStatement') return { falls: !answered, answers };
      }
      continue;
    }
    if (answered) {
      refuse(
        conversion,
        unit.work,
        statement,
        'flow/after',
        'the request is answered again after `next()`',
        unit,
      );
      return { falls: false, answers: true };
    }
    const found = convertFound(conversion, frame, statements, index);
    if (found > 0) {
      answers = true;
      read = index + found;
      end = statement;
      continue;
    }
    const following = statements[index + 1];
    const ends = keptIn(frame) === null && following?.type === 'ReturnStatement' && isLeft(frame, following);
    const last = index === statements.length - 1;
    const flow = convertStatement(conversion, frame, statement, {
      tail: (tail && last) || ends,
      rest: tail && !last && !ends ? statements.slice(index + 1) : null,
    });
    answers = answers || flow.answers;
    end = null;
    if (flow === CONTINUES) {
      answered = true;
      continue;
    }
    if (!flow.falls) {
      if (
        ends &&
        frame.settle === null &&
        following !== undefined &&
        !endsWithNext(conversion, frame, statement)
      ) {
        deleteStatement(conversion, unit.work, following, 'flow/return');
      }
      return { falls: false, answers: true };
    }
  }
  if (!answered && tail && end !== null) frame.open.push(end);
  return { falls: !answered, answers };
}
