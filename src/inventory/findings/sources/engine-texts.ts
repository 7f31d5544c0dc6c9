import { isMember, literalText, memberName } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { isForDevelopment } from '../development.ts';
import { argument, type Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Words of V8's own messages. Source: V8, messages of Node 22 and Bun 1.4.5 compared, 2026-11-29. */
const OF_V8 =
  /Cannot read propert|Cannot set propert|Unexpected token|Unexpected end of JSON|in JSON at position|is not a function|is not iterable|circular structure|Maximum call stack|Invalid regular expression|is not defined\b/;
const TESTS = /^(?:includes|startsWith|endsWith|indexOf|match|search|test)$/;

const rule: SourceRule = {
  id: 'engine-texts',
  kinds: ['engine-message', 'stack-read', 'locale-default'],
  words: new RegExp(
    `${OF_V8.source}|\\.\\s*stack\\s*(?:\\?\\.|\\.|\\))|\\bprepareStackTrace\\b|\\btoLocale\\w*String\\s*\\(\\s*(?:\\)|undefined\\b)|["'\`](?:callsites?|stack-trace|caller)["'\`]`,
  ),
  visit: {
    CallExpression(node, look) {
      const callee = node.callee as SyntaxNode;
      const name = isMember(callee) ? memberName(callee) : null;
      const object = isMember(callee) ? (callee.object as SyntaxNode) : null;
      const first = argument(node, 0);
      if (TESTS.test(name ?? '') && readsMember(object, 'message') && OF_V8.test(textOrPattern(first)))
        look.note('engine-message', 'message', node);
      if (name === 'test' && readsMember(first, 'message') && OF_V8.test(textOrPattern(object)))
        look.note('engine-message', 'message', node);
      const isRead = /^(?:split|match|replace|includes|indexOf)$/.test(name ?? '');
      // What developers alone are shown may look otherwise.
      if (isRead && readsMember(object, 'stack') && !isForDevelopment(node, look))
        look.note('stack-read', 'stack', node);
      const named = look.named(node);
      if (named && /^(?:callsites?|stack-trace|caller)$/.test(named.from))
        look.note('stack-read', named.from, node);
      if (/^toLocale(?:Date|Time)?String$/.test(name ?? '') && (first === null || isUndefined(first, look)))
        look.note('locale-default', name ?? '', node);
    },
    BinaryExpression(node, look) {
      if (!/^[!=]==?$/.test(String(node.operator))) return;
      const [left, right] = [node.left as SyntaxNode, node.right as SyntaxNode];
      for (const [one, other] of [
        [left, right],
        [right, left],
      ] as const)
        if (readsMember(one, 'message') && OF_V8.test(literalText(other) ?? ''))
          look.note('engine-message', 'message', node);
    },
    AssignmentExpression(node, look) {
      const named = look.named(node.left as SyntaxNode);
      if (named?.from === 'globalThis' && named.path === 'Error.prepareStackTrace')
        look.note('stack-read', 'Error.prepareStackTrace', node);
    },
  },
};

const isUndefined = (node: SyntaxNode, look: Look): boolean => look.isGlobal(node, 'undefined');

function readsMember(node: SyntaxNode | null, name: string): boolean {
  const inner = node?.type === 'ChainExpression' ? (node.expression as SyntaxNode) : node;
  return isMember(inner) && memberName(inner) === name;
}

const textOrPattern = (node: SyntaxNode | null): string =>
  literalText(node) ?? (node?.regex as { pattern?: string } | undefined)?.pattern ?? '';

export default rule;
