import type { Registration } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { calleeOf, child, isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atStart, type Part } from '../../shared/edit/draft.ts';
import { deleteStatement, indentAt } from '../../shared/edit/emit.ts';
import { importName, parityName } from '../edit/imports.ts';
import { type EarlyErrors, type ErrorChain, errorChain } from '../facts/errors/error-chains.ts';
import { mayFail } from '../facts/errors/failing-errors.ts';
import { handlerNodes } from '../facts/routes/registrations.ts';
import { type Conversion, type FileWork, replace, spanOf, textOf } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { convertHandlers } from './handlers.ts';

/** How the error handlers of what something is registered on stand in plain Hono; null where they do not. */
export function plainErrors(conversion: Conversion, { on }: Registration): ErrorChain | null {
  if (conversion.idiomatic?.routing !== 'left-out') return null;
  const chain = errorChain(conversion, on);
  return typeof chain === 'string' ? null : chain;
}

/** Rewrites one registration of error handlers: `app.onError(errorsInTurn(one, other))` where the last of them stands. */
export function convertChain(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  { last, block }: ErrorChain,
  member: SyntaxNode,
): void {
  convertHandlers(conversion, registration);
  const statement = work.parents.get(registration.call);
  if (block !== null && last.includes(registration)) {
    addToList(conversion, work, registration, { last, block });
    return;
  }
  if (registration !== last.at(-1)) {
    if (statement !== undefined) deleteStatement(conversion, work, statement, 'errors/order');
    return;
  }
  const all = last.flatMap((each): Part[][] => handlersOf(conversion, work, each));
  const isApp = registration.on.kind === 'app';
  if (isApp && mayEnd(conversion, registration)) {
    leaveOut(conversion, work, registration.call, 'error-text');
    all.push([parityName(conversion, work, 'errorPage')]);
  }
  const list = all.flatMap((each, index): Part[] => (index === 0 ? each : [', ', ...each]));
  const given = all.length === 1 ? list : [`${parityName(conversion, work, 'errorsInTurn')}(`, ...list, ')'];
  replace(conversion, work, member, ['onError'], 'errors/handler');
  const [first] = handlerNodes(registration);
  const { call } = registration;
  if (first === undefined) return;
  const start = registration.pathNode ?? first;
  replace(
    conversion,
    work,
    { start: start.start, end: handlerNodes(registration).at(-1)?.end ?? call.end, of: call },
    given,
    'errors/handler',
  );
}

const lists = new WeakMap<Conversion, Map<SyntaxNode, string>>();

/** `errorHandlers.push(onFailure)` where some are there under a condition; all of them are `onError` behind the last. */
function addToList(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  { last, block }: { last: ErrorChain['last']; block: readonly SyntaxNode[] },
): void {
  const [first] = block;
  const { call, on } = registration;
  const callee = calleeOf(call);
  if (first === undefined || callee === null || conversion.dry > 0) return;
  const { semicolon, newline } = work.layout;
  const known = lists.get(conversion) ?? new Map<SyntaxNode, string>();
  lists.set(conversion, known);
  let name = known.get(first);
  if (name === undefined) {
    name = freshName(work.bindings.module, 'errorHandlers', work.taken);
    work.taken.add(name);
    known.set(first, name);
    const type = work.file.typescript
      ? `: ${importName(conversion, work, 'hono', 'ErrorHandler', { type: true })}[]`
      : '';
    const made = `const ${name}${type} = []${semicolon}${newline}${indentAt(work, first.start)}`;
    work.draft.insert(atStart(first), made, 'errors/order');
  }
  const object = child(callee, 'object');
  const handlers = handlersOf(conversion, work, registration);
  const list = handlers.flatMap((each, index): Part[] => (index === 0 ? each : [', ', ...each]));
  const pushed: Part[] = [`${name}.push(`, ...list, ')'];
  if (registration !== last.at(-1) || object === null) {
    replace(conversion, work, call, pushed, 'errors/order');
    return;
  }
  const isOpen = on.kind === 'app' && mayEnd(conversion, registration);
  if (isOpen) leaveOut(conversion, work, call, 'error-text');
  const page = isOpen ? `, ${parityName(conversion, work, 'errorPage')}` : '';
  const inTurn = parityName(conversion, work, 'errorsInTurn');
  const all = `.onError(${inTurn}(...${name}${page}))`;
  const separator = `${semicolon}${newline}${indentAt(work, call.start)}`;
  replace(conversion, work, call, [...pushed, separator, spanOf(object), all], 'errors/handler');
}

/** The handlers of one registration, with what holds them to its path. */
function handlersOf(conversion: Conversion, work: FileWork, registration: Registration): Part[][] {
  const path = registration.paths[0]?.text?.replace(/\/$/, '') ?? '';
  return handlerNodes(registration).map((node) =>
    path === ''
      ? [spanOf(node)]
      : [`${parityName(conversion, work, 'errorsUnder')}(${work.layout.string(path)}, `, spanOf(node), ')'],
  );
}

/** Whether an error may be left behind the last handler: it hands it on, fails itself, or is not for every path. */
function mayEnd({ units }: Conversion, { handlers, pathNode }: Registration): boolean {
  const last = handlers.at(-1);
  if (pathNode !== null || last === undefined) return true;
  return functionsIn(last).some(
    (fn) => mayFail(fn) || units.get(fn.node)?.uses.some(({ role }) => role === 'next') !== false,
  );
}

/** `withErrors(jsonBody(), onFailure)`: the error handlers that stand after something, and before what else may fail. */
export function wrapEarly(conversion: Conversion, work: FileWork, registration: Registration): void {
  const own = (plainErrors(conversion, registration)?.early ?? []).filter(({ around }) =>
    around.includes(registration),
  );
  if (own.length === 0 || conversion.dry > 0) return;
  const name = parityName(conversion, work, 'withErrors');
  const handlers = own.map((each) => nameOf(conversion, work, registration, each));
  const inTurn = own.length === 1 ? null : parityName(conversion, work, 'errorsInTurn');
  const list = handlers.flatMap((each, index): Part[] => (index === 0 ? [each] : [', ', each]));
  const given: Part[] = inTurn === null ? list : [`${inTurn}(`, ...list, ')'];
  for (const node of handlerNodes(registration))
    work.draft.replace(node, [`${name}(`, spanOf(node), ', ', ...given, ')'], 'errors/order');
}

const names = new WeakMap<Conversion, Map<SyntaxNode, string>>();

/** An error handler where something before it is: its name, itself where it is for one alone, or a constant for it. */
function nameOf(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  { registration: { handlers }, around }: EarlyErrors,
): Part {
  const node = handlers[0]?.node;
  if (node === undefined) return '';
  if (!isFunction(node)) return textOf(work, node);
  if (around.length === 1 && handlerNodes(registration).length === 1) return spanOf(node);
  const known = names.get(conversion) ?? new Map<SyntaxNode, string>();
  names.set(conversion, known);
  const before = known.get(node);
  if (before !== undefined) return before;
  const name = freshName(work.bindings.module, 'onFailure', work.taken);
  work.taken.add(name);
  known.set(node, name);
  const statement = work.parents.get(registration.call) ?? registration.call;
  const { semicolon, newline } = work.layout;
  const after = `${semicolon}${newline}${indentAt(work, statement.start)}`;
  work.draft.replace(atStart(statement), [`const ${name} = `, spanOf(node), after], 'errors/order');
  return name;
}
