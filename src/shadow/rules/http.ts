import type { View } from '../answer.ts';
import { isSingleLine } from '../compare/single-line.ts';
import { always, isHeader, type Rule } from '../judging/rule.ts';
import { dateForm } from '../traffic/forms.ts';

/** Two sides of a busy machine begin a window, and read what is left of it, within this many seconds of each other. */
const WINDOW_SECONDS = 3;
/** A wait of fewer seconds than these is a setting, unless it is seen to change. */
const SHORT_WAIT = 10;
const WINDOWS = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset', 'retry-after', 'ratelimit'];

/** The same text but for numbers of seconds (draft-ietf-httpapi-ratelimit-headers) that are near each other. */
function windowsAgree(old: string, next: string, varies: boolean): boolean {
  const seconds = /(?<=^|\b(?:reset|t)=)\d+(?=$|[;,\s])/g;
  if (old.replace(seconds, '') !== next.replace(seconds, '')) return false;
  const after = next.match(seconds) ?? [];
  const before = old.match(seconds) ?? [];
  return before.every((value, i) => {
    const [a, b] = [Number(value), Number(after[i])];
    return a === b || (Math.abs(a - b) <= WINDOW_SECONDS && (varies || Math.max(a, b) > SHORT_WAIT));
  });
}

/** The methods of an Allow header, sorted. */
const methodSet = (allow: string): string =>
  allow
    .split(/\s*,\s*/)
    .sort()
    .join();

/** Whether a Connection header ends the connection, and to what else it switches. */
const meaning = (connection: string | null) => {
  const options = (connection ?? '').toLowerCase().split(/\s*,\s*/);
  return { closes: options.includes('close'), switches: options.includes('upgrade') };
};

/** What HTTP itself gives no meaning. */
export const HTTP_RULES: readonly Rule[] = [
  {
    id: 'date-header',
    reason: 'Date is the moment of the answer (RFC 9110 §6.6.1)',
    allows: 'Date of the same form, differing within the clock budget',
    hides: ['date-header-moved', 'date-header-form'],
    active: always,
    explains: (found, { clockBudgetMs }) => {
      if (!isHeader(found, 'date') || found.old === null || found.new === null) return false;
      if (dateForm(found.old) === null || dateForm(found.old) !== dateForm(found.new)) return false;
      return Math.abs(Date.parse(found.old) - Date.parse(found.new)) <= clockBudgetMs;
    },
  },
  {
    id: 'header-name-case',
    reason: 'field names are case-insensitive (RFC 9110 §5.1)',
    allows: 'the same header name in another case',
    hides: ['header-recased'],
    active: always,
    explains: (found) => found.kind === 'header-case',
  },
  {
    id: 'header-order',
    reason: 'the order of fields with different names is not significant (RFC 9110 §5.3)',
    allows: 'the same headers in another order',
    hides: ['header-values-swapped'],
    active: always,
    explains: (found) => found.kind === 'header-order',
  },
  {
    id: 'header-lines',
    reason:
      'several lines of one field mean the same as one line with their values joined by commas (RFC 9110 §5.3)',
    allows:
      'the same values of a list on another number of lines; not for dates and other fields of one value, nor for Set-Cookie, which is compared cookie by cookie',
    hides: ['header-cut-at-comma'],
    active: always,
    explains: (found, { old, new: next }) => {
      const name = found.location.slice('header:'.length);
      if (found.kind !== 'header-value' || isSingleLine(name)) return false;
      const joined = (view: View | null) => view?.headers.get(name)?.join(', ');
      return old !== null && joined(old) === joined(next);
    },
  },
  {
    id: 'connection-headers',
    reason: 'Connection and Keep-Alive belong to one connection, not to the answer (RFC 9110 §7.6.1)',
    allows:
      'Connection and Keep-Alive differing, unless the new side ends a connection that the old one keeps open, or only one side switches protocols',
    hides: ['connection-closed'],
    active: always,
    explains: (found) => {
      if (isHeader(found, 'keep-alive')) return true;
      const [old, next] = [meaning(found.old), meaning(found.new)];
      return isHeader(found, 'connection') && (old.closes || !next.closes) && old.switches === next.switches;
    },
  },
  {
    id: 'allow-order',
    reason: 'Allow lists a set of methods, in no order (RFC 9110 §10.2.1)',
    allows: 'the same methods in another order, in Allow and in an OPTIONS body that only repeats it',
    hides: ['allow-method-lost'],
    active: always,
    explains: (found, { method, old, new: next }) => {
      const [a, b] = [old, next].map((view) => view?.headers.get('allow')?.join(','));
      if (a === undefined || b === undefined || methodSet(a) !== methodSet(b)) return false;
      const repeated = method === 'OPTIONS' && old?.text === a && next?.text === b;
      return isHeader(found, 'allow') || (found.kind === 'text' && repeated);
    },
  },
  {
    id: 'rate-limit-window',
    reason:
      'a rate limit counts down from the moment of the answer, and each side began its window at its own',
    allows: `seconds of RateLimit-Reset, X-RateLimit-Reset, Retry-After and of reset= or t= in RateLimit, at most ${WINDOW_SECONDS} apart; up to ${SHORT_WAIT} seconds only where the old side does not repeat them`,
    hides: ['window-longer'],
    active: always,
    explains: (found, { varies }) => {
      if (found.kind !== 'header-value' || !isHeader(found, ...WINDOWS)) return false;
      const { again, recorded } = varies(found.exact);
      return windowsAgree(found.old ?? '', found.new ?? '', again || recorded);
    },
  },
];
