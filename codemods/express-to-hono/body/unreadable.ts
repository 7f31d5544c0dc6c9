import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Conversion, refuse } from '../state/conversion.ts';
import type { Flow, Frame } from './frame.ts';

/** Refuses what answers in a way that no rule reads, unless something in it was refused already. */
export function unreadable(conversion: Conversion, frame: Frame, node: SyntaxNode): Flow {
  const { work } = frame.unit;
  const before = conversion.problems.length;
  const text = work.file.text.slice(node.start, Math.min(node.end, node.start + 60)).split('\n')[0] ?? '';
  const isKnown = conversion.problems.some(
    (problem) =>
      problem.location.file === work.file.path &&
      within(work.file.locate(node.start).line, work.file.locate(node.end).line, problem.location.line),
  );
  if (before === 0 || !isKnown) {
    refuse(
      conversion,
      work,
      node,
      'flow/form',
      `how this answers the request is not understood: \`${text.trim()}\``,
      frame.unit,
    );
  }
  return { falls: false, answers: true };
}

const within = (from: number, to: number, line: number) => from <= line && line <= to;
