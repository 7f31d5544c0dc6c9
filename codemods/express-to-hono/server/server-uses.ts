import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  isTransparent,
  memberName,
  parametersOf,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../edit/draft.ts';
import { type FileWork, spanOf } from '../state/conversion.ts';
import type { Listening, OwnRuntime, ServerUse } from '../state/own-server.ts';
import { type Stays, stays } from './listening.ts';

/** The same on a server of the runtime's own. */
const MEMBERS = {
  bun: { stop: 'stop()', cut: 'stop(true)', port: 'port', address: '' },
  deno: { stop: 'shutdown()', cut: null, port: 'addr.port', address: '.addr' },
} as const;

/** What every use of the server becomes, or the one that only Node's has. */
export function readUses({ work, server }: Listening, runtime: OwnRuntime): ServerUse[] | Stays {
  const uses: ServerUse[] = [];
  for (const { node } of server?.references ?? []) {
    const use = readUse(work, node, runtime);
    if (use === null)
      return stays(work, node, 'this needs Node’s own server, with its events, time limits and sockets');
    uses.push(use);
  }
  const idle = uses.find(({ kind }) => kind === 'gone');
  // What is closed has no idle connections left.
  return idle !== undefined && !uses.some(({ kind }) => kind === 'stop')
    ? stays(work, idle.node, 'idle connections are closed while the server goes on')
    : uses;
}

function readUse(work: FileWork, node: SyntaxNode, runtime: OwnRuntime): ServerUse | null {
  const member = work.parents.get(node);
  if (!isMember(member) || child(member, 'object') !== node) return null;
  const call = work.parents.get(member);
  if (call?.type !== 'CallExpression' || calleeOf(call) !== member) return null;
  const names = MEMBERS[runtime];
  const on = spanOf(node);
  const args = argumentsOf(call);
  switch (memberName(member)) {
    case 'close':
      return isIgnored(work, call) && args.length < 2 && isPlainCallback(work, args[0])
        ? { kind: 'stop', node, place: call, parts: [on, `.${names.stop}`, ...after(args[0])] }
        : null;
    case 'closeIdleConnections': {
      const statement = statementOf(work, call);
      return statement === null ? null : { kind: 'gone', node, place: statement, parts: [] };
    }
    case 'closeAllConnections':
      return names.cut === null || statementOf(work, call) === null
        ? null
        : { kind: 'stop', node, place: call, parts: [on, `.${names.cut}`] };
    case 'address': {
      const read = portRead(work, call);
      if (read !== null) return { kind: 'port', node, place: read, parts: [on, `.${names.port}`] };
      return isPortPattern(work, call)
        ? { kind: 'port', node, place: call, parts: [on, names.address] }
        : null;
    }
    default:
      return null;
  }
}

/** `server.close(done)` → `server.stop().then(done)`: no error is handed to it either way. */
const after = (done: SyntaxNode | undefined): Part[] =>
  done === undefined ? [] : ['.then(', spanOf(done), ')'];

/** In TypeScript what `then` gives has a type of its own. */
function isPlainCallback(work: FileWork, done: SyntaxNode | undefined): boolean {
  if (done === undefined || isIdentifier(done)) return true;
  const [first] = isFunction(done) ? parametersOf(done) : [];
  return isFunction(done) && (first === undefined || !work.file.typescript);
}

/** A statement, or all that an arrow does for `process.on` or `new Promise`: nobody takes what the call gives. */
function isIgnored(work: FileWork, call: SyntaxNode): boolean {
  const up = work.parents.get(call);
  if (up?.type === 'ExpressionStatement') return true;
  if (up?.type !== 'ArrowFunctionExpression' || child(up, 'body') !== call) return false;
  const taker = work.parents.get(up);
  const callee = taker?.type === 'CallExpression' || taker?.type === 'NewExpression' ? calleeOf(taker) : null;
  if (taker?.type === 'NewExpression') return isIdentifier(child(taker, 'callee'), 'Promise');
  return (
    isMember(callee) &&
    isIdentifier(child(callee, 'object'), 'process') &&
    /^(on|once)$/.test(memberName(callee) ?? '')
  );
}

function statementOf(work: FileWork, call: SyntaxNode): SyntaxNode | null {
  const up = work.parents.get(call);
  return up?.type === 'ExpressionStatement' ? up : null;
}

/** `server.address().port`, with what TypeScript wants around it. */
function portRead(work: FileWork, call: SyntaxNode): SyntaxNode | null {
  let at: SyntaxNode = call;
  let up = work.parents.get(at);
  while (up !== undefined && isTransparent(up)) {
    at = up;
    up = work.parents.get(at);
  }
  return isMember(up) && child(up, 'object') === at && memberName(up) === 'port' ? up : null;
}

/** `const { port } = server.address()`. */
function isPortPattern(work: FileWork, call: SyntaxNode): boolean {
  const up = work.parents.get(call);
  const id = up?.type === 'VariableDeclarator' && unwrap(call) === call ? child(up, 'id') : null;
  const properties = id?.type === 'ObjectPattern' ? children(id, 'properties') : [];
  return properties.length === 1 && properties.every((each) => propertyKeyName(each) === 'port');
}
