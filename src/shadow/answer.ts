import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { ExchangeResponse } from '../model/exchange.ts';
import { parseExact } from './exact-json.ts';

/** What came back for one request: a response, or the reason there was none. */
export type Answer = { ok: true; response: ExchangeResponse } | { ok: false; failure: Failure };

/** A transport failure. `code` is stable (`REFUSED`, `RESET`, `TIMEOUT`, `MALFORMED`, `CRASHED`), `message` for people. */
export interface Failure {
  code: string;
  message: string;
}

/** How a body is compared. */
export type BodyKind = 'empty' | 'json' | 'events' | 'text' | 'binary' | 'digest';

/** A response made ready for comparison: decoded once, when it is first needed. */
export interface View {
  response: ExchangeResponse;
  /** Lower-case name to values, in the order of the wire. */
  headers: ReadonlyMap<string, readonly string[]>;
  /** Content codings that were undone, outermost last. */
  coding: string;
  /** Bytes after undoing the content coding; null when that failed or would be too large. */
  decoded: Buffer | null;
  kind: BodyKind;
  /** The body as text, with the side's own address and folder replaced; only for json, events and text. */
  text: string;
  /** Placeholders that were put in. */
  own: readonly string[];
  /** Parsed JSON with exact numbers; only for `kind === 'json'`. */
  readonly json?: unknown;
}

/** Strings that belong to one side only: its address and its folder. They are no differences of the application. */
export interface OwnStrings {
  address: string;
  /** Of the application, where a layer stands in front of it. */
  behind?: string;
  dirs: readonly string[];
}

const MAX_DECODED = 64 * 1024 * 1024;
/** JSON nested deeper than this would exhaust the stack: it is compared as text. */
const MAX_DEPTH = 500;

/**
 * A response ready for comparison. Never throws: what cannot be decoded is compared as binary. Nothing is decoded or
 * parsed before it is asked for: most answers are the same bytes on all sides.
 */
export function view(response: ExchangeResponse, own?: OwnStrings): View {
  const headers = new Map<string, string[]>();
  for (const [name, value] of response.headers) {
    const key = name.toLowerCase();
    const values = headers.get(key);
    if (values) values.push(value);
    else headers.set(key, [value]);
  }
  const coding = (headers.get('content-encoding') ?? []).join(', ').toLowerCase();
  const media = (headers.get('content-type')?.[0] ?? '').toLowerCase();
  const read = once(() => readText(response, coding, media, own));
  const classified = once(() => classify(response, media, read()));
  return {
    ...{ response, headers, coding },
    get decoded() {
      return read().decoded;
    },
    get text() {
      return read().text;
    },
    get own() {
      return read().replaced;
    },
    get kind() {
      return classified().kind;
    },
    get json() {
      return classified().json;
    },
  };
}

let latest: { response: ExchangeResponse; view: View } | undefined;

/** The {@link view} of a recorded answer. All sides of an exchange are held against the same one: the latest is kept. */
export function recordedView(response: ExchangeResponse): View {
  if (latest?.response !== response) latest = { response, view: view(response) };
  return latest.view;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface Text {
  decoded: Buffer | null;
  textual: boolean;
  text: string;
  replaced: string[];
}

const NO_TEXT = { textual: false, text: '', replaced: [] };

function readText(
  response: ExchangeResponse,
  coding: string,
  media: string,
  own: OwnStrings | undefined,
): Text {
  if (response.size > response.body.length) return { ...NO_TEXT, decoded: null };
  const decoded = response.ending === 'complete' ? decode(response.body, coding) : bytesOf(response.body);
  if (decoded === null || decoded.length === 0 || !isTextual(media, decoded)) return { ...NO_TEXT, decoded };
  return { decoded, textual: true, ...withoutOwn(decoded.toString('utf8'), own) };
}

function classify(
  response: ExchangeResponse,
  media: string,
  { decoded, textual, text }: Text,
): { kind: BodyKind; json?: unknown } {
  if (response.size > response.body.length) return { kind: 'digest' };
  if (decoded?.length === 0) return { kind: 'empty' };
  if (!textual) return { kind: 'binary' };
  if (isEventStream(media)) return { kind: 'events' };
  if ((/[/+]json\b/.test(media) || /^\s*[[{]/.test(text)) && depth(text) <= MAX_DEPTH) {
    try {
      return { kind: 'json', json: parseExact(text) };
    } catch {
      // Said to be JSON and is not (or has a key twice): its text is what clients get, so its text is compared.
    }
  }
  return { kind: 'text' };
}

const isEventStream = (media: string): boolean => media.startsWith('text/event-stream');

/** Whether an answer says that it is an event stream; its body is not looked at. */
export const hasEvents = ({ headers }: View): boolean =>
  isEventStream((headers.get('content-type')?.[0] ?? '').toLowerCase());

/** How deep brackets nest, those in strings included: an upper bound. */
function depth(text: string): number {
  let [now, most] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) most = Math.max(most, ++now);
    else if (code === 0x5d || code === 0x7d) now--;
  }
  return most;
}

/** The same bytes, not a copy of them. */
const bytesOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);

function decode(body: Uint8Array, coding: string): Buffer | null {
  let bytes = bytesOf(body);
  const options = { maxOutputLength: MAX_DECODED };
  for (const name of coding
    .split(',')
    .map((part) => part.trim())
    .reverse()) {
    if (name === '' || name === 'identity') continue;
    if (bytes.length === 0) return bytes;
    try {
      if (name === 'gzip' || name === 'x-gzip') bytes = gunzipSync(bytes, options);
      else if (name === 'br') bytes = brotliDecompressSync(bytes, options);
      else if (name === 'deflate') bytes = inflateAny(bytes, options);
      else return null;
    } catch {
      return null;
    }
  }
  return bytes;
}

/** "deflate" is zlib by RFC 9110 §8.4.1.2, and raw deflate from some servers. */
function inflateAny(bytes: Buffer, options: { maxOutputLength: number }): Buffer {
  try {
    return inflateSync(bytes, options);
  } catch {
    return inflateRawSync(bytes, options);
  }
}

function isTextual(media: string, bytes: Buffer): boolean {
  if (/^(image\/(?!svg)|audio\/|video\/|font\/|application\/(octet-stream|pdf|zip|gzip))/.test(media))
    return false;
  if (bytes.includes(0)) return false;
  return isUtf8(bytes);
}

function withoutOwn(text: string, own: OwnStrings | undefined): { text: string; replaced: string[] } {
  if (!own) return { text, replaced: [] };
  const replaced: string[] = [];
  let result = text;
  for (const dir of own.dirs) {
    if (!result.includes(dir)) continue;
    result = result.replaceAll(dir, '<dir>');
    replaced.push('<dir>');
  }
  for (const address of [own.address, own.behind]) {
    if (address === undefined || !result.includes(address)) continue;
    result = result.replaceAll(address, '<address>');
    replaced.push('<address>');
  }
  return { text: result, replaced };
}

/** A header's values joined as RFC 9110 §5.3 allows, with the side's own address replaced; null when absent. */
export function headerValue(of: View, name: string, own?: OwnStrings): string | null {
  const values = of.headers.get(name);
  if (!values) return null;
  return withoutOwn(values.join(', '), own).text;
}

/** The stable code of an error of the connection. */
export function failureOf(error: unknown): Failure {
  const { code, message, name } = error as { code?: string; message?: string; name?: string };
  const said = message || code || String(error);
  if (code === 'ECONNREFUSED') return { code: 'REFUSED', message: 'the connection was refused' };
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET')
    return { code: 'RESET', message: said };
  if (name === 'HTTPParserError' || code?.startsWith('HPE_')) return { code: 'MALFORMED', message: said };
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED')
    return { code: 'UNSENDABLE', message: said };
  return { code: code ?? 'FAILED', message: said };
}
