import { child, isIdentifier, isMember, memberName } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look, valueIn } from '../look.ts';
import type { SourceRule } from '../rule.ts';

const TIMEOUTS = new Set([
  'keepAliveTimeout',
  'headersTimeout',
  'requestTimeout',
  'timeout',
  'maxHeadersCount',
  'maxRequestsPerSocket',
  'maxConnections',
]);
const OPTIONS = new Set([
  'keepAliveTimeout',
  'headersTimeout',
  'requestTimeout',
  'maxHeaderSize',
  'connectionTimeout',
  'http2SessionTimeout',
  'maxRequestsPerSocket',
]);
/** Options of a server of HTTP or TLS that a platform in front of it decides. */
const TLS = new Set(['SNICallback', 'requestCert', 'ALPNProtocols', 'secureOptions']);
const PROXIES: Readonly<Record<string, readonly string[]>> = {
  'https-proxy-agent': ['new', 'HttpsProxyAgent.new', '()'],
  'http-proxy-agent': ['new', 'HttpProxyAgent.new', '()'],
  'proxy-agent': ['new', 'ProxyAgent.new'],
  'socks-proxy-agent': ['new', 'SocksProxyAgent.new'],
  'global-agent': ['bootstrap.()'],
};
/** What reads bodies, and what its limit is called. */
const PARSERS: Readonly<Record<string, string>> = {
  express: 'limit',
  'body-parser': 'limit',
  'koa-body': 'jsonLimit',
  'koa-bodyparser': 'jsonLimit',
  '@koa/bodyparser': 'jsonLimit',
  fastify: 'bodyLimit',
};
/** Bodies that every plan of Workers takes, in bytes. */
const MOST_ON_WORKERS = 100_000_000;

const rule: SourceRule = {
  id: 'http',
  kinds: [
    'server-timeouts',
    'server-tls',
    'http2-server',
    'trailers',
    'continue-handler',
    'early-hints',
    'agent',
    'agent-trust',
    'client-certificate',
    'proxy-agent',
    'insecure-parser',
    'trust-proxy',
    'body-limit',
  ],
  words:
    /["'`](?:express|body-parser|koa|koa-body|koa-bodyparser|@koa\/bodyparser|fastify|restify|https-proxy-agent|http-proxy-agent|proxy-agent|socks-proxy-agent|global-agent|(?:node:)?(?:https?|http2))["'`]|\baddTrailers\b|\bwriteEarlyHints\b|\b(?:keepAlive|headers|request)Timeout\b/,
  visit: { CallExpression: called, NewExpression: called, AssignmentExpression: assigned, Property: option },
};

function assigned(node: SyntaxNode, look: Look): void {
  const left = child(node, 'left');
  const name = isMember(left) ? memberName(left) : null;
  if (!isMember(left) || name === null) return;
  const held = look.named(child(left, 'object'));
  if (TIMEOUTS.has(name) && isServer(held)) look.note('server-timeouts', name, node);
  const isKoa = held?.from === 'koa' && held.path === 'new';
  if (name === 'proxy' && isKoa) look.note('trust-proxy', 'koa proxy', node);
}

/** `http.createServer()`, and what `listen` of a framework returns. */
const isServer = (named: ReturnType<Look['named']>): boolean =>
  named !== null &&
  (/^https?2?$/.test(named.from)
    ? /^(?:create(?:Secure)?Server\.\(\)|Server\.new)$/.test(named.path)
    : /(?:listen\.\(\)|\.server|\.getHttpServer\.\(\))$/.test(named.path));

function called(node: SyntaxNode, look: Look): void {
  onResponse(node, look);
  const named = look.named(node);
  if (named === null) return;
  const { from, path } = named;
  const options = argument(node, 0);
  if (/^https?$/.test(from) && /^(?:createServer\.\(\)|Server\.new)$/.test(path)) {
    if (from === 'https') look.note('server-tls', 'https.createServer', node);
  }
  if (from === 'http2' && /^create(?:Secure)?Server\.\(\)$/.test(path))
    look.note('http2-server', `http2.${path.replace('.()', '')}`, node);
  if (/^https?$/.test(from) && path === 'Agent.new') {
    const isCertified = ['cert', 'key', 'pfx', 'ca'].some((name) => look.property(options, name) !== null);
    const isTrusting = look.property(options, 'rejectUnauthorized') !== null;
    const kind = isCertified ? 'client-certificate' : isTrusting ? 'agent-trust' : 'agent';
    look.note(kind, `${from}.Agent`, node);
  }
  if (PROXIES[from]?.includes(path)) look.note('proxy-agent', from, node);
  if (path.endsWith('.set.()') && from === 'express' && look.textOf(options) === 'trust proxy')
    look.note('trust-proxy', 'express trust proxy', node);
  if (
    from === 'fastify' &&
    /^(?:fastify\.)?\(\)$/.test(path) &&
    look.property(options, 'trustProxy') !== null
  )
    look.note('trust-proxy', 'fastify trustProxy', node);
  const limit = PARSERS[from];
  if (limit !== undefined) {
    const bytes = sizeOf(look.heldBy(valueIn(look.property(options, limit))));
    if (bytes !== null && bytes > MOST_ON_WORKERS) look.note('body-limit', `${from} ${limit}`, node);
  }
}

/** Methods that nothing but a response and a server has. */
function onResponse(node: SyntaxNode, look: Look): void {
  const event = look.textOf(argument(node, 0));
  const callee = child(node, 'callee');
  const member = isMember(callee) ? memberName(callee) : null;
  if (member === 'addTrailers') look.note('trailers', 'addTrailers', node);
  if (member === 'writeEarlyHints') look.note('early-hints', 'writeEarlyHints', node);
  if (
    /^(?:on|once)$/.test(member ?? '') &&
    /^check(?:Continue|Expectation)$/.test(event ?? '') &&
    isServerOn(callee, look)
  )
    look.note('continue-handler', event ?? '', node);
}

const isServerOn = (callee: SyntaxNode | null, look: Look): boolean =>
  isMember(callee) && isServer(look.named(child(callee, 'object')));

/** Options of `createServer` and of a framework's constructor, by name: none of them means anything else. */
function option(node: SyntaxNode, look: Look): void {
  const key = child(node, 'key');
  const name = node.computed !== true && isIdentifier(key) ? String(key.name) : '';
  if (!OPTIONS.has(name) && !TLS.has(name) && name !== 'insecureHTTPParser') return;
  const object = look.parentOf(node);
  const call = object === null ? null : look.parentOf(object);
  const named = call === null ? null : look.named(call);
  const isSettings =
    named !== null && (/^https?2?$/.test(named.from) || named.from === 'fastify' || named.from === 'restify');
  if (!isSettings || named === null) return;
  if (name === 'insecureHTTPParser') look.note('insecure-parser', name, node);
  else if (TLS.has(name)) look.note('server-tls', name, node);
  else if (/createServer|Server\.new|^\(\)$|^fastify\.\(\)$|createSecureServer/.test(named.path))
    look.note('server-timeouts', name, node);
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

/** Bytes of `'50mb'` or a number. */
function sizeOf(node: SyntaxNode | null): number | null {
  if (typeof node?.value === 'number') return node.value;
  const [, amount, unit] =
    /^\s*(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?\s*$/i.exec(typeof node?.value === 'string' ? node.value : '') ?? [];
  return amount === undefined ? null : Number(amount) * (UNITS[(unit ?? 'b').toLowerCase()] ?? 1);
}

export default rule;
