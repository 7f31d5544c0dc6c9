import { isIdentifier, memberName } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Signals and the events of a process's end. */
const EVENTS =
  /^(?:SIG[A-Z0-9]+|exit|beforeExit|uncaughtException|unhandledRejection|uncaughtExceptionMonitor|warning)$/;
/** Calls that ask the operating system for something a Worker has not. */
const SYSTEM = new Set([
  'setuid',
  'setgid',
  'seteuid',
  'setegid',
  'setgroups',
  'umask',
  'kill',
  'chdir',
  'dlopen',
  'binding',
]);
/** What tells of memory and processors; zeros on Workers. */
const FIGURES: Readonly<Record<string, ReadonlySet<string>>> = {
  process: new Set(['memoryUsage.()', 'memoryUsage.rss.()', 'cpuUsage.()', 'resourceUsage.()']),
  os: new Set(['cpus.()', 'availableParallelism.()', 'totalmem.()', 'freemem.()', 'loadavg.()']),
  v8: new Set(['getHeapStatistics.()', 'getHeapSpaceStatistics.()']),
};

const rule: SourceRule = {
  id: 'process',
  kinds: [
    'process-event',
    'process-exit',
    'process-system',
    'figures-zero',
    'gc-global',
    'storage-global',
    'runtime-branch',
  ],
  words:
    /\bprocess\b(?!\s*\.\s*env\b)|["'`](?:node:)?(?:os|v8)["'`]|\bgc\b|\blocalStorage\b|\bnavigator\s*\./,
  visit: {
    CallExpression: called,
    MemberExpression: member,
    Identifier(node, look) {
      if (look.isGlobal(node, 'localStorage') && isRead(node, look))
        look.note('storage-global', 'localStorage', node);
      if (look.isGlobal(node, 'gc') && isRead(node, look)) look.note('gc-global', 'gc', node);
    },
  },
};

/** Whether an identifier is an expression, not a name of a member or property. */
function isRead(node: SyntaxNode, look: Look): boolean {
  const parent = look.parentOf(node);
  if (parent === null || parent.type.startsWith('TS')) return false;
  if (parent.type === 'MemberExpression') return parent.object === node;
  if (parent.type === 'Property') return parent.value === node;
  return ![
    'MethodDefinition',
    'PropertyDefinition',
    'LabeledStatement',
    'UnaryExpression',
    'JSXAttribute',
  ].includes(parent.type);
}

function processMember(node: SyntaxNode, look: Look): string | null {
  const named = look.named(node);
  if (named === null) return null;
  if (named.from === 'process') return named.path;
  return named.from === 'globalThis' && named.path.startsWith('process.')
    ? named.path.slice('process.'.length)
    : null;
}

function called(node: SyntaxNode, look: Look): void {
  const own = processMember(node, look);
  const named = look.named(node);
  if (own !== null) {
    if (/^(?:on|once|addListener|prependListener)\.\(\)$/.test(own)) {
      const event = look.textOf(argument(node, 0));
      if (event !== null && EVENTS.test(event)) look.note('process-event', event, node);
    }
    if (own === 'exit.()' && !look.atLoad(node) && isInRequest(node, look))
      look.note('process-exit', 'process.exit', node);
    const system = own.endsWith('.()') ? own.slice(0, -3) : '';
    if (SYSTEM.has(system)) look.note('process-system', `process.${system}`, node);
    if (FIGURES.process?.has(own)) look.note('figures-zero', `process.${own.replace(/\.\(\)$/, '')}`, node);
  } else if (named && FIGURES[named.from]?.has(named.path))
    look.note('figures-zero', `${named.from}.${named.path.replace(/\.\(\)$/, '')}`, node);
}

/** Whether the function around a call takes a request and a response, by the names everybody gives them. */
function isInRequest(node: SyntaxNode, look: Look): boolean {
  for (let at = look.enclosing(node); at !== null; at = look.enclosing(at)) {
    const names = (at.params as SyntaxNode[]).map((each) => (isIdentifier(each) ? String(each.name) : ''));
    // One parameter called `res` is what a client's request is answered.
    if (names.length >= 2 && names.some((name) => /^(?:res|response|reply)$/.test(name))) return true;
    if (names.some((name) => /^(?:ctx|c)$/.test(name))) return true;
  }
  return false;
}

function member(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named?.from !== 'globalThis') return;
  if (/^global(?:This)?\.gc$|^gc$/.test(named.path) && memberName(node) === 'gc')
    look.note('gc-global', 'gc', node);
  const asks =
    /^(?:process\.(?:versions\.(?:node|bun|deno|v8)|release\.name|isBun)|navigator\.userAgent)$/.test(
      named.path,
    );
  if (asks && isAsked(node, look)) look.note('runtime-branch', named.path, node);
}

/** Whether a value is asked in a condition or compared, rather than printed. */
function isAsked(node: SyntaxNode, look: Look): boolean {
  for (
    let at: SyntaxNode | null = node, up = look.parentOf(node);
    at && up;
    at = up, up = look.parentOf(up)
  ) {
    if (up.type === 'IfStatement' || up.type === 'ConditionalExpression') return up.test === at;
    if (up.type === 'LogicalExpression' || up.type === 'BinaryExpression') return true;
    if (!['UnaryExpression', 'ChainExpression', 'MemberExpression', 'CallExpression'].includes(up.type))
      return false;
  }
  return false;
}

export default rule;
