import type { Exchange } from '../../model/exchange.ts';
import { recordedView, type View } from '../answer.ts';
import { compact } from '../judging/compact.ts';
import { toTime, VOLATILE_ALL } from '../judging/values.ts';
import { isSafe } from './prepare.ts';
import type { Outgoing } from './send.ts';

/**
 * What one side gave in place of what was recorded: ids, tokens, cookies, validators. Learned from its answers and put
 * into its later requests, so that a login, the writes it authorises and the reads of what they made replay as one story.
 */
export interface Mapping {
  /** Aligns the recorded answer with the side's own and remembers where they part. */
  learn(exchange: Exchange, answered: View): void;
  /** The request with recorded values replaced by this side's. Untouched parts stay byte for byte. */
  apply(exchange: Exchange, request: Outgoing): Outgoing;
}

/** Shorter strings are no identifiers of their own; they are replaced only where their place says what they are. */
const MIN_TOKEN = 8;
const VALIDATORS = new Set([
  'if-none-match',
  'if-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
]);

/** An empty {@link Mapping}. */
export function mapping(): Mapping {
  const tokens = new Map<string, string>();
  const cookies = new Map<string, string>();
  /** `note 17` to `18`: a short id belongs to one kind of resource. */
  const ids = new Map<string, string>();
  /** `/path <validator>` to this side's validator. */
  const validators = new Map<string, string>();

  const token = (recorded: string, actual: string, firm: boolean) => {
    if (recorded === actual || recorded.length < MIN_TOKEN || recorded.length > 8192) return;
    const known = tokens.get(recorded);
    if (known === actual) return;
    // A list read later may come in another order: it teaches nothing about what is known already.
    if (known !== undefined && !firm) return;
    tokens.set(compact(recorded), compact(actual));
  };
  const replaceTokens = (text: string): string => (tokens.size === 0 ? text : replaceRuns(text, tokens, 0));
  const id = (resource: string, value: string) => ids.get(`${resource} ${value}`) ?? value;

  const learnValue = (
    recorded: unknown,
    actual: unknown,
    key: string,
    resource: string,
    firm: boolean,
  ): void => {
    if (Array.isArray(recorded) && Array.isArray(actual)) {
      if (recorded.length !== actual.length) return;
      for (const [i, item] of recorded.entries()) learnValue(item, actual[i], key, resource, firm);
      return;
    }
    if (isObject(recorded) && isObject(actual)) {
      for (const name of Object.keys(recorded)) {
        const below = isIdKey(name) || !isContainer(recorded[name]) ? resource : singular(name);
        if (Object.hasOwn(actual, name)) learnValue(recorded[name], actual[name], name, below, firm);
      }
      return;
    }
    const [before, after] = [String(recorded), String(actual)];
    const own = idResource(key, resource);
    if (own !== null && isShort(before) && isShort(after)) {
      // Ids are made by writes; what a read shows under another id is another thing.
      if (firm) ids.set(compact(`${own} ${before}`), compact(after));
    } else if (typeof recorded === 'string' && typeof actual === 'string' && before !== after) {
      learnText(before, after, firm);
    }
  };
  const learnText = (recorded: string, actual: string, firm: boolean) => {
    if (toTime(recorded) !== null) return;
    if (!/\s/.test(recorded) && /^[\w.:%~+/=-]+$/.test(recorded) && !recorded.includes('/'))
      return token(recorded, actual, firm);
    const before = recorded.match(VOLATILE_ALL) ?? [];
    const after = actual.match(VOLATILE_ALL) ?? [];
    if (before.length !== after.length) return;
    for (const [i, value] of before.entries())
      if (toTime(value) === null) token(value, after[i] ?? value, firm);
  };

  return {
    learn(exchange, answered) {
      if (!exchange.response) return;
      const recorded = recordedView(exchange.response);
      const path = pathOnly(exchange.request.path);
      const resource = resourceOf(path);
      const firm = !isSafe(exchange.request.method);
      for (const [name, value] of cookiePairs(recorded)) {
        const actual = cookiePairs(answered).get(name);
        if (actual === undefined) continue;
        if (actual !== value) cookies.set(compact(`${name}=${value}`), compact(actual));
        token(value, actual, true);
        token(decode(value), decode(actual), true);
      }
      for (const [name, values] of recorded.headers) {
        const [before, after] = [values[0], answered.headers.get(name)?.[0]];
        if (before === undefined || after === undefined || before === after) continue;
        if (name === 'etag' || name === 'last-modified')
          validators.set(compact(`${path} ${opaque(before)}`), compact(opaque(after)));
        else if (name === 'location') learnLocation(before, after, ids, token);
        else if (!/^(date|expires|content-|set-cookie|keep-alive|age$)/.test(name))
          learnText(before, after, true);
      }
      if (recorded.response.status !== answered.response.status) return;
      // The very bytes that were recorded: there is nothing to align.
      if (recorded.response.sha256 === answered.response.sha256) return;
      if (recorded.kind === 'json' && answered.kind === 'json')
        learnValue(recorded.json, answered.json, '', resource, firm);
      else if (recorded.kind === 'events' && answered.kind === 'events')
        learnText(recorded.text, answered.text, firm);
      else if (recorded.kind === 'text' && answered.kind === 'text')
        learnText(recorded.text, answered.text, firm);
    },
    apply(exchange, request) {
      const path = pathOnly(exchange.request.path);
      const headers = request.headers.map(([name, value]): [string, string] => {
        const key = name.toLowerCase();
        if (key === 'host') return [name, value];
        if (VALIDATORS.has(key)) {
          const whole = validators.get(`${path} ${opaque(value)}`);
          if (whole !== undefined && !value.includes(','))
            return [name, value.replace(opaque(value), () => whole)];
          return [name, value.replace(/"[^"]*"/g, (tag) => validators.get(`${path} ${tag}`) ?? tag)];
        }
        if (key === 'cookie') {
          const parts = value.split(/(;\s*)/).map((part) => {
            const actual = cookies.get(part);
            return actual === undefined ? replaceTokens(part) : part.slice(0, part.indexOf('=') + 1) + actual;
          });
          return [name, parts.join('')];
        }
        return [name, replaceTokens(value)];
      });
      return {
        ...request,
        headers,
        path: mapTarget(replaceTokens(request.path), id),
        body: mapBody(request, replaceTokens, id),
      };
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !('isLosslessNumber' in value);

const isContainer = (value: unknown): boolean => Array.isArray(value) || isObject(value);

/** What a token may stand in, widest first: `s%3Aid.signature`, then a part of it, then an id inside a file name. */
const RUNS = [
  /[\w.~%+=:-]{8,}/g,
  /[\w.~-]{8,}/g,
  /[\w-]{8,}/g,
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi,
  /[A-Za-z0-9]{8,}/g,
];

/** Replaces known tokens in one pass over the text, however many are known. */
function replaceRuns(text: string, tokens: ReadonlyMap<string, string>, level: number): string {
  const run = RUNS[level];
  if (!run) return text;
  return text.replace(run, (match) => tokens.get(match) ?? replaceRuns(match, tokens, level + 1));
}

const isShort = (value: string): boolean => /^[A-Za-z0-9_-]{1,19}$/.test(value);
const isIdKey = (key: string): boolean => /^_?id$/i.test(key) || /(Id|_id|ID)$/.test(key);
const pathOnly = (target: string): string => target.split('?', 1)[0] ?? target;
const opaque = (validator: string): string => /"[^"]*"/.exec(validator)?.[0] ?? validator;

/** `notes` and `note` are one resource, `categories` and `category` too. */
const singular = (name: string): string =>
  name
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(ss|[sxz]|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');

/** The resource an id under `key` belongs to: `id` to the one at hand, `noteId` to the note; null when it is no id. */
function idResource(key: string, resource: string): string | null {
  if (/^_?id$/i.test(key)) return resource;
  const named = /^(.+?)(?:Id|_id|ID)$/.exec(key)?.[1];
  return named === undefined ? null : singular(named);
}

/** The last part of a path that names a kind of thing: `/api/notes/17` is about `note`. */
function resourceOf(path: string): string {
  const names = path.split('/').filter((part) => /^[A-Za-z][A-Za-z_-]*$/.test(part));
  return singular(names.at(-1) ?? '');
}

function mapTarget(target: string, id: (resource: string, value: string) => string): string {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const parts = path.split('/');
  const mapped = parts
    .map((part, i) => (i > 1 && isShort(part) ? id(singular(parts[i - 1] ?? ''), part) : part))
    .join('/');
  if (at < 0) return mapped;
  return (
    mapped +
    target.slice(at).replace(/([?&])([^=&]+)=([^&]*)/g, (all, lead, key, value) => {
      const own = idResource(key, resourceOf(path));
      return own === null ? all : `${lead}${key}=${id(own, value)}`;
    })
  );
}

function mapBody(
  request: Outgoing,
  tokens: (text: string) => string,
  id: (resource: string, value: string) => string,
): Uint8Array | null {
  if (request.body === null || request.body.length === 0) return request.body;
  // Latin-1 keeps every byte a character: what is not replaced stays as it was, whatever the encoding.
  const before = Buffer.from(request.body).toString('latin1');
  let text = tokens(before);
  const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const resource = resourceOf(pathOnly(request.path));
  const swap = (all: string, lead: string, key: string, value: string, end: string) => {
    const own = idResource(key, resource);
    return own === null ? all : `${lead}${id(own, value)}${end}`;
  };
  if (/json/i.test(type))
    text = text.replace(
      /("([^"\\]+)"\s*:\s*"?)([A-Za-z0-9_-]{1,19})("|(?=\s*[,}\]]))/g,
      (all, lead, key, value, end) => swap(all, lead, key, value, end),
    );
  else if (/urlencoded/i.test(type))
    text = text.replace(/((?:^|&)([^=&]+)=)([^&]*)()/g, (all, lead, key, value, end) =>
      swap(all, lead, key, value, end),
    );
  return text === before ? request.body : Buffer.from(text, 'latin1');
}

function learnLocation(
  recorded: string,
  actual: string,
  ids: Map<string, string>,
  token: (recorded: string, actual: string, firm: boolean) => void,
): void {
  const before = recorded.split(/[/?&=#]/);
  const after = actual.split(/[/?&=#]/);
  if (before.length !== after.length) return;
  for (const [i, part] of before.entries()) {
    const other = after[i] ?? part;
    if (part !== other && isShort(part) && isShort(other))
      ids.set(`${singular(before[i - 1] ?? '')} ${part}`, other);
    token(part, other, true);
  }
}

function cookiePairs(of: View): Map<string, string> {
  const map = new Map<string, string>();
  for (const line of of.headers.get('set-cookie') ?? []) {
    const [pair = ''] = line.split(';', 1);
    const at = pair.indexOf('=');
    if (at > 0) map.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return map;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
