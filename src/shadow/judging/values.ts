/** Shapes of values that programs generate: what they look like, never what they are. */

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const JWT = 'eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*';
/** ISO 8601, and with a space and seconds as databases write it (`CURRENT_TIMESTAMP`). */
const ISO =
  '\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?| \\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?)(?:Z|[+-]\\d{2}:?\\d{2})?';
const HTTP_DATE = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT';
/** At least 16 characters with a digit among them or case that changes more than once: hex, base64url, nanoid, ULID. */
const LONG = '(?<![\\w-])(?=[\\w-]*\\d|[\\w-]*?[a-z][A-Z][\\w-]*?[a-z][A-Z])[\\w-]{16,}(?![\\w-])';

/** Splits text at generated-looking values; the one capture group keeps them. */
export const VOLATILE_TEXT = new RegExp(`(${ISO}|${HTTP_DATE}|${UUID}|${JWT}|${LONG})`);
/** All generated-looking values of a text. */
export const VOLATILE_ALL = new RegExp(VOLATILE_TEXT.source, 'g');

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const IS_UUID = whole(UUID);
const IS_JWT = whole(JWT);
const IS_ISO = whole(ISO);
const IS_HTTP_DATE = whole(HTTP_DATE);

/** The class of a generated-looking value, or null. Values of two classes are never exchangeable. */
export function valueClass(value: string): string | null {
  if (IS_UUID.test(value)) return 'uuid';
  if (IS_JWT.test(value)) return 'jwt';
  if (toTime(value) !== null) return 'date';
  if (/^[0-9A-HJKMNP-TV-Z]{26}$/.test(value)) return 'ulid';
  if (/^[0-9a-f]{16,}$/i.test(value) && /\d/.test(value)) return 'hex';
  // Signed session cookies (`s:<id>.<signature>`, percent-encoded or not) and tokens of dotted parts.
  if (/^s(:|%3A)[\w-]{6,}\./i.test(value)) return 'signed';
  if (/^[\w-]{8,}\.[\w-]{8,}(\.[\w-]+)?$/.test(value) && /\d/.test(value)) return 'signed';
  const random = /\d/.test(value) ? /[A-Za-z]/.test(value) : mixedCase(value);
  if (random && /^[\w~%-]{6,}={0,2}$/.test(value)) return 'token';
  // Plain Base64 has slashes as paths have: only whole groups of four count.
  if (random && /^\w[\w+/]{14,}={0,2}$/.test(value) && value.length % 4 === 0) return 'token';
  return null;
}

/** Both cases changing more than once, as in random base64url and never in a camel-cased word. */
const mixedCase = (value: string): boolean => value.length >= 16 && /[a-z][A-Z].*[a-z][A-Z]/.test(value);

/** Milliseconds since the epoch for ISO 8601 and HTTP dates and plausible epoch numbers (2001 to 2100); else null. */
export function toTime(value: string): number | null {
  if (IS_ISO.test(value) || IS_HTTP_DATE.test(value)) {
    const time = Date.parse(value);
    return Number.isNaN(time) ? null : time;
  }
  if (/^\d{13}$/.test(value) || /^\d{10}$/.test(value)) {
    const time = Number(value) * (value.length === 10 ? 1000 : 1);
    return time > 978_307_200_000 && time < 4_102_444_800_000 ? time : null;
  }
  return null;
}

/** All characters that RFC 3986 §2 allows in a path and query, percent-escapes included. */
export const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
