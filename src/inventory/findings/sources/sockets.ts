import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look, valueIn } from '../look.ts';
import type { SourceRule } from '../rule.ts';

const SERVERS: Readonly<Record<string, readonly string[]>> = {
  ws: ['WebSocketServer.new', 'Server.new', 'WebSocket.Server.new'],
  'socket.io': ['Server.new', 'new', '()'],
  'uWebSockets.js': ['App.()', 'SSLApp.()'],
  '@fastify/websocket': [''],
  'express-ws': ['()'],
  websocket: ['server.new'],
  sockjs: ['createServer.()'],
  'graphql-ws/lib/use/ws': ['useServer.()'],
  'graphql-ws/use/ws': ['useServer.()'],
};

const rule: SourceRule = {
  id: 'sockets',
  kinds: [
    'websocket-server',
    'websocket-deflate',
    'upgrade-handler',
    'tcp-server',
    'udp-socket',
    'unix-socket',
  ],
  words: new RegExp(
    `["'\`](?:${Object.keys(SERVERS).join('|')}|(?:node:)?(?:net|tls|dgram|https?))["'\`]|\\blisten\\s*\\(\\s*(?:["'\`]|\\{)`,
  ),
  visit: { CallExpression: opened, NewExpression: opened },
};

function opened(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  const { from, path } = named;
  if (SERVERS[from]?.includes(path)) {
    look.note('websocket-server', from, node);
    const deflate =
      valueIn(look.property(argument(node, 0), 'perMessageDeflate')) ??
      valueIn(look.property(argument(node, 1), 'perMessageDeflate'));
    if (deflate !== null && deflate.value !== false) look.note('websocket-deflate', from, node);
  }
  if (
    /(?:createServer\.\(\)|Server\.new)\.(?:on|once|addListener)\.\(\)$/.test(path) &&
    /^https?$/.test(from) &&
    look.textOf(argument(node, 0)) === 'upgrade'
  )
    look.note('upgrade-handler', `${from}.Server upgrade`, node);
  if (/^(?:net|tls)$/.test(from) && /^(?:createServer\.\(\)|Server\.new)$/.test(path))
    look.note('tcp-server', `${from}.createServer`, node);
  if (from === 'dgram' && path === 'createSocket.()') look.note('udp-socket', 'dgram.createSocket', node);
  if (/\.listen\.\(\)$/.test(path) && isSocketPath(argument(node, 0), look))
    look.note('unix-socket', from, node);
}

function isSocketPath(node: SyntaxNode | null, look: Look): boolean {
  const path = look.textOf(node) ?? look.textOf(valueIn(look.property(node, 'path')));
  return path !== null && /^\/|\.sock$/.test(path);
}

export default rule;
