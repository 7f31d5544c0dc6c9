import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { FRAME_HEAD, frames } from './frame.ts';
import { type BodyRef, type ExchangeRecord, LogRecord, packName, segmentName } from './record.ts';
import { segmentsOf } from './recover.ts';

/** What could not be read, and what the recorder itself had lost. Complete once the iteration has ended. */
export interface LogHealth {
  /** Frames whose checksum or content is wrong. */
  damaged: number;
  /** Bytes after the last whole frame of a segment: a crash tore them. */
  tornBytes: number;
  /** The recorder's counters, summed over its runs. */
  losses: Record<string, number>;
}

/** One exchange of a log and where its record is. */
export interface LogEntry {
  segment: number;
  at: number;
  length: number;
  record: ExchangeRecord;
}

/** Iterates over a log's exchanges in the order in which they ended. Bodies are not read. Changes nothing on the disk. */
export async function* readLog(folder: string, health: LogHealth = newHealth()): AsyncGenerator<LogEntry> {
  const runs = new Map<string, Record<string, number>>();
  for (const segment of segmentsOf(folder)) {
    const file = await open(join(folder, segmentName(segment)), 'r');
    try {
      let end = 0;
      for await (const { at, length, payload } of frames(file)) {
        end = at + length;
        const record = payload && parseRecord(payload);
        if (!record) health.damaged++;
        else if (record.type === 'loss') runs.set(record.run, record.counts);
        else yield { segment, at, length, record };
      }
      health.tornBytes += Math.max(0, (await file.stat()).size - end);
    } finally {
      await file.close();
    }
  }
  for (const counts of runs.values())
    for (const [name, count] of Object.entries(counts))
      health.losses[name] = (health.losses[name] ?? 0) + count;
}

export const newHealth = (): LogHealth => ({ damaged: 0, tornBytes: 0, losses: {} });

function parseRecord(payload: Buffer): LogRecord | null {
  try {
    return LogRecord.parse(JSON.parse(payload.toString('utf8')));
  } catch {
    return null;
  }
}

/** Reads single records and bodies of a log at random. Files are opened when first needed. */
export interface LogFiles {
  record(entry: Pick<LogEntry, 'segment' | 'at' | 'length'>): ExchangeRecord;
  /** The bytes of a body; null when they are not what was written. */
  body(ref: BodyRef): Buffer | null;
  close(): void;
}

export function openFiles(folder: string): LogFiles {
  const handles = new Map<string, number>();
  const read = (name: string, at: number, length: number): Buffer => {
    let handle = handles.get(name);
    if (handle === undefined) {
      handle = openSync(join(folder, name), 'r');
      handles.set(name, handle);
    }
    const bytes = Buffer.allocUnsafeSlow(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, at));
  };
  // One exchange is asked for many times in a row, then never again.
  let last: { segment: number; at: number; record: ExchangeRecord } | null = null;
  return {
    record({ segment, at, length }) {
      if (last?.segment === segment && last.at === at) return last.record;
      const payload = read(segmentName(segment), at + FRAME_HEAD, length - FRAME_HEAD);
      // Its shape was checked when the log was iterated over; its checksum says that it is still the same.
      const head = read(segmentName(segment), at, FRAME_HEAD);
      const same = payload.length === length - FRAME_HEAD && crc32(payload) === head.readUInt32LE(4);
      const record = same ? (JSON.parse(payload.toString('utf8')) as ExchangeRecord) : null;
      if (!record) throw new Error(`${segmentName(segment)} changed while it was read`);
      last = { segment, at, record };
      return record;
    },
    body(ref) {
      if (ref.size === 0) return Buffer.alloc(0);
      const bytes = read(packName(ref.pack), ref.at + FRAME_HEAD, ref.size);
      return createHash('sha256').update(bytes).digest('hex') === ref.sha256 ? bytes : null;
    },
    close() {
      for (const handle of handles.values()) closeSync(handle);
      handles.clear();
    },
  };
}
