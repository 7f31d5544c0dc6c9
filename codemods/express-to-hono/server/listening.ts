import type { Location } from '../../../src/model/location.ts';
import type { AppCall } from '../../../src/workspace/express/program.ts';
import {
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import type { Listening } from '../state/own-server.ts';
import { mayBeCaught } from './caught.ts';
import { droppedError, functionNamed, listenArguments } from './listen-arguments.ts';

/** Why the server stays one of Node's. */
export interface Stays {
  location: Location;
  reason: string;
}

export const stays = (work: FileWork, node: SyntaxNode, reason: string): Stays => ({
  location: work.file.locate(node.start),
  reason,
});

/** Reads a `listen`; what is no plain one stays with Node's server. */
export function readListening(conversion: Conversion, { call, file }: AppCall): Listening | Stays {
  const work = conversion.workOf(file);
  const callee = calleeOf(call);
  const app = callee === null ? null : child(callee, 'object');
  const given = listenArguments(work, call);
  if (app === null || typeof given === 'string') return stays(work, call, 'this way to listen is Node’s');
  const { port, callback } = given;
  const path = port === undefined ? null : literalText(port);
  if (path !== null && !/^\d+$/.test(path)) return stays(work, call, 'it listens on a pipe or a socket file');
  const held = holderOf(work, call);
  if (held === null)
    return stays(work, call, 'what `listen` returns is handed on, and is a server of Node’s');
  if (mayBeCaught(work, call))
    return stays(work, call, 'a port that is taken ends the process today, and would be caught around this');
  const fn = callback === undefined ? null : (functionNamed(work, unwrap(callback)) ?? unwrap(callback));
  const dropped = fn === null || parametersOf(fn).length === 0 ? null : droppedError(work, fn);
  const isPlain =
    fn === null ||
    (isFunction(fn) &&
      findAll(fn, 'ThisExpression').length === 0 &&
      !findAll(fn, 'Identifier').some((each) => isIdentifier(each, 'arguments')) &&
      (parametersOf(fn).length === 0 || (conversion.version === 5 && dropped !== null && fn === callback)));
  if (!isPlain) return stays(work, callback ?? call, 'this callback is given something by Node’s server');
  return { ...given, ...held, work, call, app, dropped: dropped?.statement ?? null };
}

/** The statement a call is, and the variable that holds what it gives; null where that goes anywhere else. */
function holderOf(work: FileWork, call: SyntaxNode): Pick<Listening, 'statement' | 'server'> | null {
  const up = work.parents.get(call);
  if (up?.type === 'ExpressionStatement') return { statement: up, server: null };
  const declaration = up?.type === 'VariableDeclarator' ? work.parents.get(up) : undefined;
  if (up === undefined || declaration?.type !== 'VariableDeclaration') return null;
  const id = child(up, 'id');
  const server = isIdentifier(id) ? work.bindings.bindingOf(id) : null;
  const isConstant = declaration.kind === 'const' && children(declaration, 'declarations').length === 1;
  const isExported = /^Export/.test(work.parents.get(declaration)?.type ?? '');
  // A type written there is one of Node's.
  const isTyped = id !== null && child(id, 'typeAnnotation') !== null;
  return server !== null && isConstant && !isExported && !isTyped ? { statement: declaration, server } : null;
}

/** Whether a call is `console.log(…)` and the like. */
export function isAnnouncement(work: FileWork, statement: SyntaxNode): boolean {
  const call = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : statement;
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  const object = isMember(callee) ? child(callee, 'object') : null;
  return isIdentifier(object, 'console') && work.bindings.bindingOf(object) === null;
}

/** `process.on(…)`, a function, an export: what does not tell whether the server listens already. */
function isIndifferent(work: FileWork, statement: SyntaxNode): boolean {
  if (/^(FunctionDeclaration|Export\w+|EmptyStatement)$/.test(statement.type)) return true;
  if (/^For(Of|In)?Statement$/.test(statement.type)) {
    const body = child(statement, 'body');
    const inner = body?.type === 'BlockStatement' ? children(body, 'body') : body === null ? [] : [body];
    return inner.every((each) => isIndifferent(work, each));
  }
  const expression = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
  const callee = expression?.type === 'CallExpression' ? calleeOf(expression) : null;
  const object = isMember(callee) ? child(callee, 'object') : null;
  return isIdentifier(object, 'process') && /^(on|once)$/.test(memberName(callee) ?? '');
}

/**
 * Whether a callback may run at once, where Node calls it a moment later: it only says that the server listens, or no
 * code comes after it that could see the difference.
 */
export function mayRunAtOnce({ work, statement }: Listening, body: readonly SyntaxNode[]): boolean {
  if (body.every((each) => isAnnouncement(work, each))) return true;
  const around = work.parents.get(statement);
  if (around?.type !== 'Program') return false;
  const all = children(around, 'body');
  return all.slice(all.indexOf(statement) + 1).every((each) => isIndifferent(work, each));
}
