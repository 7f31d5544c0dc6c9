import {
  child,
  children,
  isFunction,
  isIdentifier,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { type Part, type Range, range } from '../edit/draft.ts';
import { deleteStatement, indentAt, outdentLines } from '../edit/emit.ts';
import { type Conversion, type FileWork, replace, spanOf } from '../state/conversion.ts';
import type { OwnServer } from '../state/own-server.ts';
import { readsLargeBodies } from './large-bodies.ts';
import { mayRunAtOnce } from './listening.ts';
import { hostPart, portPart } from './port-and-host.ts';

const RULE = 'entry/own-server';

/** How the callback of `listen` is written: as `onListen`, as statements after the server, or a moment later. */
type Announced =
  | { how: 'none' }
  | { how: 'onListen'; port: SyntaxNode[] }
  | { how: 'after'; body: Range; statements: readonly SyntaxNode[] }
  | { how: 'later' };

/** Whether what the callback does can be written on the server of the runtime. */
export const canWrite = (own: OwnServer): boolean => announced(own) !== null;

function announced({ runtime, listening, uses }: OwnServer): Announced | null {
  const { callback, work } = listening;
  if (callback === undefined) return { how: 'none' };
  const inside = uses.filter(({ node }) => callback.start <= node.start && node.end <= callback.end);
  const body = statementsOf(work, callback, listening.dropped);
  const atOnce = body !== null && mayRunAtOnce(listening, body.statements);
  if (runtime === 'deno' && atOnce && listening.dropped === null) {
    const reads = inside.filter(({ kind }) => kind === 'port').map(({ place }) => place);
    const isFree = !findAll(callback, 'Identifier').some((each) => isPortName(work, each));
    const isEmpty = parametersOf(callback).length === 0 && isFunction(callback);
    if (inside.length === 0) return { how: 'onListen', port: [] };
    if (reads.length === inside.length && isFree && isEmpty) return { how: 'onListen', port: reads };
  }
  if (atOnce && body.isLoose) return { how: 'after', ...body };
  // Written where the server is made, it can name it only once that is there.
  return listening.dropped === null && (inside.length === 0 || runtime === 'bun') ? { how: 'later' } : null;
}

/** A name `port` that is a variable, not a property. */
const isPortName = (work: FileWork, node: SyntaxNode): boolean =>
  isIdentifier(node, 'port') && work.bindings.referenceOf(node) !== null;

/**
 * What a callback does, without the statement that goes; null where that is no plain list. `isLoose`: the statements may
 * stand by themselves as well.
 */
function statementsOf(
  work: FileWork,
  callback: SyntaxNode,
  dropped: SyntaxNode | null,
): { body: Range; statements: SyntaxNode[]; isLoose: boolean } | null {
  if (!isFunction(callback)) return null;
  const body = child(callback, 'body');
  const isSimple = callback.async !== true && callback.generator !== true;
  if (body === null) return null;
  if (body.type !== 'BlockStatement')
    return { body: spanOf(body), statements: [body], isLoose: isSimple && dropped === null };
  const all = children(body, 'body');
  if (dropped !== null && all[0] !== dropped) return null;
  const statements = all.filter((each) => each !== dropped);
  const from = dropped?.end ?? body.start + 1;
  const inside = work.file.text.slice(from, body.end - 1);
  const start = from + (inside.length - inside.trimStart().length);
  const end = from + inside.trimEnd().length;
  const isLoose =
    isSimple &&
    findAll(body, 'ReturnStatement').length === 0 &&
    !statements.some(({ type }) => /Declaration$/.test(type));
  return { body: range(body, start, Math.max(start, end)), statements, isLoose };
}

/** Writes `Bun.serve(…)` or `Deno.serve(…)` in the place of `listen`, with what the server is used for. */
export function writeOwnServer(conversion: Conversion, own: OwnServer): void {
  const { runtime, listening, uses } = own;
  const { work, call, app, statement, callback } = listening;
  const way = announced(own);
  if (way === null) return;
  for (const { kind, place, parts } of uses) {
    if (kind === 'gone') deleteStatement(conversion, work, place, RULE);
    else if (way.how !== 'onListen' || !way.port.includes(place))
      replace(conversion, work, place, parts, RULE);
  }
  const options: Part[][] = [portPart(listening, runtime)];
  const host = hostPart(listening, runtime);
  if (host !== null) options.push(host);
  if (runtime === 'bun') {
    options.push(['idleTimeout: 0']);
    if (readsLargeBodies(conversion)) options.push(['maxRequestBodySize: Infinity']);
  }
  const fetch: Part[] = [spanOf(app), '.fetch'];
  if (way.how === 'onListen' && callback !== undefined) {
    for (const place of way.port) replace(conversion, work, place, ['port'], RULE);
    options.push(onListen(work, callback, way.port.length > 0));
  } else if (runtime === 'deno' && callback !== undefined) options.push(['onListen() {}']);
  const listed = options.flatMap((each, index): Part[] => (index === 0 ? each : [', ', ...each]));
  const served: Part[] =
    runtime === 'bun'
      ? ['Bun.serve({ fetch: ', ...fetch, ', ', ...listed, ' })']
      : ['Deno.serve({ ', ...listed, ' }, ', ...fetch, ')'];
  if (work.file.typescript && conversion.dry === 0) {
    const top = range(work.file.program, work.file.program.start, work.file.program.start);
    work.draft.lead(top, `/// <reference types="${runtime}" />${work.layout.newline}`, RULE);
  }
  if (way.how === 'after' || way.how === 'later')
    writeAfter(conversion, { work, call, statement }, served, way.how === 'after' ? way : callback);
  else replace(conversion, work, call, served, RULE);
}

function onListen(work: FileWork, callback: SyntaxNode, takesPort: boolean): Part[] {
  if (!takesPort) return ['onListen: ', spanOf(callback)];
  const body = child(callback, 'body') as SyntaxNode;
  const open = work.file.text.indexOf('(', callback.start);
  const close = work.file.text.lastIndexOf(')', body.start);
  return [
    'onListen: ',
    range(callback, callback.start, open),
    '({ port })',
    range(callback, close + 1, callback.end),
  ];
}

/** The server in its statement, and after it what the callback did. */
function writeAfter(
  conversion: Conversion,
  { work, call, statement }: { work: FileWork; call: SyntaxNode; statement: SyntaxNode },
  served: readonly Part[],
  then: { body: Range; statements: readonly SyntaxNode[] } | SyntaxNode | undefined,
): void {
  const { newline, unit, semicolon } = work.layout;
  const around = work.parents.get(statement);
  const isAlone = around === undefined || !/^(Program|BlockStatement|SwitchCase)$/.test(around.type);
  const own = indentAt(work, statement.start);
  const indent = isAlone ? indentAt(work, around?.start ?? statement.start) + unit : own;
  const end = work.file.text[statement.end - 1] === ';' ? ';' : semicolon;
  const first: Part[] = [range(statement, statement.start, call.start), ...served, end];
  const lines: Part[] = [];
  if (then !== undefined && 'type' in then) lines.push('queueMicrotask(', spanOf(unwrap(then)), `)${end}`);
  else if (then !== undefined) {
    const { body, statements } = then;
    const [top] = statements;
    const amount = top === undefined ? 0 : work.layout.indentAt(top.start).length - own.length;
    outdentLines(conversion, work, body, Math.max(0, amount), RULE);
    const isExpression = statements[0] === body.of;
    if (body.start < body.end) lines.push(body, isExpression ? end : '');
  }
  const all: Part[] = lines.length === 0 ? first : [...first, newline + indent, ...lines];
  const text: Part[] = isAlone
    ? [`{${newline}${indent}`, ...all, `${newline}${indentAt(work, around?.start ?? statement.start)}}`]
    : all;
  replace(conversion, work, statement, text, RULE);
}
