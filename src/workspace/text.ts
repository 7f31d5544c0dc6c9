import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What is read as text. Sizes in bytes. */
export interface ReadLimits {
  /** Larger files are skipped; default 1 MB (1,000,000 bytes). */
  maxBytes: number;
}

export const DEFAULT_LIMITS: ReadLimits = { maxBytes: 1_000_000 };

/** The extensions a JavaScript or TypeScript parser reads. */
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const DECLARATION = /\.d\.[cm]?ts$/;

/** Whether a path is JavaScript or TypeScript source; declaration files are not. */
export const isSource = (path: string): boolean => SOURCE.test(path) && !DECLARATION.test(path);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What files are read into: one buffer for all of them, as thousands are read in a row. */
let buffer = Buffer.alloc(0);

/** The first bytes of a file, up to `most`; a view that the next call overwrites. */
function readBytes(file: number, most: number): Buffer {
  if (buffer.length < most) buffer = Buffer.allocUnsafe(most);
  let length = 0;
  for (let got = 1; got > 0 && length < most; length += got) {
    got = readSync(file, buffer, length, most - length, null);
  }
  return buffer.subarray(0, length);
}

/** A file's exact characters (a byte order mark stays in), or why it is not read. */
export function readText(
  absolute: string,
  path: string,
  limits: ReadLimits = DEFAULT_LIMITS,
): { text: string } | { reason: string } {
  let bytes: Buffer;
  let file: number | null = null;
  try {
    file = openSync(absolute, 'r');
    bytes = readBytes(file, limits.maxBytes + 1);
    if (bytes.length > limits.maxBytes) {
      const { size } = fstatSync(file);
      return { reason: `${megabytes(size)} MB, over the limit of ${megabytes(limits.maxBytes)} MB` };
    }
  } catch (error) {
    return { reason: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  } finally {
    if (file !== null) closeSync(file);
  }
  if (bytes.subarray(0, 8000).includes(0)) return { reason: 'binary' };
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { reason: 'not UTF-8' };
  }
  return isMinified(path, text) ? { reason: 'minified' } : { text };
}

/** Machine-written source: nobody reviews a codemod's change in it. Over 500 characters a line on average, or so named. */
function isMinified(path: string, text: string): boolean {
  if (!SOURCE.test(path)) return false;
  if (/[.-]min\.[cm]?js$/.test(path)) return true;
  if (text.length < 5000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines++;
    if (text.length <= lines * 500) return false;
  }
  return true;
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1).replace(/\.0$/, '');

/** Line and column of an offset, both from 1. Lines end at `\n`, `\r\n` or a lone `\r`. */
export function position(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  const end = Math.min(offset, text.length);
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) {
      line++;
      start = at + 1;
    }
  }
  return { line, column: end - start + 1 };
}

/** The line ending most lines of a text have; `\n` for a text of one line. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const crlf = text.split('\r\n').length - 1;
  return crlf * 2 > text.split('\n').length - 1 ? '\r\n' : '\n';
}

/** The one replacement that turns `before` into `after`: what is equal at both ends is left out. Null when they are equal. */
export function smallestReplacement(
  before: string,
  after: string,
): { span: { start: number; end: number }; text: string } | null {
  if (before === after) return null;
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { span: { start, end: before.length - same }, text: after.slice(start, after.length - same) };
}
