import { child, children, literalText, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { constantIn } from '../state/constants.ts';
import { type Conversion, type FileWork, textOf } from '../state/conversion.ts';

/**
 * The text of a path that is known only when it runs. Express never comes to one without a slash at its start; Hono puts one
 * there: `rooted(prefix)` where it is not certain that the path has it.
 */
export function rootedText(conversion: Conversion, work: FileWork, node: SyntaxNode): string {
  const text = textOf(work, node);
  if (isKnown(conversion, node) || isRooted(work, node)) return text;
  return `${parityName(conversion, work, 'rooted')}(${text})`;
}

/** Whether the analysis knows each text that a path is, and all have their slash. */
function isKnown({ program }: Conversion, node: SyntaxNode): boolean {
  const registration = program.registrations.find(
    ({ pathNode, paths }) => pathNode === node || paths.some((path) => path.node === node),
  );
  if (registration === undefined) return false;
  const { rows, turns = rows, paths } = registration;
  const texts = turns === undefined ? paths.map(({ text }) => text) : turns.map(({ path }) => path);
  return texts.length > 0 && texts.every((text) => text !== null && isRootedText(text));
}

const isRootedText = (text: string): boolean => text === '' || text.startsWith('/');

function isRooted(work: FileWork, node: SyntaxNode): boolean {
  const inner = unwrap(node);
  const parts = (...names: string[]) =>
    names.every((name) => {
      const part = child(inner, name);
      return part !== null && isRooted(work, part);
    });
  if (inner.type === 'TemplateLiteral') {
    const [first] = children(inner, 'quasis');
    const start = first === undefined ? '' : textOf(work, first);
    const [value] = children(inner, 'expressions');
    return start === '' ? value !== undefined && isRooted(work, value) : start.startsWith('/');
  }
  if (inner.type === 'ConditionalExpression') return parts('consequent', 'alternate');
  if (inner.type === 'LogicalExpression') return parts('left', 'right');
  if (inner.type === 'BinaryExpression') return parts('left');
  const text = literalText(inner);
  if (text !== null) return text.startsWith('/');
  const init = inner.type === 'Identifier' ? constantIn(work, inner) : null;
  return init !== null && isRooted(work, init);
}
