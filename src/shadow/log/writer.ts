import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { syncDirectory } from '../../workspace/atomic.ts';
import { frame } from './frame.ts';
import { lockFolder } from './lock.ts';
import { type BodyRef, type ExchangeRecord, type LogRecord, packName, segmentName } from './record.ts';
import { recoverLog } from './recover.ts';

export interface LogOptions {
  /** At most this long after an exchange ended it is on the disk, ms. Default 200. */
  syncMs?: number;
  /** And at most this many exchanges wait. Default 64. */
  syncRecords?: number;
  /** A new segment begins beyond this size. Default 64 MiB. */
  segmentBytes?: number;
  /** Bytes that may wait for the disk; what comes beyond is counted as lost. Default 64 MiB. */
  queueBytes?: number;
  /** Called once when the disk refuses (full, gone): nothing more is written. */
  stopped?(reason: string): void;
  /** Called after each sync with the `seq` of the exchanges that are now safe. */
  durable?(seqs: readonly number[]): void;
  /** Writes all bytes at an offset. Only tests put something else here. */
  write?(file: FileHandle, bytes: Uint8Array, at: number): Promise<void>;
}

/** An exchange to be written: bodies as bytes, where the record on disk has references. */
export interface NewExchange {
  record: ExchangeRecord;
  requestBody: Buffer | null;
  responseBody: Buffer | null;
}

/** An exchange log open for appending. */
export interface LogWriter {
  /** What an earlier crash had left: bytes of torn frames that were cut. */
  readonly cutBytes: number;
  /** The highest `seq` that was there at the start. */
  readonly lastSeq: number;
  /** Exchanges on the disk, of this run. */
  readonly written: number;
  /** Queues an exchange. Never waits; false: it is lost (disk refused or too slow). */
  add(exchange: NewExchange): boolean;
  /** Replaces this run's loss counters; written with the next sync. */
  losses(counts: Readonly<Record<string, number>>): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Known bodies are remembered up to this number; beyond it a body may be stored twice. */
const MAX_KNOWN = 50_000;

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

/**
 * Opens a recording's folder for appending; makes it when it is new. A torn tail is cut first. Bodies are synced
 * before the records that name them, so that a record on the disk always has its bodies.
 *
 * @throws MigrateError RECORDING_BUSY when another process writes to it
 */
export async function openLog(folder: string, options: LogOptions = {}): Promise<LogWriter> {
  const { syncMs = 200, syncRecords = 64, segmentBytes = 64 * 1024 * 1024 } = options;
  const { queueBytes = 64 * 1024 * 1024, write = writeAll } = options;
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(
    folder,
    'recorder.pid',
    (pid) =>
      new MigrateError(
        'RECORDING_BUSY',
        `The recording "${basename(folder)}" is being written by process ${pid}.`,
        { hint: 'Give another --name, or stop that recorder first.' },
      ),
  );
  const run = randomBytes(6).toString('hex');
  const found = await recoverLog(folder);
  let number = found.segment;
  let files = await openPair(folder, number);
  let known = new Map<string, BodyRef>();
  let queue: NewExchange[] = [];
  let queued = 0;
  let written = 0;
  let counts: Readonly<Record<string, number>> | null = null;
  let dead = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const store = (bytes: Buffer | null, parts: Buffer[], position: { at: number }): BodyRef | null => {
    if (bytes === null) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const before = known.get(sha256);
    if (before) return before;
    const ref = { sha256, size: bytes.length, pack: number, at: position.at };
    if (bytes.length > 0) {
      const framed = frame(bytes);
      parts.push(framed);
      position.at += framed.length;
    }
    if (known.size >= MAX_KNOWN) known = new Map();
    known.set(sha256, ref);
    return ref;
  };

  const sync = async (): Promise<void> => {
    const batch = queue;
    const losses = counts;
    queue = [];
    counts = null;
    const bytes = queued;
    if (dead || (batch.length === 0 && losses === null)) return;
    try {
      if (files.logEnd > segmentBytes || files.packEnd > segmentBytes * 4) {
        await files.close();
        files = await openPair(folder, ++number);
      }
      const bodies: Buffer[] = [];
      const position = { at: files.packEnd };
      const records: LogRecord[] = batch.map(({ record, requestBody, responseBody }) => ({
        ...record,
        request: { ...record.request, body: store(requestBody, bodies, position) },
        response: record.response && {
          ...record.response,
          body: store(responseBody, bodies, position),
        },
      }));
      if (losses) records.push({ type: 'loss', run, counts: { ...losses } });
      if (bodies.length > 0) {
        await write(files.pack, Buffer.concat(bodies), files.packEnd);
        await files.pack.datasync();
        files.packEnd = position.at;
      }
      const text = Buffer.concat(records.map((record) => frame(Buffer.from(JSON.stringify(record)))));
      await write(files.log, text, files.logEnd);
      await files.log.datasync();
      files.logEnd += text.length;
      written += batch.length;
      options.durable?.(batch.map(({ record }) => record.seq));
    } catch (error) {
      dead = true;
      // A frame that was written in part must not stand before frames of a later run.
      await Promise.allSettled([files.log.truncate(files.logEnd), files.pack.truncate(files.packEnd)]);
      options.stopped?.(reasonOf(error));
    } finally {
      queued -= bytes;
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running = running.then(sync);
    return running;
  };

  return {
    cutBytes: found.cutBytes,
    lastSeq: found.lastSeq,
    get written() {
      return written;
    },
    add(exchange) {
      const size = (exchange.requestBody?.length ?? 0) + (exchange.responseBody?.length ?? 0) + 4096;
      if (dead || queued + size > queueBytes) return false;
      queue.push(exchange);
      queued += size;
      if (queue.length >= syncRecords) void flush();
      else timer ??= setTimeout(() => void flush(), syncMs);
      return true;
    },
    losses(next) {
      counts = next;
      timer ??= setTimeout(() => void flush(), syncMs);
    },
    flush,
    async close() {
      await flush();
      await files.close();
      unlock();
    },
  };
}

async function openPair(folder: string, number: number) {
  // Not O_APPEND: positions are ours, so that a failed write can be taken back.
  const at = async (name: string) => {
    const path = join(folder, name);
    return open(path, 'r+', 0o600).catch(() => open(path, 'wx+', 0o600));
  };
  const log = await at(segmentName(number));
  const pack = await at(packName(number));
  syncDirectory(folder);
  return {
    log,
    pack,
    logEnd: (await log.stat()).size,
    packEnd: (await pack.stat()).size,
    close: async () => {
      await log.close();
      await pack.close();
    },
  };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return code === 'EROFS' ? 'the disk is read-only' : message;
}
