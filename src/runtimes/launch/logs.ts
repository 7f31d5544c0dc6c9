import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { AppLogs } from '../contract.ts';

const FILE_LIMIT = 64 * 1024 * 1024;
const TAIL_LINES = 200;
const LINE_LIMIT = 2_000;

export interface CapturedLogs extends AppLogs {
  /** Resolves when everything that was captured is on disk. */
  flushed(): Promise<void>;
}

export interface CaptureOptions {
  /** Bytes after which a file stops growing. */
  limit?: number;
  /** Takes secrets out of a text. */
  redact?: ((text: string) => string) | undefined;
}

/** What is printed is held back so long, ms: a program often prints a secret before the answer that tells us of it. */
const HOLD_MS = 1_500;
/** And at most this much of it, bytes. */
const HOLD_BYTES = 1024 * 1024;

/**
 * Writes both streams to `stdout.log` and `stderr.log` in a folder and remembers the last lines.
 * A disk that is full stops the files, not the application.
 */
export function captureLogs(
  folder: string,
  out: Readable,
  err: Readable,
  options: CaptureOptions = {},
): CapturedLogs {
  const lines: string[] = [];
  const { limit = FILE_LIMIT, redact } = options;
  const files = { stdout: join(folder, 'stdout.log'), stderr: join(folder, 'stderr.log') };
  const remember = (line: string) => {
    lines.push(line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT)}…` : line);
    if (lines.length > TAIL_LINES) lines.shift();
  };
  const done = [out, err].map((stream, i) =>
    follow(stream, limitedFile(i === 0 ? files.stdout : files.stderr, limit), remember, redact),
  );
  return {
    ...files,
    // All of them as one text: a private key has several lines, and may begin before the last ones.
    tail: (count) => (redact ? redact(lines.join('\n')).split('\n') : lines).slice(-count),
    flushed: async () => void (await Promise.all(done)),
  };
}

interface LimitedFile {
  write(chunk: Buffer): void;
  /** Nothing more is written. */
  full(): boolean;
  end(): Promise<void>;
}

function limitedFile(path: string, limit: number): LimitedFile {
  const file: WriteStream = createWriteStream(path);
  let broken = false;
  let written = 0;
  file.on('error', () => {
    broken = true;
  });
  return {
    write(chunk) {
      if (broken || written >= limit) return;
      const room = limit - written;
      written += chunk.length;
      // Waiting for the disk would hold the application up; one chunk over the limit is the most that is queued.
      file.write(chunk.length > room ? chunk.subarray(0, room) : chunk);
      if (written >= limit) file.write(`\n[migrate: the log stops here, at ${limit} bytes]\n`);
    },
    full: () => broken || written >= limit,
    end: () => new Promise((resolve) => (broken ? resolve() : file.end(() => resolve()))),
  };
}

async function follow(
  stream: Readable,
  file: LimitedFile,
  remember: (line: string) => void,
  redact: ((text: string) => string) | undefined,
): Promise<void> {
  const decoder = new StringDecoder('utf8');
  const held = redact && holdBack(file, redact);
  let rest = '';
  const keep = (chunk: Buffer) => {
    const text = decoder.write(chunk);
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(-LINE_LIMIT - 1);
    for (const line of lines.slice(-TAIL_LINES)) remember(line.replace(/\r$/, ''));
    if (held) held.add(text);
    else file.write(chunk);
  };
  await new Promise<void>((resolve) => {
    stream.on('data', keep);
    stream.on('error', () => resolve());
    stream.on('close', () => resolve());
  });
  if (rest) remember(rest);
  held?.end();
  await file.end();
}

/** Keeps text for a while, then writes it without secrets, in whole lines. */
function holdBack(file: LimitedFile, redact: (text: string) => string) {
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (all: boolean) => {
    clearTimeout(timer);
    timer = undefined;
    // A line, or a private key, that has not ended yet waits for its end, unless it never seems to come.
    const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?![\s\S]*-----END)/.exec(text)?.index;
    const cut = Math.min(text.lastIndexOf('\n') + 1, key ?? Number.POSITIVE_INFINITY);
    const upTo = all || text.length >= HOLD_BYTES ? text.length : cut;
    if (upTo > 0) file.write(Buffer.from(redact(text.slice(0, upTo))));
    text = text.slice(upTo);
    if (text !== '') timer = setTimeout(flush, HOLD_MS, false).unref();
  };
  return {
    add(more: string) {
      if (file.full()) return;
      text += more;
      if (text.length >= HOLD_BYTES) flush(false);
      else timer ??= setTimeout(flush, HOLD_MS, false).unref();
    },
    end: () => flush(true),
  };
}
