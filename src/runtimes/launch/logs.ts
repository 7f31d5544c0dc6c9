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

/**
 * Writes both streams to `stdout.log` and `stderr.log` in a folder and remembers the last lines.
 * A disk that is full stops the files, not the application.
 */
export function captureLogs(folder: string, out: Readable, err: Readable, limit = FILE_LIMIT): CapturedLogs {
  const lines: string[] = [];
  const files = { stdout: join(folder, 'stdout.log'), stderr: join(folder, 'stderr.log') };
  const remember = (line: string) => {
    lines.push(line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT)}…` : line);
    if (lines.length > TAIL_LINES) lines.shift();
  };
  const done = [follow(out, files.stdout, limit, remember), follow(err, files.stderr, limit, remember)];
  return {
    ...files,
    tail: (count) => lines.slice(-count),
    flushed: async () => void (await Promise.all(done)),
  };
}

async function follow(
  stream: Readable,
  path: string,
  limit: number,
  remember: (line: string) => void,
): Promise<void> {
  const file: WriteStream = createWriteStream(path);
  let broken = false;
  file.on('error', () => {
    broken = true;
  });
  const decoder = new StringDecoder('utf8');
  let written = 0;
  let rest = '';
  const keep = (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = (lines.pop() ?? '').slice(-LINE_LIMIT - 1);
    for (const line of lines.slice(-TAIL_LINES)) remember(line.replace(/\r$/, ''));
    if (broken || written >= limit) return;
    const room = limit - written;
    written += chunk.length;
    // Waiting for the disk would hold the application up; one chunk over the limit is the most that is queued.
    file.write(chunk.length > room ? chunk.subarray(0, room) : chunk);
    if (written >= limit) file.write(`\n[migrate: the log stops here, at ${limit} bytes]\n`);
  };
  await new Promise<void>((resolve) => {
    stream.on('data', keep);
    stream.on('error', () => resolve());
    stream.on('close', () => resolve());
  });
  if (rest) remember(rest);
  await new Promise<void>((resolve) => (broken ? resolve() : file.end(() => resolve())));
}
