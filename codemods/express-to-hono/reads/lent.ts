import { IncomingMessage, ServerResponse } from 'node:http';
import { argumentsOf, isFunction, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { parentsOf } from '../../../src/workspace/syntax/walk.ts';
import { BUILT_IN, RESERVED_VARIABLES } from '../facts/request-members.ts';
import { NOT_LENT, TO_ANSWER } from '../packages/_option-functions.ts';
import { words } from '../packages/_words.ts';
import type { PackageUse } from './contract.ts';

/** Members of Express's request and response beside those of Node's: what is none of these is somebody's own. */
const OF_EXPRESS = {
  req: words(
    'accepts acceptsCharsets acceptsEncodings acceptsLanguages app baseUrl body cookies fresh get header host hostname ' +
      'headers ip ips is method next originalUrl param params path protocol query range res route secret secure signedCookies ' +
      'socket connection stale subdomains url xhr file files rawBody',
  ),
  res: words(
    'app append attachment clearCookie contentType cookie download format get header json jsonp links locals location ' +
      'redirect render req send sendFile sendStatus sendfile set status statusCode statusMessage type vary headersSent ' +
      'socket connection writableEnded writableFinished on-headers on-finished',
  ),
};

/** Whether a member is no one's but a package's or the application's: neither Node nor Express has it. */
export const isOwn = (on: 'req' | 'res', member: string): boolean =>
  !OF_EXPRESS[on].has(member) &&
  !(member in (on === 'req' ? IncomingMessage.prototype : ServerResponse.prototype)) &&
  !/^(constructor|__proto__|complete|aborted|httpVersion\w*|raw\w+|trailers\w*|statusCode|statusMessage)$/.test(
    member,
  );

const EVENT_METHODS = /^(on|once|off|addListener|removeListener)$/;
const READS_HEADERS = /^(get|getHeaders?|getHeaderNames|hasHeader)$/;
const STREAM = words('read pipe unpipe pause resume setEncoding readable destroy unshift');
const OF_NODE = words(
  'setHeader getHeader getHeaders getHeaderNames hasHeader removeHeader writeHead write end flushHeaders statusCode ' +
    'statusMessage headersSent writableEnded writableFinished finished on once off addListener removeListener emit ' +
    'on-headers on-finished',
);

/** What the event of `res.on('finish', …)` is; null where it is not written out. */
export const eventOf = ({ file, node }: PackageUse): string | null => {
  const call = parentsOf(file).get(node);
  return call?.type === 'CallExpression' ? literalText(argumentsOf(call)[0]) : null;
};

/** Whether a use stands in a function that is given to `on(…)`. */
function isInListener({ file, node }: PackageUse): boolean {
  const parents = parentsOf(file);
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    const call = isFunction(at) ? parents.get(at) : undefined;
    const callee = call?.type === 'CallExpression' ? (call.callee as { property?: { name?: string } }) : null;
    if (EVENT_METHODS.test(callee?.property?.name ?? '')) return true;
  }
  return false;
}

/** Whether an answer is given in a way of its own: a status beside the body, where to go back to, or what may be bytes. */
function answersOtherwise({ on, member, how, file, node }: PackageUse, endsInText: boolean): boolean {
  if (on !== 'res' || how !== 'called') return false;
  const call = parentsOf(file).get(node);
  const args = call === undefined ? [] : argumentsOf(call);
  const [first] = args;
  if (args.some(({ type }) => type === 'SpreadElement')) return true;
  if (/^(send|json)$/.test(member)) return args.length > 1 || typeof first?.value === 'number';
  if (member === 'redirect') return args.some((each) => literalText(each) === 'back');
  if (!/^(end|write)$/.test(member) || first === undefined) return false;
  return endsInText && literalText(first) === null && first.type !== 'TemplateLiteral';
}

/** Whether a use finds behind the bridge, on Node's own request and response, what it finds in Express. */
export function isLentBehindBridge(use: PackageUse): boolean {
  const { on, member, how } = use;
  if (answersOtherwise(use, false)) return false;
  switch (on) {
    case 'app':
      return false;
    case 'req.headers':
    case 'req.query':
    case 'req.params':
      return how === 'read' || how === 'called';
    case 'req.socket':
    case 'res.socket':
      return how === 'read' && /^(remoteAddress|remotePort|encrypted|socket)$/.test(member);
    case 'res.locals':
      return true;
    case 'req':
      if (isOwn('req', member)) return true;
      if (how === 'set' || NOT_LENT.req.has(member) || STREAM.has(member)) return false;
      if (EVENT_METHODS.test(member)) return eventOf(use) === 'close';
      return (
        how === 'read' || /^(get|header|url|originalUrl|headers|remoteAddress|on-finished)$/.test(member)
      );
    case 'res':
      if (isOwn('res', member)) return true;
      if (how === 'set') return /^status(Code|Message)$/.test(member);
      if (member === 'locals') return true;
      if (NOT_LENT.res.has(member) || (READS_HEADERS.test(member) && isInListener(use))) return false;
      if (EVENT_METHODS.test(member)) return /^(finish|close)$/.test(eventOf(use) ?? '');
      return how === 'called'
        ? TO_ANSWER.has(member) || OF_NODE.has(member)
        : OF_NODE.has(member) || member === 'socket';
  }
}

/** What `onContext` has: see `parity-source/native/on-context.ts`. */
const ON_CONTEXT = {
  req: words(
    'ip method headers originalUrl url path params query cookies body get header protocol secure hostname xhr socket connection remoteAddress',
  ),
  res: words(
    'setHeader append set header status send json sendStatus end getHeader getHeaders removeHeader redirect headersSent statusCode on once',
  ),
};

/**
 * Whether a use finds on Hono's context, where nothing of another package is, what it finds in Express.
 *
 * @param isKnown whether a member is what the package itself sets, or nobody's
 */
export function isOnContext(use: PackageUse, isKnown: (member: string) => boolean): boolean {
  const { on, member, how } = use;
  if (answersOtherwise(use, false)) return false;
  switch (on) {
    case 'req.headers':
    case 'req.query':
    case 'req.params':
      return how === 'read' || how === 'called';
    case 'req.socket':
      return how === 'read' && /^(remoteAddress|encrypted|socket)$/.test(member);
    case 'req':
      if (isOwn('req', member)) return how === 'set' || isKnown(member);
      return how !== 'set' && ON_CONTEXT.req.has(member);
    case 'res':
      if (how === 'set') return member === 'statusCode';
      if (/^(on|once)$/.test(member)) return eventOf(use) === 'finish';
      if (how === 'read' && !/^(headersSent|statusCode)$/.test(member)) return false;
      return ON_CONTEXT.res.has(member);
    default:
      return false;
  }
}

/** What `connect` has: see `parity-source/native/connect.ts` and `connected-members.ts`. */
const CONNECTED = {
  req: words(
    'ip method headers originalUrl url path body cookies signedCookies get header protocol secure hostname xhr connection',
  ),
  res: words(
    'setHeader getHeader append set header status send json sendStatus end redirect cookie headersSent statusCode writeHead ' +
      'locals on-headers',
  ),
};

/**
 * Whether a use finds on Hono's context what it finds in Express, where the packages before it run there too.
 *
 * @param isKnown whether a member is what such a package sets, or nobody's
 */
export function isConnected(use: PackageUse, isKnown: (member: string) => boolean): boolean {
  const { on, member, how } = use;
  if (answersOtherwise(use, true)) return false;
  switch (on) {
    case 'req.headers':
      return how === 'read' || how === 'called';
    case 'req.socket':
      return how === 'read' && member === 'encrypted';
    case 'res.locals':
      return true;
    case 'req':
      if (isOwn('req', member)) return how === 'set' || isKnown(member);
      return how !== 'set' && CONNECTED.req.has(member);
    case 'res':
      if (how === 'set') return member === 'statusCode';
      if (how === 'read' && !/^(headersSent|statusCode|locals)$/.test(member)) return false;
      return CONNECTED.res.has(member);
    default:
      return false;
  }
}

/** Whether a member that is set is the request's own, for the handlers after it: null where it is none. */
export const isLeft = ({ on, member, how }: PackageUse): boolean =>
  on === 'req' &&
  how === 'set' &&
  isOwn('req', member) &&
  !BUILT_IN.has(member) &&
  !RESERVED_VARIABLES.has(member);
