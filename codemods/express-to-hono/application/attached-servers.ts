import {
  argumentsOf,
  calleeOf,
  child,
  isMember,
  literalText,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Conversion, type FileWork, refuse } from '../state/conversion.ts';
import { isInWorker } from '../state/worker-files.ts';

/** What shares the application's server, a WebSocket server above all, has none to share on Workers. */
export function refuseAttachedServers(conversion: Conversion): void {
  if (conversion.options.target !== 'workers') return;
  for (const { call, file, member } of conversion.program.appCalls) {
    if (!/^(listen|createServer)$/.test(member) || !isInWorker(conversion, file)) continue;
    const work = conversion.workOf(file);
    const holder = work.parents.get(call);
    const name = holder?.type === 'VariableDeclarator' ? child(holder, 'id') : null;
    const references = name === null ? [] : (work.bindings.bindingOf(name)?.references ?? []);
    const attached = references.find(({ node }) => isHandedOn(work, node) || hearsUpgrades(work, node));
    if (attached === undefined) continue;
    const reason =
      'this shares the server with the application, and a Worker has none: WebSockets need `upgradeWebSocket` there';
    refuse(conversion, work, attached.node, 'workers/server', reason);
  }
}

/** `new WebSocketServer({ server })`, `new Server(server)`, `attach(server)`. */
function isHandedOn(work: FileWork, node: SyntaxNode): boolean {
  let inner = node;
  let up = work.parents.get(node);
  while (up !== undefined && /^(Property|ObjectExpression)$/.test(up.type)) {
    inner = up;
    up = work.parents.get(up);
  }
  return (
    up !== undefined &&
    /^(Call|New)Expression$/.test(up.type) &&
    argumentsOf(up).some((each) => each === inner)
  );
}

/** `server.on('upgrade', …)`. */
function hearsUpgrades(work: FileWork, node: SyntaxNode): boolean {
  const member = work.parents.get(node);
  const call = member === undefined ? undefined : work.parents.get(member);
  return (
    isMember(member) &&
    /^(on|once|addListener)$/.test(memberName(member) ?? '') &&
    call?.type === 'CallExpression' &&
    calleeOf(call) === member &&
    literalText(argumentsOf(call)[0]) === 'upgrade'
  );
}
