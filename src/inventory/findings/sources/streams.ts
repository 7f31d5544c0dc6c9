import {
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
} from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { findAll } from '../../../workspace/syntax/walk.ts';
import type { Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

const EVENT_STREAM = /^text\/event-stream\b/i;
/** Packages that write events for who calls them. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  'hono/streaming': ['streamSSE.()'],
  'better-sse': ['createSession.()', 'createChannel.()'],
  'fastify-sse-v2': [''],
  '@fastify/sse': [''],
  ai: ['streamText.()'],
};

const rule: SourceRule = {
  id: 'streams',
  kinds: ['event-stream', 'event-stream-abort'],
  words:
    /text\/event-stream|["'`](?:hono\/streaming|better-sse|fastify-sse-v2|@fastify\/sse|ai)["'`]|\bSse\b/,
  visit: {
    Literal(node, look) {
      const text = literalText(node);
      if (text === null || !EVENT_STREAM.test(text) || !isSent(node, look)) return;
      look.note('event-stream', 'text/event-stream', node);
      const handler = look.enclosing(node);
      if (handler !== null && takesAnswer(handler) && !hearsOfTheEnd(handler))
        look.note('event-stream-abort', 'text/event-stream', node);
    },
    CallExpression(node, look) {
      const named = look.named(node);
      if (named && WRITERS[named.from]?.includes(named.path)) look.note('event-stream', named.from, node);
    },
    Decorator(node, look) {
      const named = look.named(node.expression as SyntaxNode);
      if (named?.from === '@nestjs/common' && named.path === 'Sse.()')
        look.note('event-stream', '@nestjs/common Sse', node);
    },
  },
};

/** Whether a content type is one that is set, not one that is compared with or asked for. */
function isSent(node: SyntaxNode, look: Look): boolean {
  const parent = look.parentOf(node);
  if (parent?.type === 'CallExpression') {
    const callee = parent.callee as SyntaxNode;
    return (
      isMember(callee) &&
      /^(?:setHeader|header|set|type|contentType|append|code)$/i.test(memberName(callee) ?? '')
    );
  }
  if (parent?.type === 'AssignmentExpression') return parent.right === node;
  if (parent?.type !== 'Property' || parent.value !== node) return false;
  const key = parent.key as SyntaxNode;
  const name = literalText(key) ?? (isIdentifier(key) ? String(key.name) : '');
  // `Accept: text/event-stream` is asked of others.
  return /^content-?type$/i.test(name);
}

/** A function of a request and a response, not one that only makes headers. */
const takesAnswer = (fn: SyntaxNode): boolean =>
  parametersOf(fn).some(
    (each) => isIdentifier(each) && /^(?:res|response|reply|ctx)$/.test(String(each.name)),
  );

/** Whether a handler listens for the end of a connection or hands on a signal of it. */
const hearsOfTheEnd = (handler: SyntaxNode): boolean =>
  findAll(handler, 'CallExpression', 'Property', 'MemberExpression').some((node) => {
    if (node.type === 'Property') return isIdentifier(node.key as SyntaxNode, 'signal');
    if (node.type === 'MemberExpression')
      return ['signal', 'aborted', 'writableEnded', 'destroyed', 'closed'].includes(memberName(node) ?? '');
    const callee = node.callee as SyntaxNode;
    const name = isMember(callee) ? memberName(callee) : isIdentifier(callee) ? String(callee.name) : null;
    const event = literalText((node.arguments as SyntaxNode[])[0]);
    return (
      (/^(?:on|once|addListener|addEventListener)$/.test(name ?? '') &&
        /^(?:close|aborted|abort|finish|error)$/.test(event ?? '')) ||
      /^(?:pipeline|finished|pipe)$/.test(name ?? '')
    );
  });

export default rule;
