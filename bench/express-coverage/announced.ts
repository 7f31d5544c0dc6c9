import type { LeftOut } from '../../src/model/changeset.ts';
import type { Trait } from '../../src/model/waiver.ts';
import { expectedBy, type Seen } from '../../src/shadow/attribute/left-out.ts';
import { hasTrait, type Kind } from '../../src/shadow/waivers/occasion.ts';
import type { CaseRequest } from './cases.ts';
import type { WireAnswer } from './exchange.ts';

/** Requests that a behaviour shows on, where not on every one: an announcement covers no other request. */
const SHOWS: Readonly<Record<string, (request: CaseRequest) => boolean>> = {
  query: ({ path }) => isOddQuery(path.replace(/^[^?]*\??/, '')),
  routing: ({ method, path }) =>
    method === 'OPTIONS' ||
    !/^(?:\/[a-z0-9_.~-]+)+$/.test(path.replace(/\?.*$/s, '')) ||
    /\/\.{1,2}(\/|$|\?)/.test(path),
  cookie: ({ headers }) => !/^(?:[\w!#$%&'*.^`|~+-]+=[^\s",;\\{}]*(?:; |$))*$/.test(headers.Cookie ?? ''),
  'head-type': ({ method }) => method === 'HEAD',
  body: ({ method, headers, body }) =>
    /^(GET|HEAD)$/.test(method) || !isPlainBody(headers['Content-Type'] ?? '', body),
};

/** A key that is repeated, nested or no text. */
function isOddQuery(query: string): boolean {
  const keys = query.split('&').map((pair) => pair.replace(/=.*$/s, ''));
  return /[[\]?]|%5b|%zz|;|__proto__|^=|&=/i.test(query) || new Set(keys).size < keys.length;
}

function isPlainBody(type: string, body: string | null): boolean {
  if (body === null || body === '') return false;
  if (type === 'application/x-www-form-urlencoded') return !isOddQuery(body);
  if (!/^application\/json(; charset=utf-8)?$/.test(type)) return false;
  try {
    return typeof JSON.parse(body) === 'object' && JSON.parse(body) !== null;
  } catch {
    return false;
  }
}

/** Kinds of exchanges that go by the route: which one that is, nobody says here. */
const OF_THE_ROUTE = new Set<Trait>([
  ...(['other-case', 'other-case-not-found', 'other-case-served', 'empty-rest', 'before-optional'] as const),
]);

/** What of an exchange says of which kinds it is. */
function kindOf({ method, path, headers, body }: CaseRequest, before: WireAnswer, after: WireAnswer): Kind {
  const request = {
    ...{ method, path, origin: '', headers: Object.entries(headers) },
    body: body === null ? null : Buffer.from(body),
  };
  return { request, old: answered(before), new: answered(after) };
}

function answered(answer: WireAnswer) {
  const headers = new Map<string, string[]>();
  for (const line of answer.headers) {
    const [, name = '', value = ''] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return { headers, response: { status: Number(statusOf(answer).code) } };
}

/** A tag that a case masks, as its body is another one each time: one that Express made. */
const MASKED_TAG = `W/"0-${'A'.repeat(27)}"`;

/** The first difference between two answers that nothing the codemod left out announces; null where each is. */
export function unannounced(
  request: CaseRequest,
  before: WireAnswer,
  after: WireAnswer,
  leftOut: readonly LeftOut[],
): string | null {
  const cells = differences(before, after);
  if (isLetIn(before, after)) return `${request.method} ${request.path}: let in`;
  const isOdd = leftOut.some(({ behaviour }) => behaviour === 'routing' && SHOWS.routing?.(request));
  // Another route, or another path to tell of.
  if (isOdd) return null;
  const asked = kindOf(request, before, after);
  const shown = leftOut.map((one) => ({
    ...one,
    differences: one.differences.filter(
      ({ kind, when }) =>
        (kind === 'json-bytes' || (SHOWS[one.behaviour]?.(request) ?? true)) &&
        (when === undefined || when.some((trait) => OF_THE_ROUTE.has(trait) || hasTrait(trait, '', asked))),
    ),
  }));
  const first = cells.find((cell) => expectedBy(cell, shown, null, cells).length === 0);
  if (first === undefined) return null;
  const { old, new: now } = first.exemplars[0] ?? {};
  return `${request.method} ${request.path}: ${first.location} ${JSON.stringify(old)} became ${JSON.stringify(now)}`;
}

/** What differs, as a shadow run names it. */
function differences(before: WireAnswer, after: WireAnswer): Seen[] {
  const cells: Seen[] = [];
  const add = (location: string, kind: Seen['kind'], old: string | null, now: string | null) => {
    if (old === now) return;
    cells.push({ location, kind, exemplars: [{ old, new: now }] });
  };
  const [old, now] = [statusOf(before), statusOf(after)];
  if (old.code !== now.code) add('status', 'status', old.code, now.code);
  else add('reason', 'reason', old.reason, now.reason);
  const [was, is] = [linesOf(before), linesOf(after)];
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const [left, right] = [was.get(name) ?? null, is.get(name) ?? null];
    // The tag of another body is another one: the shadow run's rule `etag-follows-body`.
    // Workers say two lines as one; the lines of a recorded answer are in order of their text.
    if (left !== null && right !== null && isOneLine(after, name) && inParts(left) === inParts(right))
      continue;
    if (name === 'header:etag' && left !== null && right !== null && before.body !== after.body) continue;
    const kind = left === null ? 'header-added' : right === null ? 'header-missing' : 'header-value';
    add(name, kind, left, right);
  }
  const [json, other] = [sorted(before.body), sorted(after.body)];
  const isJson = json !== null && other !== null;
  const body = ({ body: text }: WireAnswer) => (text === '' ? 'no body' : text);
  // Members in another order are the same JSON in other bytes.
  const isReordered = isJson && json === other;
  const kind = !isJson ? 'text' : isReordered ? 'json-bytes' : 'json-value';
  add(isJson && !isReordered ? 'body.json' : 'body', kind, body(before), body(after));
  return cells;
}

/** Whether a field that may stand in several lines stands in one. */
const isOneLine = ({ headers }: WireAnswer, name: string): boolean =>
  headers.filter((line) => `header:${line.split(':', 1)[0]}` === name).length === 1;

const inParts = (value: string): string => value.split(', ').sort().join(', ');

/** A list or an object in JSON, members by name; null for any other text. */
function sorted(body: string): string | null {
  if (!/^[[{]/.test(body)) return null;
  const byName = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  try {
    return JSON.stringify(JSON.parse(body), byName);
  } catch {
    return null;
  }
}

function statusOf({ status }: WireAnswer): { code: string; reason: string } {
  const [code = '', ...reason] = status.split(' ');
  return { code, reason: reason.join(' ') };
}

/** Headers by the location of their difference; cookies by name and attribute. */
function linesOf({ headers }: WireAnswer): Map<string, string> {
  const lines = new Map<string, string>();
  for (const line of headers) {
    const [, name = '', said = ''] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    const value = name === 'etag' && said === '<masked>' ? MASKED_TAG : said;
    if (name !== 'set-cookie') {
      const key = `header:${name}`;
      lines.set(key, lines.has(key) ? `${lines.get(key)}, ${value}` : value);
      continue;
    }
    const [pair = '', ...attributes] = value.split('; ');
    const cookie = pair.replace(/=.*$/s, '');
    lines.set(`cookie:${cookie}`, pair);
    for (const each of attributes)
      lines.set(`cookie:${cookie}.${each.replace(/=.*$/s, '').toLowerCase()}`, each.replace(/^[^=]*=/, ''));
  }
  return lines;
}

/** Whether the original keeps a request out: it lacks credentials, or has those of somebody else. */
export const isKeptOut = ({ status }: WireAnswer): boolean => /^40[13] /.test(status);

/** A guard was lost: what was kept out is answered. No announcement covers that. */
export const isLetIn = (before: WireAnswer, after: WireAnswer): boolean =>
  isKeptOut(before) && /^2/.test(after.status);
