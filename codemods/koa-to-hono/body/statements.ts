import { child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { refuse } from '../state/conversion.ts';
import { type Frame, isQuiet, within } from './frame.ts';
import { answerOf, giveAnswer, headerSet, isBareReturn, setStatus } from './giving.ts';
import { assertThat, goOn, raise, returned } from './leaving.ts';
import { ended, meet, type Path } from './path.ts';
import { assertedIn, expressionOf, isNextCall, statusIn, thrownIn } from './shapes.ts';

/** Rewrites the statements of a list. `tail`: nothing of the function runs after it. `ends`: the `break` of a switch does the same. */
export function walkList(
  frame: Frame,
  list: readonly SyntaxNode[],
  tail: boolean,
  from: Path,
  ends = false,
): Path {
  let path = from;
  for (let index = 0; index < list.length; index += 1) {
    const statement = list[index] as SyntaxNode;
    if (!path.reached) break;
    if (path.next !== 'no') frame.late.add(statement);
    const rest = list.slice(index + 1);
    const expression = expressionOf(statement);
    const status = statement.type === 'ExpressionStatement' ? statusIn(frame, expression) : null;
    if (status !== null) {
      path = setStatus(frame, statement, status, rest, tail, path);
      continue;
    }
    const answer = statement.type === 'ExpressionStatement' ? answerOf(frame, expression) : null;
    if (answer !== null) {
      const given = giveAnswer(frame, statement, answer, rest, { tail, ends }, path);
      path = given.path;
      index += given.taken;
      continue;
    }
    path = walkStatement(frame, statement, rest, tail && rest.length === 0, path);
  }
  return path;
}

/** Every other statement. */
export function walkStatement(
  frame: Frame,
  statement: SyntaxNode,
  rest: readonly SyntaxNode[],
  tail: boolean,
  path: Path,
): Path {
  const expression = expressionOf(statement);
  const isTail = tail || (rest[0] !== undefined && isBareReturn(rest[0]));
  switch (statement.type) {
    case 'ReturnStatement':
      return returned(frame, statement, expression, path);
    case 'ThrowStatement':
      return ended(path);
    case 'BreakStatement':
    case 'ContinueStatement':
      return path;
    case 'BlockStatement':
      return walkList(frame, children(statement, 'body'), tail, path);
    case 'IfStatement': {
      const yes = branch(frame, child(statement, 'consequent'), tail, path);
      const no = branch(frame, child(statement, 'alternate'), tail, path);
      return meet(yes, no);
    }
    case 'TryStatement':
      return walkTry(frame, statement, tail, path);
    case 'SwitchStatement':
      return walkSwitch(frame, statement, tail, path);
    case 'LabeledStatement':
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement': {
      const inside = branch(frame, child(statement, 'body'), false, path);
      return meet(path, { ...inside, reached: true });
    }
    case 'ExpressionStatement': {
      if (thrownIn(frame, expression) !== null)
        return raise(frame, statement, thrownIn(frame, expression) as SyntaxNode, path);
      const asserted = assertedIn(frame, expression);
      if (asserted !== null) return assertThat(frame, statement, asserted, path);
      if (isNextCall(frame, expression))
        return goOn(frame, statement, expression as SyntaxNode, isTail, path);
      const header = expression === null ? null : headerSet(frame, expression);
      return header?.types ? { ...path, typed: true } : path;
    }
    default:
      return path;
  }
}

/** A branch, which may be one statement without braces. */
export function branch(frame: Frame, node: SyntaxNode | null, tail: boolean, path: Path): Path {
  if (node === null) return path;
  return walkList(frame, node.type === 'BlockStatement' ? children(node, 'body') : [node], tail, path);
}

export function walkTry(frame: Frame, statement: SyntaxNode, tail: boolean, path: Path): Path {
  const block = child(statement, 'block');
  const handler = child(statement, 'handler');
  const finalizer = child(statement, 'finalizer');
  const isLoud = finalizer !== null && !isQuiet(frame, finalizer);
  if (isLoud) refuse(frame.cv, frame.work.file, finalizer, 'body/finally', 'a `finally` answers or leaves');
  const goesOn = block !== null && [...within(block)].some((node) => isNextCall(frame, node));
  if (goesOn) frame.cv.errorsTravel = true;
  const done = branch(frame, block, tail, path);
  const answersInside = block !== null && done.answered !== path.answered;
  const caught: Path = {
    ...path,
    next: goesOn ? 'yes' : path.next,
    answered: answersInside ? 'maybe' : path.answered,
  };
  const handled = handler === null ? ended(path) : branch(frame, child(handler, 'body'), tail, caught);
  const both = meet(done, handled);
  return finalizer === null ? both : branch(frame, finalizer, tail, both);
}

export function walkSwitch(frame: Frame, statement: SyntaxNode, tail: boolean, path: Path): Path {
  let out: Path | null = null;
  let falls: Path = ended(path);
  let hasDefault = false;
  for (const each of children(statement, 'cases')) {
    hasDefault ||= child(each, 'test') === null;
    const inside = walkList(frame, children(each, 'consequent'), tail, meet(falls, path), true);
    const breaks = children(each, 'consequent').some((one) => one.type === 'BreakStatement');
    falls = breaks ? ended(path) : inside;
    if (breaks || inside.reached) out = out === null ? inside : meet(out, inside);
  }
  const end = out === null ? falls : meet(out, falls);
  return hasDefault ? end : meet(end, path);
}
