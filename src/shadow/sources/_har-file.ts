import { openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange, ExchangeRequest, ExchangeResponse } from '../../model/exchange.ts';
import { ExitCode } from '../../model/exit.ts';
import { type HarEntry, toRequest, toResponse } from './_har-entry.ts';
import { type ScannedEntry, scanHar } from './_har-scan.ts';
import { type Known, onDemand } from './_on-demand.ts';

/** Where the text of an entry is in its file, or that of its request alone where the entry is too long. Bytes. */
export interface Place {
  at: number;
  length: number;
  crc: number;
  whole: boolean;
}

const BLOCK = 1024 * 1024;

/** What is wrong with a HAR, as an error with its next step. */
export const badHar = (file: string, what: string, hint?: string): MigrateError =>
  new MigrateError('HAR_INVALID', `${file} ${what}.`, { hint, exitCode: ExitCode.precondition });

const AGAIN =
  'Export it again and wait until it is written, in parts if it is large; `migrate record` keeps what it has when it is killed.';

/** Gives every entry of a HAR in turn. Holds one entry and one block of the file, whatever its size. */
export async function scanFile(file: string, entry: (found: ScannedEntry) => void): Promise<void> {
  const scanner = scanHar({ entry, refuse: (what) => badHar(file, what, AGAIN) });
  const handle = await open(file);
  try {
    const block = Buffer.allocUnsafeSlow(BLOCK);
    for (;;) {
      const { bytesRead } = await handle.read(block, 0, BLOCK);
      if (bytesRead === 0) break;
      scanner.write(block.subarray(0, bytesRead));
    }
    scanner.end();
  } finally {
    await handle.close();
  }
}

/** The place to read an entry from again; null where not even its request is short enough to be read. */
export function placeOf({ at, length, bytes, request }: ScannedEntry): Place | null {
  if (length === bytes.length) return { at, length, crc: crc32(bytes), whole: true };
  if (!request) return null;
  const [from, to] = request;
  return { at: at + from, length: to - from, crc: crc32(bytes.subarray(from, to)), whole: false };
}

/** The entry as JSON says it. @throws SyntaxError */
export function entryAt(bytes: Buffer, { whole }: Place): unknown {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  return whole ? value : { request: value };
}

/** Exchanges that are read from the file on demand. It must stay as it is until the process ends. */
export function exchangesOf(file: string): (known: Known, place: Place) => Exchange {
  let handle: number | undefined;
  // One exchange is asked for many times in a row, then never again.
  let last: { at: number; request: ExchangeRequest; response: ExchangeResponse | null } | null = null;
  const read = (place: Place) => {
    if (last?.at === place.at) return last;
    handle ??= openSync(file, 'r');
    const bytes = Buffer.allocUnsafeSlow(place.length);
    const count = readSync(handle, bytes, 0, place.length, place.at);
    if (count !== place.length || crc32(bytes) !== place.crc)
      throw badHar(file, 'changed while it was in use', 'Leave it as it is until the run has ended.');
    // Its shape was checked when the file was scanned; the checksum says that it is the same.
    const entry = entryAt(bytes, place) as HarEntry;
    last = { at: place.at, request: toRequest(entry), response: toResponse(entry) };
    return last;
  };
  return onDemand({ request: (place) => read(place).request, response: (place) => read(place).response });
}
