/**
 * What the assembler knows of the parity blocks beyond their source: the order a reader meets them in, the packages
 * they use and the runtimes they need.
 */

/** Blocks by the heading they appear under. Every file in `parity-source` is listed once. */
export const SECTIONS: readonly (readonly [heading: string, blocks: readonly string[]])[] = [
  [
    'Routing',
    [
      'routing',
      'run-routes',
      'passing',
      'running-route',
      'paths',
      'params',
      'own-params',
      'kept-params',
      'options',
      'param',
      'mount',
      'below-mount',
      'target',
      'regexp-path',
      'rooted',
      'route-info',
      'skip',
      'only-head',
      'rewrite',
      'method-override',
      'kept-query',
    ],
  ],
  [
    'Every response',
    [
      'request-state',
      'kept-head',
      'powered-by',
      'etag',
      'conditional-get',
      'content-length',
      'charset',
      'content-types',
      'fresh',
      'response-body',
      'head',
      'end',
    ],
  ],
  [
    'Request bodies',
    [
      'bodies',
      'body-parser',
      'read-bytes',
      'body-rules',
      'forms',
      'upload',
      'request-stream',
      'request-head',
    ],
  ],
  [
    'Reading the request',
    ['query', 'queries', 'cookies', 'client', 'trust', 'connection', 'accepts', 'is', 'range'],
  ],
  [
    'Answering',
    [
      'send',
      'typed-send',
      'stream',
      'set-type',
      'redirect',
      'redirect-page',
      'location',
      'vary',
      'header-lines',
      'set-headers',
      'links',
      'cookie-text',
      'set-cookie',
      'clear-cookie',
      'format',
      'jsonp',
      'json-format',
      'never-answers',
      'first-answer',
    ],
  ],
  [
    'Files',
    [
      'static',
      'files',
      'dot-files',
      'look-up',
      'answer-file',
      'attachment-of',
      'attachment',
      'disposition',
      'file-rules',
      'file-response',
    ],
  ],
  ['Views', ['app-state', 'locals', 'views', 'view-rules', 'render-beside']],
  [
    'Errors',
    [
      'http-error',
      'error-page',
      'error-handlers',
      'recover',
      'errors-below',
      'errors-in',
      'with-errors',
      'thrown-values',
      'as-error',
    ],
  ],
  [
    'Middleware of packages',
    ['cors-headers', 'fixed-headers', 'passwords', 'logged-in', 'request-log', 'response-time'],
  ],
  [
    'Middleware that runs as it was',
    [
      'sessions',
      'on-context',
      'connected-members',
      'connect',
      'bridge',
      'bridge-list',
      'bridge-all',
      'bridge-rewrites',
      'express-answers',
      'formatted-answers',
    ],
  ],
  ['The server', ['listens-itself']],
  [
    'Two applications',
    ['taken', 'beside-express', 'express-of', 'in-express', 'beside-express-in-worker', 'express-in-worker'],
  ],
  ['For the tests', ['node-app']],
];

/** The version the output was tested with. */
export const NODE_SERVER = '^2.1.8';

/** The versions Express 4.22 and 5.3 themselves use, or ones measured to give the same bytes. Source: their package.json files, 2026-11. */
export const PACKAGES: Readonly<Record<string, { 4: string; 5: string; types?: string | { 4: string } }>> = {
  '@hono/node-server': { 4: NODE_SERVER, 5: NODE_SERVER },
  accepts: { 4: '^1.3.8', 5: '^2.0.0', types: '^1.3.7' },
  bytes: { 4: '^3.1.2', 5: '^3.1.2', types: '^3.1.6' },
  'content-disposition': { 4: '^0.5.4', 5: '^2.0.1', types: { 4: '^0.5.9' } },
  'content-type': { 4: '^1.0.5', 5: '^1.0.5', types: '^1.1.9' },
  cookie: { 4: '^0.7.2', 5: '^0.7.2', types: '^0.6.0' },
  'cookie-signature': { 4: '^1.2.2', 5: '^1.2.2', types: '^1.1.2' },
  encodeurl: { 4: '^2.0.0', 5: '^2.0.0', types: '^1.0.3' },
  'escape-html': { 4: '^1.0.3', 5: '^1.0.3', types: '^1.0.4' },
  fresh: { 4: '^0.5.2', 5: '^2.0.0', types: '^0.5.3' },
  'http-errors': { 4: '^2.0.1', 5: '^2.0.1', types: '^2.0.5' },
  'mime-types': { 4: '^3.0.2', 5: '^3.0.2', types: '^3.0.1' },
  mime: { 4: '^1.6.0', 5: '^1.6.0', types: '^1.3.5' },
  multer: { 4: '^2.5.0', 5: '^2.5.0', types: '^2.3.0' },
  'path-to-regexp': { 4: '^8.4.2', 5: '^8.4.2' },
  'path-to-regexp-express4': { 4: 'npm:path-to-regexp@^0.1.13', 5: 'npm:path-to-regexp@^0.1.13' },
  'proxy-addr': { 4: '^2.0.8', 5: '^2.0.8', types: '^2.0.3' },
  qs: { 4: '~6.16.0', 5: '^6.16.0', types: '^6.15.1' },
  'range-parser': { 4: '^1.2.1', 5: '^1.2.1', types: '^1.2.7' },
  send: { 4: '^0.19.2', 5: '^1.2.1', types: '^0.17.6' },
  'serve-static': { 4: '^1.16.3', 5: '^2.2.1', types: '^1.15.10' },
  statuses: { 4: '^2.0.2', 5: '^2.0.2', types: '^2.0.6' },
  'type-is': { 4: '^1.6.18', 5: '^2.0.1', types: '^1.6.7' },
  vary: { 4: '^1.1.2', 5: '^1.1.2', types: '^1.1.3' },
};

/** Blocks that read or write files: a Worker has no disk. */
export const NEEDS_DISK: ReadonlySet<string> = new Set([
  'serveStatic',
  'sendFile',
  'download',
  'diskStorage',
  'render',
  'renderView',
  'renderWith',
  'renderBeside',
]);

/** Blocks that need the request and response of Node's server, which a Worker has not. */
export const NEEDS_NODE_SERVER: ReadonlySet<string> = new Set([
  'bridge',
  'bridgeError',
  'bridged',
  'bridgeMethod',
  'bridgeQuery',
  'bridgeBody',
  'bridgeHeaders',
  'bridgeList',
  'nodeApp',
  'inExpress',
]);
