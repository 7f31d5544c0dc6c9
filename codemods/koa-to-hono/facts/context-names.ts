/**
 * Whose a member of the context is. Source: koa 2.16 and 3.3, lib/context.js: what it hands on to request and response.
 */
const REQUEST = new Set([
  ...[
    'acceptsLanguages',
    'acceptsEncodings',
    'acceptsCharsets',
    'accepts',
    'get',
    'is',
    'querystring',
    'idempotent',
  ],
  ...[
    'socket',
    'search',
    'method',
    'query',
    'path',
    'url',
    'accept',
    'origin',
    'href',
    'subdomains',
    'protocol',
    'host',
  ],
  ...['hostname', 'URL', 'header', 'headers', 'secure', 'stale', 'fresh', 'ips', 'ip', 'originalUrl'],
]);
const RESPONSE = new Set([
  ...[
    'attachment',
    'redirect',
    'back',
    'remove',
    'vary',
    'has',
    'set',
    'append',
    'flushHeaders',
    'status',
    'message',
    'body',
  ],
  ...['length', 'type', 'lastModified', 'etag', 'headerSent', 'writable'],
]);
const OWN = new Set([
  ...[
    'app',
    'req',
    'res',
    'request',
    'response',
    'state',
    'cookies',
    'respond',
    'throw',
    'assert',
    'onerror',
    'inspect',
  ],
  ...[
    'toJSON',
    'params',
    'router',
    '_matchedRoute',
    '_matchedRouteName',
    'routerPath',
    'matched',
    'captures',
    'session',
  ],
  ...[
    'render',
    'isAuthenticated',
    'login',
    'logout',
    'logIn',
    'logOut',
    'flash',
    'csrf',
    'i18n',
    'sessionId',
    'compress',
  ],
]);

/** `request.query` for `ctx.query`, `response.body` for `ctx.body`, `ctx.state` for what is the context's own; null: the application's. */
export function contextMember(name: string): string | null {
  if (REQUEST.has(name)) return `request.${name}`;
  if (RESPONSE.has(name)) return `response.${name}`;
  return OWN.has(name) ? `ctx.${name}` : null;
}
