import { inOrder } from '../../../src/workspace/server/order.ts';
import {
  type Kind,
  kindOf,
  koaMember,
  MODULES,
  routerOf,
} from '../../../src/workspace/server/readers/koa/surface.ts';
import { isExternal, wayTo } from '../../../src/workspace/server/values.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue, FunctionValue, Value } from '../../../src/workspace/syntax/flow/values.ts';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';

/** A call of a member of an application or a router. */
export interface Registration {
  on: ExternalValue;
  kind: Kind;
  member: string;
  file: ParsedFile;
  node: SyntaxNode;
}

/** Calls of members of Koa's applications and routers, in the order of the source. */
export function registrationsOf(flow: Flow): Registration[] {
  const seen = new Map<SyntaxNode, Registration>();
  for (const call of inOrder(flow.externalCalls)) {
    const found = koaMember(call.callee);
    if (found !== null && !seen.has(call.node))
      seen.set(call.node, { ...found, file: call.file, node: call.node });
  }
  return [...seen.values()];
}

/** One argument of a registration, by what it may be. */
export type Given =
  | { is: 'functions'; functions: readonly FunctionValue[] }
  | { is: 'router'; router: ExternalValue }
  | { is: 'allowed'; router: ExternalValue }
  | { is: 'package'; value: ExternalValue }
  | { is: 'list'; node: SyntaxNode; items: Value[] }
  | { is: 'unknown' };

/** What is handed to `use` or to a verb. */
export function givenIn(flow: Flow, node: SyntaxNode): Given {
  const values = flow.valuesOf(node);
  if (values.length === 0) return { is: 'unknown' };
  if (values.every((value) => value.kind === 'function')) return { is: 'functions', functions: values };
  const [only, ...more] = values;
  if (only === undefined || more.length > 0) return { is: 'unknown' };
  const router = routerOf(only);
  if (router !== null) return { is: 'router', router };
  if (only.kind === 'array') return { is: 'list', node: only.node, items: [...flow.elementsOf(only).values] };
  if (!isExternal(only) || only.origin !== 'package') return { is: 'unknown' };
  const inner = only.path.at(-1) === '()' && only.parent !== null ? koaMember(only.parent) : null;
  if (inner?.kind === 'router' && inner.member === 'allowedMethods')
    return { is: 'allowed', router: inner.on };
  return kindOf(only) !== null || (MODULES.has(only.module) && only.module !== 'koa-compose')
    ? { is: 'unknown' }
    : { is: 'package', value: only };
}

export { isExternal, kindOf, wayTo };

/** Where a value of a package is made. */
export const madeBy = (value: ExternalValue): { file: ParsedFile; node: SyntaxNode } | null =>
  value.calls.at(-1) ?? null;

export const argumentsAt = ({ node }: Registration): SyntaxNode[] => argumentsOf(node);
