import { literalText } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Calls of packages that make functions from text. */
const COMPILERS: Readonly<Record<string, readonly string[]>> = {
  ajv: ['new.compile.()', 'new.validate.()', 'Ajv.new.compile.()', 'Ajv.new.validate.()'],
  ejs: ['render.()', 'compile.()', 'renderFile.()'],
  pug: ['render.()', 'compile.()', 'renderFile.()', 'compileFile.()'],
  handlebars: ['compile.()', 'create.().compile.()'],
  nunjucks: ['renderString.()', 'render.()', 'compile.()'],
  dot: ['template.()'],
  lodash: ['template.()'],
  'lodash/template': ['()'],
  'lodash.template': ['()'],
  underscore: ['template.()'],
};
/** Globals that make code of text. */
const MAKERS = new Set(['eval.()', 'Function.new', 'Function.()']);
const TIMERS = new Set(['setTimeout.()', 'setInterval.()', 'setImmediate.()']);
const WASM = new Set(['WebAssembly.compile.()', 'WebAssembly.instantiate.()', 'WebAssembly.Module.new']);

const rule: SourceRule = {
  id: 'dynamic-code',
  kinds: ['dynamic-code', 'timer-text', 'wasm-bytes', 'template-compiler'],
  words: new RegExp(
    `\\beval\\b|\\bFunction\\b|\\bset(?:Timeout|Interval|Immediate)\\b|\\bWebAssembly\\b|["'\`](?:${Object.keys(COMPILERS).join('|')})["'\`]`,
  ),
  visit: { CallExpression: made, NewExpression: made },
};

function made(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  const { from, path } = named;
  if (from === 'globalThis') {
    if (MAKERS.has(path) && argument(node, 0) !== null)
      look.note('dynamic-code', path.startsWith('eval') ? 'eval' : 'new Function', node);
    if (TIMERS.has(path) && literalText(argument(node, 0)) !== null)
      look.note('timer-text', path.replace('.()', ''), node);
    if (WASM.has(path)) look.note('wasm-bytes', path.replace(/\.(\(\)|new)$/, ''), node);
  } else if (COMPILERS[from]?.includes(path)) look.note('template-compiler', from, node);
}

export default rule;
