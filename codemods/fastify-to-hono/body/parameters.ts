import { child, parametersOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Part, range } from '../../shared/edit/draft.ts';
import { type FileWork, replace, spanOf } from '../../shared/edit/work.ts';
import { type Conversion, want } from '../state.ts';
import type { Frame } from './frame.ts';

/** `(request, reply)` becomes `(c)`; an error stays before it. */
export function writeParameters({ conversion, work, unit, c, isUsed }: Frame) {
  const { node } = unit;
  const parameters = parametersOf(node);
  const typed = work.file.typescript ? `${c}: ${want(work, 'parity/types', 'AppContext', true)}` : c;
  const parts: Part[][] = [];
  let isWritten = false;
  for (const [index, parameter] of parameters.entries()) {
    const given = unit.parameters[index];
    if (given === 'done') continue;
    if (given !== 'request' && given !== 'reply')
      parts.push([spanOf(parameter), ...untyped(conversion, work, parameter)]);
    else if (!isWritten) {
      isWritten = true;
      parts.push([typed]);
    }
  }
  if (!isWritten && isUsed) parts.push([typed]);
  const joined = parts.flatMap((each, index): Part[] => (index === 0 ? each : [', ', ...each]));
  const [first, last] = [parameters[0], parameters.at(-1)];
  const returns = child(node, 'returnType');
  if (returns !== null) replace(conversion, work, returns, [''], 'types');
  if (first !== undefined && last !== undefined) {
    const needsParentheses = typed !== c && !isParenthesised(work.file.text, node, first);
    return replace(
      conversion,
      work,
      range(node, first.start, last.end),
      needsParentheses ? ['(', ...joined, ')'] : joined,
      'parameters',
    );
  }
  if (joined.length === 0) return;
  const body = child(node, 'body') as SyntaxNode;
  const open = work.file.text.indexOf('(', node.start);
  if (open < 0 || open > body.start) return;
  const close = work.file.text.indexOf(')', open);
  replace(conversion, work, range(node, open + 1, close), joined, 'parameters');
}

/** Where no type of Fastify says what a parameter is, something must. */
function untyped(conversion: Conversion, work: FileWork, parameter: SyntaxNode): Part[] {
  const isTyped = child(parameter, 'typeAnnotation') !== null || parameter.type === 'AssignmentPattern';
  if (!conversion.beside || !work.file.typescript || isTyped) return [];
  return [`: ${want(work, 'parity/types', 'Loose', true)}`];
}

const isParenthesised = (text: string, node: SyntaxNode, first: SyntaxNode): boolean =>
  text.slice(node.start, first.start).includes('(');
