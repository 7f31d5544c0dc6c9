/** Globals that say the same on every runtime and keep nothing. */
export const GLOBALS: ReadonlySet<string> = new Set([
  ...['undefined', 'NaN', 'Infinity', 'Object', 'Array', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol'],
  ...['Math', 'JSON', 'Date', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Intl'],
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'URIError', 'EvalError', 'AggregateError'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder'],
  ...['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'escape', 'unescape'],
  ...['structuredClone', 'atob', 'btoa', 'Buffer', 'Uint8Array', 'ArrayBuffer', 'DataView', 'Reflect'],
]);

/** Why some of the other globals stay at the origin. */
export const REASONS: Readonly<Record<string, string>> = {
  process: 'reads the process of the origin',
  console: 'writes the log of the origin',
  fetch: 'asks another host',
  __dirname: 'is a place on the disk of the origin',
  __filename: 'is a place on the disk of the origin',
  setInterval: 'keeps a timer of the origin',
  globalThis: 'may keep anything between requests',
  global: 'may keep anything between requests',
};

/** Builtin modules that compute, and keep nothing. */
export const BUILTINS: ReadonlySet<string> = new Set([
  'crypto',
  'path',
  'querystring',
  'url',
  'util',
  'buffer',
  'assert',
]);

/** Members of the request that tell of more than the request. */
export const REQUEST: Readonly<Record<string, string>> = {
  ...{
    app: 'the application',
    session: 'the session',
    sessionID: 'the session',
    res: 'the answer',
    next: 'the routing',
  },
  ...{
    user: 'who is signed in',
    socket: 'the connection',
    connection: 'the connection',
    client: 'the connection',
  },
  ...{
    ip: 'the address of the client',
    ips: 'the address of the client',
    body: 'the body',
    files: 'the body',
    file: 'the body',
  },
  ...{
    signedCookies: 'signed cookies',
    secret: 'signed cookies',
    route: 'the routing',
    baseUrl: 'the routing',
  },
  ...{ url: 'the path below its router', path: 'the path below its router' },
  ...{
    on: 'the body',
    once: 'the body',
    pipe: 'the body',
    protocol: 'the scheme',
    secure: 'the scheme',
    hostname: 'the host',
    host: 'the host',
    subdomains: 'the host',
  },
};

/** Members of the response that need more than the answer. */
export const RESPONSE: Readonly<Record<string, string>> = {
  ...{ sendFile: 'a file of the origin', sendfile: 'a file of the origin', download: 'a file of the origin' },
  ...{
    render: 'a view of the origin',
    app: 'the application',
    req: 'the request',
    on: 'the end of the answer',
  },
  ...{
    once: 'the end of the answer',
    socket: 'the connection',
    connection: 'the connection',
    locals: 'values of other middleware',
  },
};

/** Methods that change what they are called on. */
export const CHANGING: ReadonlySet<string> = new Set([
  ...['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'],
  ...[
    'set',
    'add',
    'delete',
    'clear',
    'append',
    'assign',
    'defineProperty',
    'defineProperties',
    'setPrototypeOf',
  ],
]);

/** Middleware of packages that goes by the request alone, and that the conversion knows. */
export const KNOWN: ReadonlySet<string> = new Set(['cookie-parser', 'cors', 'helmet', 'nocache']);
