import type { FileChange } from '../../model/changeset.ts';
import type { Location } from '../../model/location.ts';
import { resolveBindings } from '../../workspace/syntax/bindings.ts';
import { isMember, literalText, memberName } from '../../workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, type SyntaxNode } from '../../workspace/syntax/parse.ts';
import { walk } from '../../workspace/syntax/walk.ts';

/** A stretch of a file's old text. */
export interface Span {
  start: number;
  end: number;
}

const parsed = new WeakMap<FileChange, ParsedFile | null>();

/** The old text of a changed file, parsed once; null when it does not parse. */
export function oldFile(file: FileChange): ParsedFile | null {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  let found: ParsedFile | null = null;
  try {
    found = parseFile(file.path, file.oldText ?? '');
  } catch {
    // The codemod left such a file alone, or it was changed in another way: nothing in it can be placed.
  }
  parsed.set(file, found);
  return found;
}

/** The function that starts at a location of the old text; null when there is none. */
export function functionAt(file: FileChange, at: Location): SyntaxNode | null {
  const offset = offsetOf(file.oldText ?? '', at);
  return nodeAt(
    file,
    (node) => {
      const starts = node.start === offset || node.start === offset - 'export '.length;
      return /Function/.test(node.type) && starts;
    },
    offset,
  );
}

/** The call that starts at a location: of a chain, all of it up to the last link on that place. */
function callAt(file: FileChange, at: Location): SyntaxNode | null {
  const offset = offsetOf(file.oldText ?? '', at);
  return nodeAt(file, (node) => node.type === 'CallExpression' && node.start === offset, offset);
}

function nodeAt(
  file: FileChange,
  isWanted: (node: SyntaxNode) => boolean,
  offset: number,
): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  const program = oldFile(file)?.program;
  if (program === undefined) return null;
  walk(program, {
    enter(node) {
      if (node.start > offset || node.end <= offset) return 'skip';
      if (isWanted(node)) found ??= node;
      return undefined;
    },
  });
  return found;
}

/** Offset of a place in a text. */
export function offsetOf(text: string, { line, column }: Location): number {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

/**
 * Whether a request for a route can have passed a place of the old code: not where the place belongs to another route,
 * to its handler or the call that registers it, unless this route's handler calls that handler by name.
 *
 * @param route null when it is not known: then no handler of a known one is passed
 */
export function passedBy(
  route: RouteCode | null,
  routes: readonly RouteCode[],
  files: readonly FileChange[],
): (file: string, span: Span) => boolean {
  const spans = new Map<string, (Span & { own: boolean })[]>();
  const add = (path: string, span: Span | null, own: boolean) => {
    if (span === null) return;
    const list = spans.get(path) ?? [];
    list.push({ start: span.start, end: span.end, own });
    spans.set(path, list);
  };
  const called = route ? calledFrom(route, files) : [];
  for (const each of route && !routes.includes(route) ? [route, ...routes] : routes) {
    const isOwn = each === route || (route !== null && sameHandler(each, route));
    for (const file of files) {
      if (each.handler?.file === file.path) {
        const span = functionAt(file, each.handler);
        add(file.path, span, isOwn || (span !== null && called.includes(span)));
      }
      if (each.location?.file === file.path) add(file.path, callAt(file, each.location), each === route);
    }
  }
  return (path, { start, end }) => {
    const around = (spans.get(path) ?? []).filter((span) => span.start <= start && end <= span.end);
    if (around.length === 0) return true;
    const least = Math.min(...around.map((span) => span.end - span.start));
    return around.some((span) => span.own && span.end - span.start === least);
  };
}

const sameHandler = ({ handler: a }: RouteCode, { handler: b }: RouteCode): boolean =>
  a !== null && b !== null && a.file === b.file && a.line === b.line && a.column === b.column;

/** Functions of the handler's own file that it names. */
function calledFrom({ handler }: RouteCode, files: readonly FileChange[]): SyntaxNode[] {
  const change = files.find(({ path }) => path === handler?.file);
  const file = change && oldFile(change);
  const own = change && handler ? functionAt(change, handler) : null;
  if (!file || !own) return [];
  const { bindingOf } = resolveBindings(file);
  const found: SyntaxNode[] = [];
  walk(own, {
    enter(node) {
      const declaration = node.type === 'Identifier' ? bindingOf(node)?.declaration : undefined;
      if (!declaration) return;
      const value = declaration.type === 'VariableDeclarator' ? declaration.init : declaration;
      if (isFunctionNode(value)) found.push(value);
    },
  });
  return found;
}

const isFunctionNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && /Function/.test(String(value.type));

/** What a call sets the status to: a number, `unknown` for one that is computed; null for a call that sets none. */
function statusSetBy(node: SyntaxNode): number | 'unknown' | null {
  const callee = node.type === 'CallExpression' ? node.callee : null;
  if (!isSyntaxNode(callee) || !isMember(callee)) return null;
  if (!/^(status|sendStatus|writeHead)$/.test(memberName(callee) ?? '')) return null;
  const [first] = Array.isArray(node.arguments) ? node.arguments : [];
  if (!isSyntaxNode(first) || first.type !== 'Literal') return 'unknown';
  const value = typeof first.value === 'number' ? first.value : Number(literalText(first) ?? Number.NaN);
  return Number.isInteger(value) ? value : 'unknown';
}

const isSyntaxNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

/** Rules about lines that send an answer. */
const SENDS = /^response\/(status|sendStatus|writeHead|json|jsonp|send|end|write|format)\b/;

/**
 * Whether an edit of a line that sends an answer can have run in an exchange with one of these statuses: not where its
 * own expression sets another status, nor where the answer is an error and nothing in the handler sets that status.
 *
 * @param statuses of the old side; empty when they are not known
 */
export function canHaveSent(
  file: FileChange,
  within: Span,
  edit: Span & { rule: string },
  statuses: ReadonlySet<number>,
): boolean {
  const program = oldFile(file)?.program;
  if (statuses.size === 0 || !SENDS.test(edit.rule) || program === undefined) return true;
  const inHandler: (number | 'unknown')[] = [];
  const inStatement: (number | 'unknown')[] = [];
  let statement: Span | null = null;
  walk(program, {
    enter(node) {
      if (node.end <= within.start || node.start >= within.end) return 'skip';
      const holds = node.start <= edit.start && edit.end <= node.end;
      if (holds && /^(ExpressionStatement|ReturnStatement|ArrowFunctionExpression)$/.test(node.type))
        statement = { start: node.start, end: node.end };
      const status = statusSetBy(node);
      if (status === null) return undefined;
      inHandler.push(status);
      if (statement && node.start >= statement.start && node.end <= statement.end) inStatement.push(status);
      return undefined;
    },
  });
  const fits = (status: number | 'unknown') => status === 'unknown' || statuses.has(status);
  if (inStatement.length > 0) return inStatement.some(fits);
  const isError = [...statuses].every((status) => status >= 400);
  return !isError || inHandler.some(fits);
}

/** Where a route's code stands, in the old code. */
export interface RouteCode {
  method: string;
  path: string;
  /** The registration, as `app.get('/x', …)`. */
  location: Location | null;
  handler: Location | null;
}
