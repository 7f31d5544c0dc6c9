import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Range, range } from '../../shared/edit/draft.ts';
import { refuse } from '../state/conversion.ts';
import { type Frame, within } from './frame.ts';
import { answerOf, markStatus, partsOf } from './giving.ts';
import { errorParts, markCallee, unanswered } from './leaving.ts';
import { type Path, START } from './path.ts';
import { isNextCall, statusIn, thrownIn } from './shapes.ts';

/** An arrow whose body is an expression. */
export function answerArrow(frame: Frame, body: SyntaxNode) {
  const { cv, work } = frame;
  const start: Path = START;
  if (isNextCall(frame, body)) {
    for (const node of within(body)) if (frame.isNext(node)) frame.done.add(node);
    return;
  }
  const thrown = thrownIn(frame, body);
  if (thrown !== null) {
    markCallee(frame, thrown);
    return work.draft.replace(
      body,
      ['{ throw ', ...errorParts(frame, argumentsOf(thrown)), '; }'],
      'body/throw',
    );
  }
  const answer = answerOf(frame, body);
  if (answer !== null) {
    const parts = partsOf(frame, answer, start);
    if (parts !== null && answer.kind !== 'helper')
      work.draft.replace(aroundParentheses(frame, body), parts, 'body/answer');
    return;
  }
  const status = statusIn(frame, body);
  if (status !== null) {
    markStatus(frame, body);
    const parts = unanswered(frame, body, { ...start, status: { node: status, isSet: false } });
    if (parts !== null) work.draft.replace(aroundParentheses(frame, body), parts.slice(1), 'body/answer');
    return;
  }
  if (frame.role === 'handler')
    refuse(cv, work.file, body, 'body/unanswered', 'the function neither answers nor goes on');
}

/** The parentheses around an assignment that is an arrow's body go with it. */
export function aroundParentheses({ work }: Frame, body: SyntaxNode): Range {
  const { text } = work.file;
  const before = /\(\s*$/.exec(text.slice(0, body.start))?.[0].length ?? 0;
  const after = /^\s*\)/.exec(text.slice(body.end))?.[0].length ?? 0;
  const isArrow = /=>\s*\(\s*$/.test(text.slice(0, body.start));
  return isArrow && before > 0 && after > 0
    ? range(body, body.start - before, body.end + after)
    : range(body, body.start, body.end);
}
