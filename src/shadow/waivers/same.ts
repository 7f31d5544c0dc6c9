import type { Sameness } from '../../model/waiver.ts';
import type { Found } from '../compare/found.ts';
import type { Occasion } from './occasion.ts';

/** Whether both values of a difference are the same in one respect. */
export function isSame(
  sameness: Sameness,
  { location, old, new: next }: Found,
  { new: view }: Occasion,
): boolean {
  if (sameness === 'body-length')
    return next !== null && view !== null && next === String(view.response.size);
  return areSame(sameness, location, old, next);
}

/** The same of two values alone, without their exchange. */
export function areSame(
  sameness: Exclude<Sameness, 'body-length'>,
  location: string,
  old: string | null,
  next: string | null,
): boolean {
  if (old === null || next === null) return false;
  if (sameness === 'charset') return isSameType(old, next);
  if (sameness === 'file-type')
    return typeOf(old).type !== typeOf(next).type && isSameType(newestName(old), newestName(next));
  if (sameness === 'less-accept') return isLessAccept(location, old, next);
  if (sameness === 'list') return itemsOf(location, old) === itemsOf(location, next);
  return sameness === 'address' ? addressOf(old) === addressOf(next) : isSameFile(old, next);
}

/** Names that a registered media type had before, by the one it has: RFC 9239, RFC 7303, RFC 8081, and IANA's list. */
const NEWEST: Readonly<Record<string, string>> = {
  'application/javascript': 'text/javascript',
  'application/x-javascript': 'text/javascript',
  'text/xml': 'application/xml',
  'image/x-icon': 'image/vnd.microsoft.icon',
  'application/font-woff': 'font/woff',
  'application/font-woff2': 'font/woff2',
  'application/x-font-ttf': 'font/ttf',
  'application/x-font-otf': 'font/otf',
  'audio/x-wav': 'audio/wav',
  'application/x-gzip': 'application/gzip',
  'text/x-markdown': 'text/markdown',
};

function newestName(value: string): string {
  const [type = '', ...parameters] = value.split(';');
  return [NEWEST[type.trim().toLowerCase()] ?? type, ...parameters].join(';');
}

/** The items of a header that is a list, in order; fields of Vary in any order, each once. */
function itemsOf(location: string, value: string): string {
  const items = value
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter(Boolean);
  if (location !== 'header:vary') return items.join(',');
  return [...new Set(items.map((item) => item.toLowerCase()))].sort().join(',');
}

/** Every other field of Vary is still there, and none came; where there was no other, the header is missing. */
function isLessAccept(location: string, old: string, next: string): boolean {
  if (location !== 'header:vary') return false;
  const [had, has] = [old, next].map((value) => itemsOf(location, value).split(','));
  const kept = had?.filter((item) => item !== 'accept') ?? [];
  return had?.includes('accept') === true && kept.length > 0 && kept.join() === has?.join();
}

/** A media type without its charset, and the charset. */
function typeOf(value: string): { type: string; charset: string | null } {
  const [type = '', ...parameters] = value.split(';').map((part) => part.trim());
  const charset = parameters.find((each) => /^charset=/i.test(each))?.slice('charset='.length) ?? null;
  const others = parameters.filter((each) => !/^charset=/i.test(each)).sort();
  return {
    type: [type.toLowerCase(), ...others].join(';'),
    charset: charset === null ? null : charset.replaceAll('"', '').toLowerCase(),
  };
}

/** RFC 8259: JSON is UTF-8. RFC 7303: XML without one is read by its own declaration, UTF-8 without. What is no text has none. */
const NEEDS_NO_CHARSET = /^(application\/([\w.-]+\+)?(json|xml)\b|(image|audio|video|font)\/)/;

function isSameType(old: string, next: string): boolean {
  const [a, b] = [typeOf(old), typeOf(next)];
  if (a.type !== b.type) return false;
  const said = (charset: string | null) => charset ?? (NEEDS_NO_CHARSET.test(a.type) ? 'utf-8' : null);
  return said(a.charset) === said(b.charset);
}

/** An address as a URL; a `%` that begins no escape is one that was not encoded, as a space is. */
function addressOf(value: string): string | null {
  const escaped = value.replace(/%(?![0-9a-f]{2})/gi, '%25');
  try {
    return new URL(escaped, 'http://side.invalid').href;
  } catch {
    return null;
  }
}

/** RFC 6266: `filename*`, where there is one, is the name. */
function isSameFile(old: string, next: string): boolean {
  const [a, b] = [fileOf(old), fileOf(next)];
  return a.kind === b.kind && a.name !== null && a.name === b.name;
}

function fileOf(value: string): { kind: string; name: string | null } {
  const [kind = '', ...rest] = value.split(';');
  const parameters = rest.join(';');
  const extended = /\bfilename\*=utf-8'[^']*'([^;\s]+)/i.exec(parameters)?.[1];
  const plain = /\bfilename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(parameters);
  const name = extended ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? null;
  return { kind: kind.trim().toLowerCase(), name: extended === undefined ? name : decoded(extended) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
