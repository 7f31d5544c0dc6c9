import type { Trait } from '../model/inventory.ts';
import { resolveBindings } from '../workspace/syntax/bindings.ts';
import type { Call } from '../workspace/syntax/flow/flow.ts';
import type { ExternalValue } from '../workspace/syntax/flow/values.ts';
import { argumentsOf, children, isIdentifier, propertyKeyName, unwrap } from '../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../workspace/syntax/parse.ts';
import { walk } from '../workspace/syntax/walk.ts';
import { workerLoadCalls } from '../workspace/worker-load.ts';
import { evidenceIn } from './evidence.ts';
import type { Application } from './program.ts';

/** Requests of undici, and of Node's own fetch, that take `dispatcher` among their options. */
const REQUESTS = new Set(['fetch', 'request', 'stream', 'pipeline', 'connect', 'upgrade']);
/** Stripe's checks of a signature that answer at once. */
const STRIPE_SYNC = /(?:^|\.)webhooks\.(?:constructEvent|signature\.verifyHeader)$/;

/** What the application's own files do that no import shows, by the flow of values. */
export function traitsOf({ flow }: Application, files: ReadonlySet<string>): Trait[] {
  const isOwn = (path: string) => files.has(path);
  const found = new Map<string, Trait>();
  const note = (kind: Trait['kind'], name: string, file: ParsedFile, start: number): void => {
    const location = file.locate(start);
    const key = `${kind} ${name} ${location.file}:${location.line}:${location.column}`;
    if (!found.has(key)) found.set(key, { ...evidenceIn(file, location, start, 'read'), kind, name });
  };
  for (const { kind, name, file, node } of workerLoadCalls(flow, isOwn))
    note(kind === 'disk' ? 'disk-at-load' : 'at-load', name, file, node.start);
  for (const call of flow.calls) {
    if (!isOwn(call.file.path)) continue;
    if (sortsByBoolean(call)) note('sort-boolean', 'sort', call.file, call.node.start);
    for (const value of call.callee.values) {
      if (value.kind !== 'external') continue;
      const member = value.path.filter((name) => name !== '()' && name !== 'default').join('.');
      const name = dispatched(value, member, call);
      if (name !== null) note('dispatcher', name, call.file, call.node.start);
      if (value.module === 'stripe' && STRIPE_SYNC.test(member))
        note('stripe-sync', member, call.file, call.node.start);
    }
  }
  for (const file of flow.files.values()) if (isOwn(file.path)) notePaths(file, note);
  return [...found.values()];
}

const COMPARES = new Set(['<', '>', '<=', '>=', '==', '===', '!=', '!==', 'in', 'instanceof']);

/** `list.sort((a, b) => a > b)`: what engines make of a comparator that answers true or false is their own affair. */
function sortsByBoolean({ node, arguments: [comparator] }: Call): boolean {
  const callee = node.callee as SyntaxNode | undefined;
  const property = callee?.type === 'MemberExpression' ? (callee.property as SyntaxNode) : null;
  if (property === null || !(isIdentifier(property, 'sort') || isIdentifier(property, 'toSorted')))
    return false;
  return [...(comparator?.values ?? [])].some(
    (value) => value.kind === 'function' && answersOf(value.node).some(isBoolean),
  );
}

/** What a function returns: its expression, or what stands behind `return`; functions inside it return for themselves. */
function answersOf(fn: SyntaxNode): SyntaxNode[] {
  const body = fn.body as SyntaxNode | undefined;
  if (!body) return [];
  if (body.type !== 'BlockStatement') return [unwrap(body)];
  const found: SyntaxNode[] = [];
  walk(body, {
    enter(node) {
      if (/Function/.test(node.type)) return 'skip';
      if (node.type === 'ReturnStatement' && node.argument) found.push(unwrap(node.argument as SyntaxNode));
      return undefined;
    },
  });
  return found;
}

const isBoolean = (node: SyntaxNode): boolean =>
  (node.type === 'BinaryExpression' && COMPARES.has(String(node.operator))) ||
  (node.type === 'UnaryExpression' && node.operator === '!') ||
  (node.type === 'Literal' && typeof node.value === 'boolean');

const globalName = (module: string, member: string | null): string =>
  [module, member].filter((part) => part && part !== 'globalThis').join('.');

/** `fetch`, `undici.request` when the call is given a dispatcher, `undici.setGlobalDispatcher`; null for other calls. */
function dispatched(value: ExternalValue, member: string, call: Call): string | null {
  const isUndici = value.origin === 'package' && value.module === 'undici';
  if (isUndici && member === 'setGlobalDispatcher') return 'undici.setGlobalDispatcher';
  const isFetch = value.origin === 'global' && globalName(value.module, member || null) === 'fetch';
  if (!isFetch && !(isUndici && REQUESTS.has(member))) return null;
  const hasDispatcher = argumentsOf(call.node).some((argument) => {
    const options = unwrap(argument);
    if (options.type !== 'ObjectExpression') return false;
    return children(options, 'properties').some((property) => propertyKeyName(property) === 'dispatcher');
  });
  return hasDispatcher ? (isUndici ? `undici.${member}` : 'fetch') : null;
}

/** `__dirname`, `__filename` and what `import.meta` says of a module's place. */
function notePaths(
  file: ParsedFile,
  note: (kind: Trait['kind'], name: string, file: ParsedFile, start: number) => void,
): void {
  if (!/__dirname|__filename|import\.meta/.test(file.text)) return;
  const { bindingOf } = resolveBindings(file);
  walk(file.program, {
    enter(node, parent) {
      const isPath = isIdentifier(node, '__dirname') || isIdentifier(node, '__filename');
      if (isPath && bindingOf(node) === null) note('path', String(node.name), file, node.start);
      if (node.type !== 'MetaProperty' || parent?.type !== 'MemberExpression') return;
      const property = parent.property as { name?: unknown } | undefined;
      const name = String(property?.name ?? '');
      if (['url', 'dirname', 'filename'].includes(name))
        note('path', `import.meta.${name}`, file, node.start);
    },
  });
}
