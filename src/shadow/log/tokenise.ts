import { createHmac } from 'node:crypto';
import type { RawHeaders } from '../../model/exchange.ts';
import { compact } from '../judging/compact.ts';
import { replaceSecretFields } from './json-secrets.ts';
import type { Mark } from './record.ts';
import type { RedactRules } from './rules.ts';
import { replaceTextSecrets } from './text-secrets.ts';

/** A replaced secret: equal secrets have equal tags under one key. Looks like a token, so replay maps it like one. */
export const TAG = /REDACTED-[0-9a-f]{24}/g;
const IS_TAG = /^REDACTED-[0-9a-f]{24}$/;
/** Marks a replaced number: the number itself is a number still. */
export const NUMBER_TAG = 'a number';
/** Secrets shorter than this are replaced where their place says what they are, and nowhere else. */
const MIN_ANYWHERE = 6;
/** Secrets of other exchanges that are still looked for in texts. Kept in memory only. */
const MAX_KNOWN = 20_000;
/** And of those that must be looked for one by one. */
const MAX_ODD = 300;

/** The tag of a secret. */
export const tagOf = (key: Buffer, secret: string): string =>
  `REDACTED-${createHmac('sha256', key).update(secret).digest('hex').slice(0, 24)}`;

/** Replaces the secrets of one exchange, before anything of it is written. */
export interface ExchangeTokeniser {
  headers(headers: RawHeaders): RawHeaders;
  target(target: string): string;
  /** A decoded body's text. */
  body(text: string, mediaType: string): string;
  /** The tag of what is a secret as a whole. */
  secret(value: string): string;
  /** What was replaced since the last call. */
  marks(): Mark[];
}

/**
 * @param anywhere also recognise known secrets that are short, hold odd characters or are encoded: for texts that nobody
 *   replays, where a word too many may be replaced
 * @returns makes a tokeniser for each exchange; secrets seen in one are recognised in the next
 */
export function tokeniser(key: Buffer, rules: RedactRules, anywhere = false): () => ExchangeTokeniser {
  const known = new Map<string, string>();
  /** Those that are no run of word characters. */
  const odd = new Map<string, string>();
  return () => {
    /** Secrets of this exchange: replaced wherever they stand, word or not. */
    const own = new Map<string, string>();
    let marks = new Map<string, Mark>();

    const tag = (secret: string, place: string): string => {
      if (secret === '' || IS_TAG.test(secret)) return secret;
      const made = tagOf(key, secret);
      // `theme=dark`: a cookie, and no secret.
      if (!anywhere || !place.startsWith('cookie:') || !/^[A-Za-z-]{1,12}$/.test(secret)) {
        remember(known, secret, made);
        if (anywhere) rememberForms(known, odd, secret, made);
      }
      if (secret.length >= MIN_ANYWHERE) own.set(secret, made);
      marks.set(`${made} ${place}`, { tag: made, place });
      return made;
    };
    const number = (value: string, place: string): string => {
      marks.set(`${NUMBER_TAG} ${place}`, { tag: NUMBER_TAG, place });
      const digits = BigInt(`0x${createHmac('sha256', key).update(value).digest('hex')}`).toString();
      return `1${digits}`.slice(0, Math.max(1, value.replace(/\D/g, '').length));
    };
    const text = (value: string, place: string, multipart = false): string => {
      let out = replaceTextSecrets(value, rules, (secret) => tag(secret, place), multipart);
      for (const [secret, made] of own) {
        if (!out.includes(secret)) continue;
        out = out.replaceAll(secret, made);
        marks.set(`${made} ${place}`, { tag: made, place });
      }
      for (const [secret, made] of odd) if (out.includes(secret)) out = out.replaceAll(secret, made);
      return out.replace(/[\w.~%+/=:-]{8,}/g, (run) => {
        const made = known.get(run);
        if (made === undefined)
          return replaceWords(run, known, (used) => marks.set(`${used} ${place}`, { tag: used, place }));
        marks.set(`${made} ${place}`, { tag: made, place });
        return made;
      });
    };
    const cookie = (pair: string): string => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, Math.max(0, at)).trim();
      if (at < 0 || rules.keeps(name)) return pair;
      const [, open = '', value = '', close = ''] = /^(\s*"?)(.*?)("?\s*)$/.exec(pair.slice(at + 1)) ?? [];
      return `${pair.slice(0, at + 1)}${open}${tag(value, `cookie:${name}`)}${close}`;
    };
    const authorization = (value: string): string => {
      const [, scheme = '', credentials = ''] = /^(\s*[\w-]+\s+)?(.*)$/s.exec(value) ?? [];
      if (/^\s*basic\s/i.test(scheme)) {
        const password = Buffer.from(credentials, 'base64').toString('utf8').split(':').slice(1).join(':');
        if (anywhere) tag(password, 'authorization');
        else if (password.length >= MIN_ANYWHERE) own.set(password, tagOf(key, password));
      }
      return scheme + tag(credentials, 'authorization');
    };

    return {
      headers: (headers) =>
        headers.map(([name, value]): [string, string] => {
          const lower = name.toLowerCase();
          if (lower === 'cookie') return [name, value.split(';').map(cookie).join(';')];
          if (lower === 'set-cookie') {
            const [pair = '', ...attributes] = value.split(';');
            return [name, [cookie(pair), ...attributes].join(';')];
          }
          if (/^(proxy-)?authorization$/.test(lower)) return [name, authorization(value)];
          if (rules.isSecretHeader(lower)) return [name, tag(value, `header:${lower}`)];
          return [name, text(value, `header:${lower}`)];
        }),
      target: (target) => text(target, 'target'),
      secret: (value) => tag(value, 'body'),
      body(value, mediaType) {
        const fields = {
          isSecret: rules.isSecretName,
          text: (secret: string) => tag(secret, 'body'),
          number: (secret: string) => number(secret, 'body'),
        };
        const isJson = /[/+](json|x-ndjson|jsonl)\b/i.test(mediaType) || /^\s*[[{]/.test(value);
        const form = /x-www-form-urlencoded/i.test(mediaType);
        const before = isJson && !form ? replaceSecretFields(value, fields) : value;
        return text(before, 'body', /^multipart\//i.test(mediaType));
      },
      marks() {
        const all = [...marks.values()];
        marks = new Map();
        return all;
      },
    };
  };
}

/** A known secret as a part of a longer run: in a path, after `id=`. */
function replaceWords(
  run: string,
  known: ReadonlyMap<string, string>,
  used: (tag: string) => void,
  word = /[\w.~-]{8,}/g,
): string {
  return run.replace(word, (found) => {
    const made = known.get(found);
    // `body.byToken.<token>`: a name with dots may hold one without.
    if (made === undefined)
      return found.includes('.') ? replaceWords(found, known, used, /[\w~-]{8,}/g) : found;
    used(made);
    return made;
  });
}

/** Short ones, odd ones, and what a secret looks like in a URL or in base64. */
function rememberForms(
  known: Map<string, string>,
  odd: Map<string, string>,
  secret: string,
  tag: string,
): void {
  if (secret.length < MIN_ANYWHERE || secret.length > 8192) return;
  if (secret.length < 8 || !/^[\w.~-]+$/.test(secret)) {
    odd.set(compact(secret), tag);
    const [oldest] = odd.keys();
    if (odd.size > MAX_ODD && oldest !== undefined) odd.delete(oldest);
  }
  for (const form of [encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')])
    if (form !== secret) remember(known, form, tag);
}

function remember(known: Map<string, string>, secret: string, tag: string): void {
  // Short ones are words too; they are known only within their own exchange.
  if (secret.length < 8 || secret.length > 8192) return;
  known.delete(secret);
  known.set(compact(secret), tag);
  if (known.size <= MAX_KNOWN) return;
  const [oldest] = known.keys();
  if (oldest !== undefined) known.delete(oldest);
}
