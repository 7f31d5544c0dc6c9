import { child, children } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { isForDevelopment } from '../development.ts';
import { argument, type Look, valueIn } from '../look.ts';
import type { SourceRule } from '../rule.ts';

const HOOKS = new Set([
  'require-in-the-middle',
  'import-in-the-middle',
  'shimmer',
  'async-listener',
  'cls-hooked',
  'continuation-local-storage',
]);

const rule: SourceRule = {
  id: 'monitoring',
  kinds: ['log-thread', 'default-metrics', 'module-patch', 'http-channel', 'gc-entries', 'context-entered'],
  words: new RegExp(
    `["'\`](?:pino|pino-http|prom-client|(?:node:)?(?:diagnostics_channel|perf_hooks|async_hooks)|${[...HOOKS].join('|')})["'\`]|\\benterWith\\b`,
  ),
  visit: { CallExpression: called, NewExpression: called },
};

function called(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  const { from, path } = named;
  const first = argument(node, 0);
  if (from === 'pino' && path === 'transport.()') look.note('log-thread', 'pino.transport', node);
  if (/^pino(?:-http)?$/.test(from) && /^(?:pino\.)?\(\)$/.test(path)) {
    const transport = look.property(first, 'transport');
    if (transport && isGiven(valueIn(transport), look)) look.note('log-thread', `${from} transport`, node);
  }
  if (from === 'prom-client' && /(?:^|\.)collectDefaultMetrics\.\(\)$/.test(path))
    look.note('default-metrics', 'prom-client', node);
  if (
    HOOKS.has(from) &&
    /^(?:\(\)|new|wrap\.\(\)|massWrap\.\(\)|Hook\.new|createNamespace\.\(\)|getNamespace\.\(\))$/.test(path)
  )
    look.note('module-patch', from, node);
  if (from === 'diagnostics_channel' && /^(?:subscribe|channel|tracingChannel)\.\(\)$/.test(path)) {
    const name = look.textOf(first);
    if (name !== null && /^(?:http|net|undici|module|child_process|worker_threads)[.:]/.test(name))
      look.note('http-channel', name, node);
  }
  if (from === 'perf_hooks' && path === 'PerformanceObserver.new.observe.()') {
    const types = look.heldBy(valueIn(look.property(first, 'entryTypes')));
    const one = look.textOf(valueIn(look.property(first, 'type')));
    const all = [
      ...(types?.type === 'ArrayExpression' ? children(types, 'elements') : []).map((each) =>
        look.textOf(each),
      ),
      one,
    ];
    if (all.includes('gc')) look.note('gc-entries', 'gc', node);
  }
  if (from === 'async_hooks' && /^AsyncLocalStorage\.new\.(?:enterWith|disable)\.\(\)$/.test(path))
    look.note('context-entered', `AsyncLocalStorage.${path.split('.').at(-2)}`, node);
}

/** Whether production gives a transport: one that is written out, or a branch of a condition that is not development's. */
function isGiven(given: SyntaxNode | null, look: Look): boolean {
  const value = look.heldBy(given);
  if (value === null || value.type === 'Identifier' || value.value === null) return false;
  if (value.type !== 'ConditionalExpression') return !isForDevelopment(value, look);
  return [child(value, 'consequent'), child(value, 'alternate')].some(
    (branch) => branch !== null && !isForDevelopment(branch, look) && isGiven(branch, look),
  );
}

export default rule;
