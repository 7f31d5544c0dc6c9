import { child, isIdentifier, isMember, memberName } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { answersWith, outermost } from '../answering.ts';
import { isForDevelopment } from '../development.ts';
import type { Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';
import { isOneKind, isThrown } from '../thrown.ts';

const rule: SourceRule = {
  id: 'error-answers',
  kinds: ['error-answered'],
  words: /\bmessage\b/,
  visit: {
    MemberExpression(node, look) {
      if (memberName(node) !== 'message') return;
      const object = child(node, 'object');
      const binding = isIdentifier(object) ? look.bindingOf(object) : null;
      if (binding === null || !isThrown(binding, look)) return;
      if (!isAnswered(node, look) || isForDevelopment(node, look) || isOneKind(node, binding, look)) return;
      look.note('error-answered', 'message', node);
    },
  },
};

/** Whether a text goes into an answer: as it is, as a part of a text or an object, by a name that it is given. */
function isAnswered(text: SyntaxNode, look: Look, depth = 0): boolean {
  if (answersWith(text, look)) return true;
  const { node, up } = outermost(text, look);
  if (depth > 2 || up?.type !== 'VariableDeclarator' || node !== child(up, 'init')) return false;
  const id = child(up, 'id');
  const binding = isIdentifier(id) ? look.bindingOf(id) : null;
  return (binding?.references ?? []).some(
    ({ node: use, read }) => read && !isMember(look.parentOf(use)) && isAnswered(use, look, depth + 1),
  );
}

export default rule;
