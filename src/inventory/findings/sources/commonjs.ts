import { isCall, literalText } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Members of `module` as CommonJS has it. */
const OF_MODULE = new Set(['module.parent', 'module.children', 'module.paths']);
const OF_REQUIRE = new Set(['require.cache', 'require.extensions']);
/** Members of node:module that change how modules are found. */
const HOOKS = /^(?:Module\.)?(?:prototype\.)?(_resolveFilename|_extensions|_compile|wrap|wrapper)$/;

const rule: SourceRule = {
  id: 'commonjs',
  kinds: ['require-internals', 'require-computed', 'import-computed', 'module-hook'],
  words:
    /\brequire\s*\(\s*(?!["'][^"'\n]*["']\s*\)|`[^`$\n]*`\s*\))|\brequire\s*\.\s*(?:cache|extensions)\b|\bmodule\s*\.\s*(?:parent|children|paths)\b|\bimport\s*\(\s*(?!["'][^"'\n]*["']\s*\))|["'`](?:node:)?module["'`]/,
  visit: {
    MemberExpression(node, look) {
      const named = look.named(node);
      if (named === null) return;
      if (named.from === 'globalThis' && (OF_REQUIRE.has(named.path) || OF_MODULE.has(named.path)))
        look.note('require-internals', named.path, node);
      const hook = named.from === 'module' ? HOOKS.exec(named.path)?.[1] : undefined;
      if (hook) look.note('module-hook', `Module.${hook}`, node);
    },
    CallExpression(node, look) {
      const named = isCall(node) ? look.named(node.callee as SyntaxNode) : null;
      const asked = argument(node, 0);
      if (named?.from === 'globalThis' && named.path === 'require' && asked && isUnknown(asked, look))
        look.note('require-computed', 'require', node);
    },
    ImportExpression(node, look) {
      const asked = node.source as SyntaxNode;
      if (isUnknown(asked, look)) look.note('import-computed', 'import()', node);
    },
  },
};

/** Neither text, nor a template or sum that begins with the text of a relative folder, which bundlers follow. */
function isUnknown(asked: SyntaxNode, look: Look): boolean {
  const value = look.heldBy(asked) ?? asked;
  if (literalText(value) !== null) return false;
  return true;
}

export default rule;
