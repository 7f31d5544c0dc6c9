import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { atEnd, atStart, range } from '../../shared/edit/draft.ts';
import { deleteStatement, indentAt, indentLines } from '../../shared/edit/emit.ts';
import { importName, parityName } from '../edit/imports.ts';
import { mayStreamNoBody, STATUS_STREAMED } from '../facts/answers/bodiless.ts';
import {
  awaits,
  type Operation,
  operationAt,
  returnsOf,
  WRITE_OPTIONS,
} from '../facts/answers/stream-operations.ts';
import { memberNames } from '../facts/units.ts';
import { type Conversion, claim, refuse, replace, spanOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { Flow, Frame } from './frame.ts';

/** Whether a handler writes its head by itself, so that an error comes too late for another one. */
const writesHead = (unit: Unit): boolean =>
  unit.uses.some(({ node, role }) => role === 'res' && memberNames(unit.work, node)[0] === 'writeHead');

/**
 * Converts a handler that streams: what comes before the first write stays, the rest moves into a function that is handed Hono's stream.
 * It ends when the callback's promise settles: where `res.end()` was, or when the client goes.
 */
export function convertStream(conversion: Conversion, frame: Frame, statements: readonly SyntaxNode[]): Flow {
  const { unit } = frame;
  const { work } = unit;
  const done: Flow = { falls: false, answers: true };
  const operations = unit.uses
    .map(({ node, role }) => operationAt(conversion, unit, node, role))
    .filter((operation) => operation !== null);
  let first = statements.findIndex((statement) =>
    operations.some(
      ({ root, kind }) => kind !== 'close' && statement.start <= root.start && root.end <= statement.end,
    ),
  );
  const opening = statements[first];
  const flushes = operations.find(
    ({ kind, call }) => kind === 'flush' && opening !== undefined && child(opening, 'expression') === call,
  );
  if (flushes !== undefined && opening !== undefined && first + 1 < statements.length) {
    claim(conversion, flushes.root);
    deleteStatement(conversion, work, opening, 'streaming/flush');
    operations.splice(operations.indexOf(flushes), 1);
    first += 1;
  }
  const before = statements
    .slice(0, first)
    .filter((statement) => statement !== opening || flushes === undefined);
  const rest = statements.slice(first);
  const [start] = rest;
  const last = rest.at(-1);
  const give = (node: SyntaxNode, reason: string): Flow => {
    refuse(conversion, work, node, 'streaming/stream', reason, unit);
    return done;
  };
  if (start === undefined || last === undefined)
    return give(frame.fn, 'how this streams its response is not understood');
  if (mayStreamNoBody(conversion, unit)) return give(start, STATUS_STREAMED);
  const guard: Frame = { ...frame, open: [] };
  frame.reading.list(conversion, guard, before, false);
  const stray = guard.open[0];
  if (stray !== undefined) return give(stray, 'no answer on the path that ends here');
  const inRest = (node: SyntaxNode) => start.start <= node.start && node.end <= last.end;
  const used = new Set(operations.map(({ root }) => root));
  const unknown = unit.uses.find(({ node, role }) => role !== 'req' && inRest(node) && !used.has(node));
  if (unknown !== undefined)
    return give(unknown.node, 'this use of the response while it streams has no rule');
  const early = operations.find(({ root }) => !inRest(root));
  if (early !== undefined) return give(early.root, 'the client is watched before the first write');
  const returned = rest.flatMap((statement) => returnsOf(statement))[0];
  if (returned !== undefined) return give(returned, 'a return ends the handler while the response streams');

  const ends = operations.filter(({ kind }) => kind === 'end');
  const closes = operations.filter(({ kind }) => kind === 'close');
  const nested = ends.some(({ fn }) => fn !== frame.fn);
  const tailEnd =
    ends.length === 1 && !nested && ends[0]?.call === child(last, 'expression') ? ends[0] : null;
  const settles = tailEnd === null;
  if (settles && ends.some(({ fn }) => fn === frame.fn))
    return give(ends[0]?.call ?? last, 'the stream may end in several places');
  if (settles && rest.some(awaits))
    return give(rest.find(awaits) ?? last, '`await` stands beside a stream that ends in a callback');
  const scope = work.bindings.scopeOf(unit.fn.node);
  const stream = freshName(scope, 'stream');
  const resolve = freshName(scope, 'resolve');
  for (const operation of operations) {
    claim(conversion, operation.root);
    const { call, root, kind } = operation;
    if (/^(write|end)$/.test(kind) && argumentsOf(call).length > 1) return give(call, WRITE_OPTIONS);
    if (kind === 'write') {
      const wait =
        !settles && operation.fn === frame.fn && work.parents.get(call)?.type === 'ExpressionStatement';
      replace(conversion, work, root, [wait ? `await ${stream}` : stream], 'streaming/write');
    } else if (kind === 'helper') {
      replace(conversion, work, root, [stream], 'streaming/write');
    } else if (kind === 'flush') {
      const statement = work.parents.get(call);
      if (statement?.type !== 'ExpressionStatement')
        return give(call, 'this use of the response while it streams has no rule');
      deleteStatement(conversion, work, statement, 'streaming/flush');
    } else if (kind === 'end') {
      const [chunk] = argumentsOf(call);
      if (tailEnd !== null) {
        if (chunk !== undefined)
          replace(conversion, work, call, [`await ${stream}.write(`, spanOf(chunk), ')'], 'streaming/end');
      } else if (chunk === undefined) replace(conversion, work, call, [`${resolve}()`], 'streaming/end');
      else
        replace(
          conversion,
          work,
          call,
          [`${stream}.write(`, spanOf(chunk), `).then(() => ${resolve}())`],
          'streaming/end',
        );
    } else if (!convertClose(conversion, frame, operation, { stream, resolve, ends, settles })) return done;
  }
  if (settles && ends.length === 0 && closes.length === 0) {
    return give(start, 'the response is never ended');
  }
  const dropsLast = tailEnd !== null && argumentsOf(tailEnd.call).length === 0;
  if (dropsLast && rest.length < 2) return give(last, 'nothing is written before the end');
  const moved = dropsLast ? rest.slice(0, -1) : rest;
  const flushed =
    flushes !== undefined || operations.some(({ kind }) => kind === 'flush') || writesHead(unit);
  open(conversion, frame, moved, { stream, resolve, settles, flushed }, dropsLast ? last : null);
  return done;
}

interface Names {
  stream: string;
  resolve: string;
  settles: boolean;
  /** The head goes out before the first write. */
  flushed: boolean;
}

/** Wraps the statements that write in `return stream(c, (stream) => …)`. */
function open(
  conversion: Conversion,
  frame: Frame,
  rest: readonly SyntaxNode[],
  names: Names,
  end: SyntaxNode | null,
): void {
  const { work, context } = frame.unit;
  const first = rest[0];
  const last = rest.at(-1);
  if (first === undefined || last === undefined || conversion.dry > 0) return;
  // A client of events connects again, however a stream of them ended.
  const isEvents = conversion.idiomatic !== null && sendsEvents(frame.unit);
  if (isEvents) leaveOut(conversion, work, first, 'event-stream');
  else if (!frame.unit.setsOwnType) leaveOut(conversion, work, first, 'untyped');
  const helper = isEvents
    ? importName(conversion, work, 'hono/streaming', 'stream')
    : parityName(conversion, work, 'streamResponse');
  const { newline, unit } = work.layout;
  const indent = indentAt(work, first.start);
  const inner = names.settles
    ? `(${names.stream}) => new Promise${work.file.typescript ? '<void>' : ''}((${names.resolve}) => {`
    : `async (${names.stream}) => {`;
  const options = names.flushed && !isEvents ? ', { flushed: true }' : '';
  const close = names.settles ? `})${options})` : `}${options})`;
  indentLines(conversion, work, rest.slice(1), 'streaming/stream');
  work.draft.insert(
    atStart(first),
    `return ${helper}(${context}, ${inner}${newline}${indent}${unit}`,
    'streaming/stream',
  );
  if (end !== null) replace(conversion, work, end, [`${close}${work.layout.semicolon}`], 'streaming/end');
  else
    work.draft.insert(atEnd(last), `${newline}${indent}${close}${work.layout.semicolon}`, 'streaming/stream');
  const inside = work.file.text.slice(first.start, first.end).includes('\n');
  if (inside) indentFirst(frame, first);
}

/** `'Content-Type': 'text/event-stream'`, in any of the ways to set it. */
const sendsEvents = ({ work, fn }: Unit): boolean =>
  findAll(fn.node, 'Literal').some((literal) => {
    const up = literal.value === 'text/event-stream' ? work.parents.get(literal) : undefined;
    if (up?.type === 'Property') return /^content-type$/i.test(propertyKeyName(up) ?? '');
    if (up?.type !== 'CallExpression') return false;
    const [field] = argumentsOf(up);
    return field === literal
      ? /^(type|contentType)$/.test(memberName(calleeOf(up)) ?? '')
      : /^content-type$/i.test(literalText(field) ?? '');
  });

function indentFirst(frame: Frame, node: SyntaxNode): void {
  const { work } = frame.unit;
  const { text } = work.file;
  const literals = findAll(node, 'TemplateElement');
  for (
    let line = text.indexOf('\n', node.start) + 1;
    line > 0 && line < node.end;
    line = text.indexOf('\n', line) + 1
  ) {
    if (!literals.some((literal) => literal.start < line && line <= literal.end))
      work.draft.insert(range(node, line, line), work.layout.unit, 'streaming/stream');
  }
}

/** `req.on('close', stop)`: Hono tells a stream that its client has gone by `onAbort`. */
function convertClose(
  conversion: Conversion,
  frame: Frame,
  operation: Operation,
  plan: Omit<Names, 'flushed'> & { ends: readonly Operation[] },
): boolean {
  const { unit } = frame;
  const { work } = unit;
  const [event, listener] = argumentsOf(operation.call);
  const fn = listener === undefined ? null : listenerFunction(unit, listener);
  if (event === undefined || listener === undefined || fn === null) {
    refuse(
      conversion,
      work,
      operation.call,
      'streaming/close',
      'what runs when the client goes is not known',
      unit,
    );
    return false;
  }
  const endsInside = plan.ends.every(({ root }) => fn.start <= root.start && root.end <= fn.end);
  if (plan.ends.length > 0 && !endsInside) {
    refuse(
      conversion,
      work,
      operation.call,
      'streaming/close',
      'the stream ends elsewhere too, and this would run for both',
      unit,
    );
    return false;
  }
  const abort = `${plan.stream}.onAbort`;
  if (plan.ends.length > 0) {
    replace(conversion, work, operation.call, [`${abort}(`, spanOf(listener), ')'], 'streaming/close');
    return true;
  }
  const body = isFunction(listener) ? child(listener, 'body') : null;
  if (body?.type === 'BlockStatement' && body.end - body.start > 2) {
    const { newline, semicolon } = work.layout;
    const statements = body.body as SyntaxNode[];
    const last = statements.at(-1);
    if (last === undefined) return false;
    const indent = work.layout.indentAt(last.start) + work.layout.unit;
    if (conversion.dry === 0)
      work.draft.insert(atEnd(last), `${newline}${indent}${plan.resolve}()${semicolon}`, 'streaming/close');
    replace(conversion, work, operation.call, [`${abort}(`, spanOf(listener), ')'], 'streaming/close');
  } else if (isFunction(listener) && body !== null && body.type !== 'BlockStatement') {
    replace(
      conversion,
      work,
      operation.call,
      [`${abort}(() => { `, spanOf(body), `; ${plan.resolve}(); })`],
      'streaming/close',
    );
  } else {
    replace(
      conversion,
      work,
      operation.call,
      [`${abort}(() => { `, spanOf(listener), `(); ${plan.resolve}(); })`],
      'streaming/close',
    );
  }
  return true;
}

function listenerFunction(unit: Unit, listener: SyntaxNode): SyntaxNode | null {
  if (isFunction(listener)) return listener;
  const declaration = unit.work.bindings.bindingOf(listener)?.declaration;
  if (isFunction(declaration)) return declaration;
  const init = declaration === undefined ? null : child(declaration, 'init');
  return isFunction(init) ? init : null;
}
