import { randomBytes } from 'node:crypto';
import type { RawHeaders } from '../model/exchange.ts';
import type { View } from './answer.ts';
import { compact } from './judging/compact.ts';
import { type RedactRules, redactRules } from './log/rules.ts';
import { tokeniser } from './log/tokenise.ts';

/**
 * Replaces secrets by tags before anything of a run reaches the disk or the terminal: by their place, by their name, by
 * their shape, and by having been seen in a secret place before.
 */
export interface Redactor {
  /** A sample value found at a location of a comparison. */
  sample(location: string, value: string | null): string | null;
  /** A request line, or a path of its parts. */
  target(target: string): string;
  /** Any text: a log line, a location, what a process said last. */
  text(text: string): string;
  /** A request as it is sent to a side: secrets in it are known from then on. */
  request(request: { path: string; headers: RawHeaders; body: Uint8Array | null }): void;
  /** An answer of a side: secrets in it are known from then on. */
  answer(answered: View): void;
}

const SAMPLE_LENGTH = 300;
/** Bodies of requests beyond this are not searched for secrets that might show up elsewhere. */
const MAX_BODY = 256 * 1024;
/** Values and headers that were looked at: nearly all of them come again and again. */
const MAX_SEEN = 20_000;

/** @param key of the tags; without one they cannot be compared with those of another run */
export function redactor(key: Buffer = randomBytes(32), rules: RedactRules = redactRules()): Redactor {
  const make = tokeniser(key, rules, true);
  const headersSeen = new Set<string>();
  const isNew = (text: string): boolean => {
    if (headersSeen.has(text)) return false;
    if (headersSeen.size >= MAX_SEEN) headersSeen.clear();
    headersSeen.add(compact(text));
    return true;
  };
  const learnHeaders = (headers: RawHeaders) => {
    const fresh = headers.filter(([name, value]) => isNew(`${name}\u0000${value}`));
    if (fresh.length > 0) make().headers(fresh);
  };
  const learnJson = (value: unknown, secret: boolean): void => {
    if (typeof value === 'string') {
      if (secret && isNew(value)) make().secret(value);
    } else if (Array.isArray(value)) for (const item of value) learnJson(item, secret);
    else if (value !== null && typeof value === 'object')
      for (const [name, item] of Object.entries(value)) learnJson(item, secret || rules.isSecretName(name));
  };
  const text = (value: string): string => make().body(value, '');
  return {
    text,
    sample(location, value) {
      if (value === null) return null;
      return isSecretPlace(location, rules) ? make().secret(value) : shorten(text(value));
    },
    target: (target) => make().target(target),
    request({ path, headers, body }) {
      learnHeaders(headers);
      if (path.includes('?')) make().target(path);
      if (body && body.length <= MAX_BODY) {
        const media = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
        make().body(Buffer.from(body).toString('latin1'), media);
      }
    },
    answer(answered) {
      learnHeaders(answered.response.headers);
      if (!isNew(answered.response.sha256) || !rules.mayHold(answered.text)) return;
      if (answered.kind === 'json') learnJson(answered.json, false);
      else if (answered.text.length <= MAX_BODY) make().body(answered.text, '');
    },
  };
}

/** The same value with {@link Redactor.text} applied to every string in it. */
export function redactAll<T>(value: T, redact: Redactor): T {
  const told = new Map<string, string>();
  const text = (given: string): string => {
    const made = told.get(given) ?? redact.text(given);
    told.set(given, made);
    return made;
  };
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one);
    if (Array.isArray(one)) return typeof one[0] === 'number' ? one : one.map(walk);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, walk(item)]));
  };
  return walk(value) as T;
}

function isSecretPlace(location: string, rules: RedactRules): boolean {
  // A cookie's value is a credential; its attributes (`cookie:sid.path`) are not.
  if (location.startsWith('cookie:'))
    return !/\.(path|domain|expires|maxage|max-age|secure|httponly|samesite|partitioned)$/.test(location);
  if (/^header:(set-cookie|cookie|(proxy-|www-)?authorization)$/.test(location)) return true;
  if (!/^(body\.|stream|header:|(file|r2|kv|outgoing):.* )/.test(location)) return false;
  return location
    .split(/[.: ]/)
    .slice(1)
    .some((name) => rules.isSecretName(name.replace(/\[\]/g, '')));
}

const shorten = (text: string): string =>
  compact(text.length > SAMPLE_LENGTH ? `${text.slice(0, SAMPLE_LENGTH)}…` : text);
