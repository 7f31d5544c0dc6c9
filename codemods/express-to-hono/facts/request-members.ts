import { child, isMember } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';

/** The member read or set at a use of the request, through what TypeScript takes it for: `(req as Raw).body`. */
export function memberAt({ parents }: FileWork, root: SyntaxNode): SyntaxNode | null {
  let held = root;
  let up = parents.get(held);
  while (up !== undefined && /^TS(As|Satisfies|NonNull)Expression$|^TSTypeAssertion$/.test(up.type)) {
    held = up;
    up = parents.get(held);
  }
  return isMember(up) && child(up, 'object') === held ? up : null;
}

/** Members of Node's and Express's request that have no rule here; everything else is the application's own. */
const UNSUPPORTED = new Set(
  (
    'aborted app complete connection destroy fresh host httpVersion listenerCount next on once param pause pipe ' +
    'rawHeaders rawTrailers read res resume setTimeout signal socket stale subdomains trailers ' +
    'unpipe range acceptsCharsets ' +
    'acceptsEncodings acceptsLanguages removeListener off closed destroyed readable setEncoding'
  ).split(' '),
);

/** Members that packages are known to put on the request: where the application sets one itself, it is the application's. */
const OF_PACKAGES = new Set(
  'session sessionID flash logIn login logOut logout isAuthenticated csrfToken'.split(' '),
);

/**
 * Members that every request of Node has: of its streams, of its events and of any object. Where the application sets one
 * itself, it is the application's.
 */
const OF_NODE = new Set(
  (
    'addListener asIndexedPairs client compose constructor drop emit errored eventNames every filter find flatMap forEach ' +
    'getMaxListeners hasOwnProperty headersDistinct httpVersionMajor httpVersionMinor isPaused isPrototypeOf iterator ' +
    'joinDuplicateHeaders listeners map prependListener prependOnceListener propertyIsEnumerable push rawListeners ' +
    'readableAborted readableBuffer readableDidRead readableEncoding readableEnded readableFlowing readableHighWaterMark ' +
    'readableLength readableObjectMode reduce removeAllListeners setMaxListeners some statusCode statusMessage take toArray ' +
    'toLocaleString toString trailersDistinct unshift upgrade valueOf wrap'
  ).split(' '),
);

/** What Node's server knows of a request beside what Hono has. */
export const OF_SERVER = new Set(['socket', 'connection', 'rawHeaders']);

/** Names the parity module keeps in the context. */
export const RESERVED_VARIABLES = new Set(['body', 'file', 'files', 'cookies', 'signedCookies']);

/** Members of the request that have a rule. */
export const BUILT_IN = new Set(
  'params query headers get header method route originalUrl url path ip ips protocol hostname baseUrl xhr secure is accepts'.split(
    ' ',
  ),
);

/** Whether a member of the request is the application's own, or one that a parser leaves in the context. */
export const isVariable = ({ requestNames }: Pick<Conversion, 'requestNames'>, name: string): boolean =>
  !UNSUPPORTED.has(name) &&
  !BUILT_IN.has(name) &&
  (requestNames.has(name) || !(OF_PACKAGES.has(name) || OF_NODE.has(name)));
