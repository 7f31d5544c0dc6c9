import { argumentsOf, calleeChain, literalText, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { isLent, isPackageFunction, packageEnd } from '../packages/use.ts';
import { isReply } from '../read/markers.ts';
import type { Conversion } from '../state.ts';

/** An answer as Hono writes it: statements that go before, and the expression that is returned, or thrown. */
export interface Answer {
  before: Part[][];
  value: Part[];
  how: 'return' | 'throw';
}

/** What a chain on a reply does, in its order: `reply.code(201).header('a', b).send(c)`. */
export interface Chain {
  node: SyntaxNode;
  /** Arguments of `code`. */
  status: SyntaxNode | null;
  headers: { call: SyntaxNode; name: string; args: SyntaxNode[] }[];
  /** What ends it: `send`, `redirect`, `callNotFound`; null where it only prepares an answer. */
  ends: { name: string; args: SyntaxNode[] } | null;
  /** The first member that is not known. */
  unknown: { name: string; node: SyntaxNode } | null;
}

const HEADERS = new Set(['header', 'headers', 'type', 'removeHeader']);
const ENDS = new Set(['send', 'redirect', 'callNotFound']);

/** Reads a chain; null for an expression that does not begin with a reply or calls nothing of it. */
export function readChain(conversion: Conversion, expression: SyntaxNode): Chain | null {
  const { flow } = conversion;
  const inner = unwrap(expression);
  if (inner.type !== 'CallExpression') return null;
  const [root, ...links] = calleeChain(inner);
  if (root === undefined || root.call !== null || !isReply(flow, root.node) || links.length === 0)
    return null;
  if (
    links[0]?.name === 'log' ||
    links[0]?.name === 'request' ||
    links[0]?.name === 'raw' ||
    links[0]?.name === 'server' ||
    isLent(conversion, 'reply', links[0]?.name ?? '')
  )
    return null;
  const chain: Chain = { node: inner, status: null, headers: [], ends: null, unknown: null };
  for (const { name, node, call } of links) {
    if (name === null || call === null || chain.ends !== null) {
      chain.unknown ??= { name: name ?? '', node };
      continue;
    }
    const args = argumentsOf(call);
    if (name === 'code' || name === 'status') {
      if (args[0] === undefined) chain.unknown ??= { name, node };
      else chain.status = args[0];
    } else if (HEADERS.has(name) || isPackageFunction(conversion, name))
      chain.headers.push({ call, name, args });
    else if (ENDS.has(name) || packageEnd(conversion, name) !== null) chain.ends = { name, args };
    else chain.unknown ??= { name, node };
  }
  return chain;
}

/** The type that a chain says an answer has; null where it says none, `''` where it is not written down. */
export function typeIn(chain: Chain): string | null {
  let type: string | null = null;
  for (const { name, args } of chain.headers) {
    if (name === 'type') type = literalText(args[0]) ?? '';
    else if (name === 'headers') type = type ?? '';
    else if (name === 'header') {
      const header = literalText(args[0]);
      if (header === null) type = type ?? '';
      else if (header.toLowerCase() === 'content-type') type = literalText(args[1]) ?? '';
    }
  }
  return type;
}
