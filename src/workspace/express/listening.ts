import type { Flow } from '../syntax/flow/flow.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import { afterLoad } from './loading.ts';
import { isBefore } from './order.ts';
import type { AppCall, Place, RouterValue } from './program.ts';

/**
 * Why a call on an app or router runs, or may run, only once an application takes requests: it runs after the modules are
 * loaded, and an application listens as they are loaded, or later but not certainly after it. Null where nothing that is
 * known listens before it. What the callback of the only `listen` does at once, it does before a request comes.
 */
export function onceListening(
  flow: Flow,
  appCalls: readonly AppCall[],
  on: RouterValue,
  place: Place,
): string | null {
  const own = appCalls.filter((each) => each.on === on).flatMap((each) => listensOf(flow, each));
  const listens = own.length > 0 ? own : appCalls.flatMap((each) => listensOf(flow, each));
  const [only, ...others] = listens;
  // The callback of `listen` runs as the port opens: no request has come yet, unless another one listens as well.
  const isStart = (call: SyntaxNode) => others.length === 0 && call === only?.node;
  const reason = afterLoad(flow, place.file, place.node, isStart);
  if (reason === null) return null;
  if (listens.some(({ file, node }) => afterLoad(flow, file, node) === null))
    return `it is registered once the application listens (${reason})`;
  return listens.every((each) => isBefore(flow, place, each))
    ? null
    : `the application may listen before it is registered (${reason})`;
}

/** Where a call makes an application take requests: itself, or `listen` of the server that it hands the application. */
function listensOf(flow: Flow, { member, file, call }: AppCall): Place[] {
  if (member === 'listen') return [{ file, node: call }];
  if (!/^(createServer|createSecureServer|request)$/.test(member)) return [];
  const made = member === 'request' ? serverOf(flow, call) : call;
  const found = flow.externalCalls.flatMap(({ callee, file: of, node }) =>
    callee.kind === 'external' &&
    callee.path.at(-1) === 'listen' &&
    callee.parent?.calls.at(-1)?.node === made
      ? [{ file: of, node }]
      : [],
  );
  // A server that is handed on may listen at once.
  return found.length > 0 ? found : [{ file, node: call }];
}

/** The call that makes the server of `server.on('request', app)`; null where it is not known. */
function serverOf(flow: Flow, call: SyntaxNode): SyntaxNode | null {
  const callee = flow.externalCalls.find(({ node }) => node === call)?.callee;
  return callee?.kind === 'external' ? (callee.parent?.calls.at(-1)?.node ?? null) : null;
}
