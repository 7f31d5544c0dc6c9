import type { View } from './answer.ts';
import type { Found } from './compare/found.ts';
import { type Bijection, explainValue } from './identity.ts';

/** What a rule may look at to explain one difference. */
export interface RuleContext {
  method: string;
  /** The request target as recorded. */
  path: string;
  old: View | null;
  new: View | null;
  /** The value at this exact place is generated: the old side did not repeat itself (`again`), or not the recording. */
  varies(exact: string): { again: boolean; recorded: boolean };
  ids: Bijection;
  /** Two clock readings of one moment may differ by this much, ms. */
  clockBudgetMs: number;
  /** When the run began, ms since the epoch. */
  since: number;
  runtimes: { old: string; new: string };
  /** The exchange's body differs, and every such difference is explained or waived. Settled before headers that follow the body. */
  bodyExplained: boolean;
}

/** A named reason why a difference is not one. `optional` rules count only when asked for by name. */
export interface Rule {
  id: string;
  reason: string;
  allows: string;
  /** On without being asked for, given the two runtimes. */
  active(runtimes: { old: string; new: string }): boolean;
  explains(found: Found, context: RuleContext): boolean;
}

const always = () => true;
const withWorkers = (runtimes: { old: string; new: string }) =>
  runtimes.old === 'workers' || runtimes.new === 'workers';
const isHeader = (found: Found, ...names: string[]) =>
  names.some((name) => found.location === `header:${name}`);

const HOP_BY_HOP = ['connection', 'keep-alive'];
/** Numbers of a process by their name alone, and those that are measurements only if they vary. */
const PROCESS_FACT = /(^|[._])(uptime|pid|rss|heap(Used|Total)|loadavg)(\[\]|$)/i;
const MEASUREMENT = /(^|[._])(memory|elapsed(Ms)?|took(Ms)?|duration(Ms)?|responseTime)(\[\]|$)/i;
const isNumber = (value: string | null) => value !== null && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value);
const withoutNumbers = (value: string | null) => value?.replace(/\d+(\.\d+)?/g, '0');
/** Two sides of a busy machine begin a window, and read what is left of it, within this many seconds of each other. */
const WINDOW_SECONDS = 3;
const isWindow = (found: Found): boolean =>
  found.kind === 'header-value' &&
  isHeader(found, 'ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset', 'retry-after', 'ratelimit');
/** The same text but for numbers of seconds (draft-ietf-httpapi-ratelimit-headers) that are near each other. */
function windowsAgree(old: string, next: string): boolean {
  const seconds = /(?<=^|\b(?:reset|t)=)\d+(?=$|[;,\s])/g;
  if (old.replace(seconds, '') !== next.replace(seconds, '')) return false;
  const after = next.match(seconds) ?? [];
  const before = old.match(seconds) ?? [];
  return before.every((value, i) => Math.abs(Number(value) - Number(after[i])) <= WINDOW_SECONDS);
}

/** Every rule there is. The report lists the active ones with how often each was applied. */
export const RULES: readonly Rule[] = [
  {
    id: 'date-header',
    reason: 'Date is the moment of the answer (RFC 9110 §6.6.1)',
    allows: 'Date differing within the clock budget',
    active: always,
    explains: (found, { clockBudgetMs }) => {
      if (!isHeader(found, 'date') || found.old === null || found.new === null) return false;
      return Math.abs(Date.parse(found.old) - Date.parse(found.new)) <= clockBudgetMs;
    },
  },
  {
    id: 'header-name-case',
    reason: 'field names are case-insensitive (RFC 9110 §5.1)',
    allows: 'the same header name in another case',
    active: always,
    explains: (found) => found.kind === 'header-case',
  },
  {
    id: 'header-order',
    reason: 'the order of fields with different names is not significant (RFC 9110 §5.3)',
    allows: 'the same headers in another order',
    active: always,
    explains: (found) => found.kind === 'header-order',
  },
  {
    id: 'header-lines',
    reason:
      'several lines of one field mean the same as one line with their values joined by commas (RFC 9110 §5.3)',
    allows:
      'the same values of a header on another number of lines; not for Set-Cookie, which is compared cookie by cookie',
    active: always,
    explains: (found, { old, new: next }) => {
      if (found.kind !== 'header-value') return false;
      const joined = (view: View | null) =>
        view?.headers.get(found.location.slice('header:'.length))?.join(', ');
      return old !== null && joined(old) === joined(next);
    },
  },
  {
    id: 'connection-headers',
    reason: 'Connection and Keep-Alive belong to one connection, not to the answer (RFC 9110 §7.6.1)',
    allows: 'Connection and Keep-Alive differing',
    active: always,
    explains: (found) => isHeader(found, ...HOP_BY_HOP),
  },
  {
    id: 'allow-order',
    reason: 'Allow lists a set of methods, in no order (RFC 9110 §10.2.1)',
    allows: 'the same methods in another order, in Allow and in an OPTIONS body that only repeats it',
    active: always,
    explains: (found, { method, old, new: next }) => {
      const [a, b] = [old, next].map((view) => view?.headers.get('allow')?.join(','));
      if (a === undefined || b === undefined || methodSet(a) !== methodSet(b)) return false;
      const repeated = method === 'OPTIONS' && old?.text === a && next?.text === b;
      return isHeader(found, 'allow') || (found.kind === 'text' && repeated);
    },
  },
  {
    id: 'framing',
    reason: 'Content-Length and chunked coding delimit the same bytes (RFC 9112 §6)',
    allows:
      'Content-Length in place of chunked coding or the reverse, where the body is the same; not for HEAD',
    active: withWorkers,
    explains: (found, context) => {
      if (!isHeader(found, 'content-length', 'transfer-encoding') || context.method === 'HEAD') return false;
      if (found.kind !== 'header-missing' && found.kind !== 'header-added') return false;
      const [a, b] = [context.old?.response, context.new?.response];
      return a !== undefined && b !== undefined && (a.sha256 === b.sha256 || context.bodyExplained);
    },
  },
  {
    id: 'compressed-bytes',
    reason: 'two compressors may write the same content in different bytes',
    allows: 'the same content coding with other bytes, and the Content-Length and ETag that follow',
    active: always,
    explains: (found, { old, new: next }) => found.kind === 'encoding' && old?.coding === next?.coding,
  },
  {
    id: 'clock',
    reason: 'both sides wrote down the moment at which they answered',
    allows: 'dates that the old side does not repeat either, differing within the clock budget',
    active: always,
    explains: (found, context) => explainValue(found, context) === 'clock',
  },
  {
    id: 'generated-id',
    reason: 'both sides made up an identifier',
    allows: 'identifiers that the old side does not repeat either, one new for each old throughout the run',
    active: always,
    explains: (found, context) => explainValue(found, context) === 'generated-id',
  },
  {
    id: 'token',
    reason: 'both sides made up a token, session or signature',
    allows:
      'tokens of one shape that the old side does not repeat either, one new for each old throughout the run; JSON Web Tokens only with the same claims, apart from moments and ids',
    active: always,
    explains: (found, context) => explainValue(found, context) === 'token',
  },
  {
    id: 'process-facts',
    reason: 'uptime, process id, memory and time taken belong to the process',
    allows:
      'JSON numbers named uptime, pid, rss, heapUsed, loadavg, and varying ones named elapsed, took, duration; X-Response-Time and Server-Timing',
    active: always,
    explains: (found, { varies }) => {
      if (isHeader(found, 'x-response-time', 'server-timing'))
        return withoutNumbers(found.old) === withoutNumbers(found.new);
      if (found.kind !== 'json-value' || !isNumber(found.old) || !isNumber(found.new)) return false;
      if (PROCESS_FACT.test(found.location)) return true;
      if (!MEASUREMENT.test(found.location)) return false;
      const { again, recorded } = varies(found.exact);
      return again || recorded;
    },
  },
  {
    id: 'rate-limit-window',
    reason:
      'a rate limit counts down from the moment of the answer, and each side began its window at its own',
    allows: `seconds of RateLimit-Reset, X-RateLimit-Reset, Retry-After and of reset= or t= in RateLimit, at most ${WINDOW_SECONDS} apart`,
    active: always,
    explains: (found) => isWindow(found) && windowsAgree(found.old ?? '', found.new ?? ''),
  },
  {
    id: 'own-address',
    reason: 'each side has its own port and its own folder',
    allows: 'the side’s own address or folder inside a text',
    active: always,
    explains: (found, { old, new: next }) =>
      found.kind === 'text' && old !== null && next !== null && old.text === next.text,
  },
  {
    id: 'static-mtime-etag',
    reason:
      'a file server makes its ETag from size and mtime: runtimes round the mtime differently, and uploads are written at another moment',
    allows:
      'a "size-mtime" ETag of the same size, one millisecond apart, or as far as the clock where the old side does not repeat it',
    active: always,
    explains: (found, { varies, clockBudgetMs }) => {
      if (!isHeader(found, 'etag')) return false;
      const [old, next] = [found.old, found.new].map((value) =>
        /^((?:W\/)?"[0-9a-f]+)-([0-9a-f]{10,12})"$/.exec(value ?? ''),
      );
      if (!old || !next || old[1] !== next[1]) return false;
      const apart = Math.abs(Number.parseInt(old[2] ?? '', 16) - Number.parseInt(next[2] ?? '', 16));
      if (apart === 1) return true;
      const { again, recorded } = varies(found.exact);
      return apart <= clockBudgetMs && (again || recorded);
    },
  },
  {
    id: 'etag-follows-body',
    reason: 'ETag and Content-Length are made from the body',
    allows:
      'ETag (same form) and Content-Length differing where every difference of the body is explained or waived',
    active: always,
    explains: (found, context) => {
      if (!isHeader(found, 'etag', 'content-length') || found.old === null || found.new === null)
        return false;
      const bodiless = context.method === 'HEAD' || context.old?.response.status === 304;
      if (!(context.bodyExplained || (bodiless && context.varies(found.exact).again))) return false;
      if (isHeader(found, 'etag')) return etagForm(found.old) === etagForm(found.new);
      return (
        bodiless ||
        [context.old, context.new].every(
          (side, i) => String(side?.response.size) === [found.old, found.new][i],
        )
      );
    },
  },
  {
    id: 'workerd-reason-phrase',
    reason: 'workerd does not carry the reason phrase; clients are told to ignore it (RFC 9112 §4)',
    allows: 'the reason phrase "unknown" or none from Workers',
    active: withWorkers,
    explains: (found, { runtimes }) => {
      if (found.kind !== 'reason') return false;
      const said = runtimes.new === 'workers' ? found.new : found.old;
      return said === 'unknown' || said === '';
    },
  },
  {
    id: 'workerd-no-date',
    reason: 'workerd leaves Date to the network in front of it',
    allows: 'no Date header from Workers',
    active: withWorkers,
    explains: (found, { runtimes }) =>
      isHeader(found, 'date') &&
      found.kind === (runtimes.new === 'workers' ? 'header-missing' : 'header-added'),
  },
  {
    id: 'workerd-address',
    reason:
      'workerd itself refuses an address with characters that RFC 3986 does not allow; the application never sees it',
    allows: 'the 400 "invalid URI" of Workers to such an address, whatever the other side answers',
    active: withWorkers,
    explains: (_, { path, old, new: next, runtimes }) => {
      if (URI_CHARACTERS.test(path)) return false;
      const own = runtimes.new === 'workers' ? next : old;
      return own?.response.status === 400 && own.text === 'invalid URI';
    },
  },
  {
    id: 'workerd-header-text',
    reason: 'workerd writes header values in UTF-8, Node.js in Latin-1',
    allows: 'characters beyond ASCII of one header value in these two encodings',
    active: withWorkers,
    explains: (found, { runtimes }) => {
      if (found.kind !== 'header-value' || found.old === null || found.new === null) return false;
      const [latin, utf8] = runtimes.new === 'workers' ? [found.old, found.new] : [found.new, found.old];
      return Buffer.from(latin, 'utf8').toString('latin1') === utf8;
    },
  },
];

/** The methods of an Allow header, sorted. */
const methodSet = (allow: string): string =>
  allow
    .split(/\s*,\s*/)
    .sort()
    .join();

/** All characters that RFC 3986 §2 allows in a path and query, percent-escapes included. */
const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;

/** An ETag with its opaque runs masked, so that weak differs from strong and one part from two. */
const etagForm = (etag: string): string => etag.replace(/[A-Za-z0-9+/=_]+/g, 'x');
