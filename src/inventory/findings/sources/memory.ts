import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Middleware that keeps what it counts or remembers in this process unless it is given a store. */
const STORED: Readonly<Record<string, { path: readonly string[]; options: number; kind: string }>> = {
  'express-session': { path: ['()'], options: 0, kind: 'session-memory' },
  'express-rate-limit': { path: ['()', 'rateLimit.()'], options: 0, kind: 'limiter-memory' },
  'express-slow-down': { path: ['()', 'slowDown.()'], options: 0, kind: 'limiter-memory' },
};
/** Plugins of Fastify, given to `register` beside their options. */
const PLUGINS: Readonly<Record<string, { options: readonly string[]; kind: string }>> = {
  '@fastify/session': { options: ['store'], kind: 'session-memory' },
  'fastify-session': { options: ['store'], kind: 'session-memory' },
  '@fastify/rate-limit': { options: ['redis', 'store'], kind: 'limiter-memory' },
};
/** Classes whose instances hold what they are given in this process. */
const CACHES: Readonly<Record<string, readonly string[]>> = {
  'node-cache': ['new', 'NodeCache.new'],
  'lru-cache': ['new', 'LRUCache.new'],
  'quick-lru': ['new'],
  'tiny-lru': ['lru.()'],
  keyv: ['new', 'Keyv.new'],
  'rate-limiter-flexible': ['RateLimiterMemory.new'],
};

const rule: SourceRule = {
  id: 'memory',
  kinds: ['session-memory', 'limiter-memory', 'cache-memory', 'rooms-memory'],
  words: new RegExp(
    `["'\`](?:${[...Object.keys(STORED), ...Object.keys(PLUGINS), ...Object.keys(CACHES), 'socket.io', 'memory-cache'].join('|')})["'\`]`,
  ),
  visit: { CallExpression: called, NewExpression: called },
};

function called(node: SyntaxNode, look: Look): void {
  plugged(node, look);
  const named = look.named(node);
  if (named === null) return;
  const { from, path } = named;
  const stored = STORED[from];
  if (stored?.path.includes(path)) {
    const options = argument(node, stored.options);
    const isSaid = options === null || look.isWhole(options);
    if (isSaid && look.property(options, 'store') === null) look.note(stored.kind, from, node);
  }
  // Keyv keeps in memory only without a place to keep.
  if (CACHES[from]?.includes(path) && (from !== 'keyv' || argument(node, 0) === null) && look.atLoad(node))
    look.note('cache-memory', from, node);
  if (from === 'memory-cache' && path === 'put.()') look.note('cache-memory', from, node);
  if (from === 'socket.io' && /^(?:Server\.new|new|\(\))$/.test(path) && !hasAdapter(node, look))
    look.note('rooms-memory', from, node);
}

function plugged(node: SyntaxNode, look: Look): void {
  const plugin = node.type === 'CallExpression' ? look.named(argument(node, 0)) : null;
  const rule = plugin?.path === '' ? PLUGINS[plugin.from] : undefined;
  if (!plugin || !rule) return;
  const options = argument(node, 1);
  if (options !== null && !look.isWhole(options)) return;
  if (rule.options.every((name) => look.property(options, name) === null))
    look.note(rule.kind, plugin.from, node);
}

/** An adapter among the options. One that is set later is a package of its own, which the row names. */
const hasAdapter = (node: SyntaxNode, look: Look): boolean =>
  look.property(argument(node, 1), 'adapter') !== null ||
  look.property(argument(node, 0), 'adapter') !== null;

export default rule;
