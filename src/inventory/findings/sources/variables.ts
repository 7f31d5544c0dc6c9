import { isMember } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { isNodeEnv } from '../development.ts';
import type { Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

const rule: SourceRule = {
  id: 'variables',
  kinds: ['environment-computed', 'environment-whole', 'node-env'],
  words: /\benv\b\s*(?:\?\.)?\[|\.\.\.\s*\(?\s*process\b|\bNODE_ENV\b/,
  visit: {
    MemberExpression(node, look) {
      if (isEnvironment(node, look)) {
        const parent = look.parentOf(node);
        if (parent?.type === 'SpreadElement') look.note('environment-whole', 'process.env', node);
        return;
      }
      const object = node.object as SyntaxNode;
      if (!isEnvironment(object, look)) return;
      const isUnnamed = node.computed === true && look.textOf(node.property as SyntaxNode) === null;
      if (isUnnamed && !isWritten(node, look)) look.note('environment-computed', 'process.env', node);
    },
    BinaryExpression(node, look) {
      if (!/^[!=]==?$/.test(String(node.operator))) return;
      const sides = [node.left as SyntaxNode, node.right as SyntaxNode];
      // Where it is not set, only a comparison with production comes out otherwise than in production.
      if (!sides.some((side) => look.textOf(side) === 'production')) return;
      if (sides.some((side) => isNodeEnv(side, look))) look.note('node-env', 'NODE_ENV', node);
    },
  },
};

function isEnvironment(node: SyntaxNode, look: Look): boolean {
  if (!isMember(node)) return false;
  const named = look.named(node);
  return (
    named !== null &&
    (named.from === 'process'
      ? named.path === 'env'
      : named.from === 'globalThis' && named.path === 'process.env')
  );
}

const isWritten = (node: SyntaxNode, look: Look): boolean => {
  const parent = look.parentOf(node);
  return parent?.type === 'AssignmentExpression' && parent.left === node;
};

export default rule;
