import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import { unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';

const holds = (flow: Flow, node: SyntaxNode | null, name: string): boolean =>
  node !== null &&
  flow.valuesOf(unwrap(node)).some((value) => value.kind === 'marker' && value.name === name);

export const isRequest = (flow: Flow, node: SyntaxNode | null): boolean => holds(flow, node, 'request');
export const isReply = (flow: Flow, node: SyntaxNode | null): boolean => holds(flow, node, 'reply');
