import type { Flow } from '../syntax/flow.ts';
import { child, field } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import type { Value } from '../syntax/values.ts';
import type { AppCall } from './program.ts';
import type { Lookup } from './registrations.ts';
import { isRegistration, routerKind, routerMember, WRAPPERS } from './surface.ts';

/** Calls to code outside the program, with an Express function or a router among the arguments. */
export function addEscapes(flow: Flow, lookup: Lookup, appCalls: AppCall[]): void {
  const note = (file: ParsedFile, node: SyntaxNode, callee: string, values: Iterable<Value>): void => {
    for (const value of values) {
      const lost = {
        location: file.locate(node.start),
        reason: `passed to ${callee}, which could not be followed`,
      };
      if (value.kind === 'function') push(lookup.functionOf(value)?.escapes, lost);
      if (value.kind === 'external' && routerKind(value) !== null) {
        const on = lookup.routerOf(value);
        if (on === null) continue;
        const member = /(?:^|\.)(createServer|createSecureServer)$/.exec(callee)?.[1];
        if (member === undefined) push(on.escapes, lost);
        else appCalls.push({ on, file, call: node, member, location: file.locate(node.start) });
      }
    }
  };
  for (const { callee, file, node, arguments: args } of flow.externalCalls) {
    const found = routerMember(callee);
    if (found !== null && isRegistration(found, node)) continue;
    if (callee.kind === 'external' && WRAPPERS.has(callee.module)) continue;
    const name =
      callee.kind === 'external'
        ? [callee.module, ...callee.path].filter(Boolean).join('.')
        : calleeText(file, node);
    for (const cell of args) note(file, node, name, cell.values);
  }
  for (const { callee, file, node, arguments: args } of flow.calls) {
    if ([...callee.values].some(({ kind }) => kind !== 'module') || isFunctionMethod(node)) continue;
    for (const cell of args) note(file, node, calleeText(file, node), cell.values);
  }
}

const push = <T>(list: readonly T[] | undefined, item: T): void => {
  (list as T[] | undefined)?.push(item);
};

const calleeText = (file: ParsedFile, call: SyntaxNode): string => {
  const callee = child(call, 'callee');
  return callee === null ? 'a call' : file.text.slice(callee.start, callee.end).slice(0, 60);
};

/** `fn.bind(x)`, `fn.call(…)`: followed by the flow itself. */
const isFunctionMethod = (call: SyntaxNode): boolean => {
  const property = child(child(call, 'callee') ?? call, 'property');
  return /^(?:bind|call|apply|forEach|map|push|concat)$/.test(
    property === null ? '' : field(property, 'name'),
  );
};
